from django.urls import path

from kanal.reminders import views

app_name = "reminders"

urlpatterns = [
    path("pengingat/", views.today, name="today"),
    path("pengingat/kirim/", views.send, name="send"),
    path("pengingat/pengiriman/<int:pk>/", views.run, name="run"),
    path("pengingat/aturan/", views.rules, name="rules"),
    path("pengingat/aturan/baru/", views.add_rule, name="add-rule"),
    path("pengingat/aturan/bawaan/", views.adopt, name="adopt"),
    path("pengingat/aturan/<int:pk>/akhiri/", views.end_rule, name="end-rule"),
    path("pengingat/kalender/", views.calendar, name="calendar"),
    path("pengingat/kalender/jam/", views.set_hours, name="hours"),
    path("pengingat/kalender/<int:pk>/akhiri/", views.end_day, name="end-day"),
    path("pengingat/kantor/<str:code>/", views.unit, name="unit"),
    path("pengingat/kantor/<str:code>/surat/", views.letter, name="letter"),
]
