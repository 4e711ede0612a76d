from django.urls import path

from kanal.intake import mail_views, views

app_name = "intake"
urlpatterns = [
    path("surat/", views.letters, name="letters"),
    path("surat/catat/", views.submit, name="submit"),
    path("surat/catat/<str:ticket>/<int:number>/", views.waiting_file, name="waiting-file"),
    path(
        "surat/catat/<str:ticket>/<int:number>/halaman/<int:page>.png",
        views.waiting_page,
        name="waiting-page",
    ),
    path("surat/<int:pk>/terima-berkas/", views.receive, name="receive"),
    path("surat/<int:pk>/terima-berkas/<int:receipt_pk>/batal/", views.void, name="void"),
    path("surat/mail/", mail_views.mails, name="mails"),
    path("surat/mail/<int:pk>/", mail_views.mail, name="mail"),
    path("surat/mail/<int:pk>/asli/", mail_views.original, name="mail-original"),
    path("surat/mail/<int:pk>/filekan/", mail_views.file, name="file-mail"),
    path("surat/mail/<int:pk>/tutup/", mail_views.close, name="close-mail"),
    path("surat/mail/<int:pk>/lampiran/<int:place>/", mail_views.mail_file, name="mail-file"),
    path("surat/mail/<int:pk>/lampiran/<int:place>/catat/", mail_views.enter, name="enter-mail"),
    path("tanda-terima/<str:code>/", views.receipt, name="receipt"),
]
