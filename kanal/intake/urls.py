from django.urls import path

from kanal.intake import views

app_name = "intake"
urlpatterns = [
    path("surat/", views.letters, name="letters"),
    path("surat/catat/", views.submit, name="submit"),
    path("surat/<int:pk>/terima-berkas/", views.receive, name="receive"),
    path("surat/<int:pk>/terima-berkas/<int:receipt_pk>/batal/", views.void, name="void"),
    path("tanda-terima/<str:code>/", views.receipt, name="receipt"),
]
