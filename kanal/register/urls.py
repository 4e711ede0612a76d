from django.urls import path

from kanal.register import views

app_name = "register"
urlpatterns = [
    path("", views.accounts, name="accounts"),
    path("daftar/", views.declare, name="declare"),
    path("nihil/", views.nil, name="nil"),
    path("<int:pk>/", views.account, name="account"),
]
