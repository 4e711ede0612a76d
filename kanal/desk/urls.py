from django.urls import path

from kanal.desk.home import home
from kanal.desk.journal_pages import journal
from kanal.desk.responsible import responsible
from kanal.desk.tasks import close, tasks
from kanal.desk.unit import unit

app_name = "desk"
urlpatterns = [
    path("", home, name="home"),
    path("instansi/<str:code>/", unit, name="unit"),
    path("tugas/", tasks, name="tasks"),
    path("tugas/laporan/<int:pk>/", close, name="close-report"),
    path("siapa/", responsible, name="responsible"),
    path("jurnal/", journal, name="journal"),
]
