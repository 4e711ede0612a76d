from django.urls import path

from kanal.stationery.views import office, shared

app_name = "stationery"
urlpatterns = [
    path("kop/<str:code>/", office.letterhead, name="letterhead"),
    path("kop/<str:code>/logo.png", office.logo, name="logo"),
    path("buku-nomor/", office.books, name="books"),
    path("buku-nomor/<str:code>/", office.book, name="book"),
    path("buku-nomor/<str:code>/pola/", office.pattern, name="pattern"),
    path("buku-nomor/<str:code>/luar/", office.outside, name="outside"),
    path("buku-nomor/<str:code>/<int:pk>/batal/", office.void, name="void"),
    path("templat/", shared.templates, name="templates"),
    path("templat/tambah/", shared.add_template, name="add-template"),
    path("templat/<int:pk>/akhiri/", shared.end_template, name="end-template"),
    path("akar/", shared.roots, name="roots"),
    path("akar/tambah/", shared.add_root, name="add-root"),
    path("akar/<int:pk>/akhiri/", shared.end_root, name="end-root"),
]
