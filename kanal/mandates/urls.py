from django.urls import path

from kanal.mandates import views

app_name = "mandates"
urlpatterns = [
    path("", views.mandates, name="mandates"),
    path("baca/", views.upload, name="upload"),
    path("<int:pk>/", views.mandate, name="mandate"),
    path("<int:pk>/konfirmasi/", views.confirm, name="confirm"),
    path("<int:pk>/buang/", views.discard, name="discard"),
    path("<int:pk>/tenggat/", views.decide_deadline, name="decide-deadline"),
]
