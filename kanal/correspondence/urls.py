from django.urls import path

from kanal.correspondence.views import drafting, papers, public

app_name = "correspondence"
urlpatterns = [
    path("surat/keluar/", papers.papers, name="papers"),
    path("surat/keluar/tulis/", drafting.kinds, name="kinds"),
    path("surat/keluar/tulis/pengingat/", drafting.write_reminder, name="write-reminder"),
    path("surat/keluar/tulis/<slug:kind>/", drafting.write, name="write"),
    path("surat/keluar/<int:pk>/", papers.paper, name="paper"),
    path("surat/keluar/<int:pk>/ubah/", drafting.edit, name="edit"),
    path("surat/keluar/<int:pk>/hapus/", papers.discard, name="discard"),
    path("surat/keluar/<int:pk>/setujui/", papers.approve, name="approve"),
    path("surat/keluar/<int:pk>/tanda-tangan/", papers.sign, name="sign"),
    path("surat/keluar/<int:pk>/tanda-tangan/bsre/", papers.sign_bsre, name="sign-bsre"),
    path("surat/keluar/<int:pk>/pindaian/", papers.scan, name="scan"),
    path("surat/keluar/<int:pk>/pindaian/terlihat/", papers.seen, name="seen"),
    path("surat/keluar/<int:pk>/kirim/", papers.send, name="send"),
    path("surat/keluar/<int:pk>/batal/", papers.void, name="void"),
    path("surat/keluar/<int:pk>/pratinjau/<int:number>.png", papers.preview_page, name="preview"),
    path("surat/keluar/<int:pk>/halaman/<int:number>.png", papers.page, name="page"),
    path("surat/keluar/<int:pk>/berkas-surat/<int:file_pk>/", papers.file, name="file"),
    path(
        "surat/keluar/<int:pk>/berkas-surat/<int:file_pk>/halaman/<int:number>.png",
        papers.file_page,
        name="file-page",
    ),
    path("tanda-terima/<str:code>/surat/", papers.receipt, name="receipt"),
    path("v/", public.verify, name="verify"),
    path("v/<str:code>/", public.code, name="code"),
]
