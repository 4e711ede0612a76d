from django.urls import path

from kanal.public import views

app_name = "public"
urlpatterns = [
    path("cek/", views.check, name="check"),
    path("cek/daftar.csv", views.open_list, name="open-list"),
    path("cek/lapor/", views.report, name="report"),
    path("cek/lapor/terkirim/", views.reported, name="reported"),
    path("cek/kantor/", views.offices, name="offices"),
    path("cek/kantor/jenis/<slug:unit_class>/", views.office_class, name="office-class"),
    path("cek/kantor/<str:code>/", views.office, name="office"),
    path("bantuan/", views.help_page, name="help"),
    path("aksesibilitas/", views.accessibility, name="accessibility"),
    path("bahasa/<str:code>/", views.language, name="language"),
]
