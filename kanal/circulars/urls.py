from django.urls import path

from kanal.circulars import personal, views

app_name = "circulars"
urlpatterns = [
    path("penyampaian/", views.circulars, name="circulars"),
    path("penyampaian/baru/", views.add, name="add"),
    path("penyampaian/instruksi/<int:pk>/", views.draft_instruction, name="draft-instruction"),
    path("penyampaian/kantor/<str:code>/", views.unit, name="unit"),
    path("penyampaian/terima/<int:pk>/", views.acknowledge, name="acknowledge"),
    path("penyampaian/terima/<int:pk>/kertas/", views.paper, name="paper"),
    path("penyampaian/penerimaan/<int:pk>/batal/", views.void, name="void"),
    path("penyampaian/terima/<int:pk>/alamat/", views.mend, name="mend"),
    path("penyampaian/<int:pk>/", views.circular, name="circular"),
    path("penyampaian/<int:pk>/berkas/", views.file, name="file"),
    path("penyampaian/<int:pk>/cetak/", views.sheets, name="sheets"),
    path("penyampaian/<int:pk>/cetak/sudah/", views.printed, name="printed"),
    path("penyampaian/<int:pk>/hapus/", views.discard, name="discard"),
    path("penyampaian/<int:pk>/kirim-lagi/", views.serve_again, name="serve-again"),
    path("penyampaian/<int:pk>/sampaikan/", views.serve, name="serve"),
    path("p/<str:token>/", personal.personal, name="personal"),
    path("p/<str:token>/berkas/", personal.personal_file, name="personal-file"),
]
