from django.urls import path

from kanal.desk.home import home
from kanal.desk.journal_pages import journal
from kanal.desk.unit import unit

app_name = "desk"
urlpatterns = [
    path("", home, name="home"),
    path("instansi/<str:code>/", unit, name="unit"),
    path("jurnal/", journal, name="journal"),
]
