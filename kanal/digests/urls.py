from django.urls import path, register_converter

from kanal.digests import views
from kanal.digests.months import MonthConverter

register_converter(MonthConverter, "month")

app_name = "digests"
urlpatterns = [
    path("lembar/", views.sheets, name="sheets"),
    path("lembar/buat/", views.make, name="make"),
    path("lembar/buat/pratinjau/gambar.png", views.picture, name="picture"),
    path("lembar/penerima/", views.recipients, name="recipients"),
    path("lembar/penerima/<int:pk>/hentikan/", views.remove, name="remove"),
    path("lembar/langganan/", views.own, name="own"),
    path("lembar/berhenti/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("lembar/<month:month>/", views.sheet, name="sheet"),
    path("lembar/<month:month>/kirim/", views.send, name="send"),
    path("lembar/<month:month>/kiriman/", views.sent, name="sent"),
    path("lembar/<month:month>/edisi-baru/", views.correct, name="correct"),
    path("lembar/<month:month>/edisi/<int:edition>/", views.sheet, name="edition"),
    path("lembar/<month:month>/edisi/<int:edition>/lembar.pdf", views.pdf, name="pdf"),
]
