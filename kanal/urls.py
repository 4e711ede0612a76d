"""Every room under its own prefix; the prefix, the templates and the tests carry its name."""

from django.urls import include, path

urlpatterns = [
    path("", include("kanal.ground.urls")),
    path("", include("kanal.public.urls")),
    path("", include("kanal.desk.urls")),
    path("", include("kanal.directory.urls")),
    path("papan/", include("kanal.compliance.urls")),
    path("", include("kanal.intake.urls")),
    path("surat/", include("kanal.appointments.urls")),
    path("akun/", include("kanal.register.urls")),
    path("dasar-hukum/", include("kanal.mandates.urls")),
    path("akun-saya/", include("kanal.desk.signin_urls")),
    path("", include("kanal.correspondence.urls")),
    path("", include("kanal.stationery.urls")),
    path("", include("kanal.readings.urls")),
    path("", include("kanal.post.urls")),
    path("", include("kanal.circulars.urls")),
    path("", include("kanal.reminders.urls")),
    path("", include("kanal.digests.urls")),
]
