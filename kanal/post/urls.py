from django.urls import path

from kanal.post import views

app_name = "post"
urlpatterns = [
    path("surel/", views.settings_page, name="settings"),
    path("surel/kotak/baru/", views.add_mailbox, name="add-mailbox"),
    path("surel/kotak/<int:pk>/", views.change_mailbox, name="mailbox"),
    path("surel/kotak/<int:pk>/coba/", views.try_mailbox, name="try-mailbox"),
    path("surel/kotak/<int:pk>/akhiri/", views.end_mailbox, name="end-mailbox"),
    path("surel/pengirim/", views.sender, name="sender"),
    path("surel/pengirim/coba/", views.try_sender, name="try-sender"),
    path("surel/keluar/", views.outbox, name="outbox"),
    path("surel/keluar/<int:pk>/", views.message, name="message"),
    path("surel/keluar/<int:pk>/kirim-lagi/", views.send_again, name="send-again"),
    path("surel/alamat/<int:pk>/pakai-lagi/", views.revive, name="revive-address"),
]
