from django.urls import path

from kanal.desk.home import home

app_name = "desk"
urlpatterns = [
    path("", home, name="home"),
]
