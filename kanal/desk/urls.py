from django.urls import path

from kanal.desk.home import home
from kanal.desk.journal_pages import journal

app_name = "desk"
urlpatterns = [
    path("", home, name="home"),
    path("jurnal/", journal, name="journal"),
]
