from django.urls import path

from kanal.appointments import views

app_name = "appointments"
urlpatterns = [
    path("<int:pk>/", views.letter, name="letter"),
    path("<int:pk>/periksa/", views.verify, name="verify"),
    path("<int:pk>/berkas/<int:file_pk>/", views.file, name="file"),
    path("<int:pk>/berkas/<int:file_pk>/halaman/<int:number>.png", views.page, name="page"),
]
