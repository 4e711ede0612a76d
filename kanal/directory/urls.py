from django.urls import path

from kanal.directory.views import imports, people, units, users

app_name = "directory"
urlpatterns = [
    path("instansi/", units.units_page, name="units"),
    path("instansi/unduh.csv", units.units_csv, name="units-csv"),
    path("instansi/unduh.xlsx", units.units_xlsx, name="units-xlsx"),
    path("instansi/<str:code>/unit-baru/", units.add, name="add-unit"),
    path("instansi/<str:code>/ganti-nama/", units.rename, name="rename-unit"),
    path("instansi/<str:code>/kontak/", units.contact, name="unit-contact"),
    path("instansi/<str:code>/tutup/", units.close, name="close-unit"),
    path("instansi/<str:code>/kepala/", units.heads, name="heads"),
    path("instansi/<str:code>/kepala/<int:pk>/selesai/", units.end_head, name="end-head"),
    path("orang/", people.people_page, name="people"),
    path("orang/unduh.csv", people.people_csv, name="people-csv"),
    path("orang/unduh.xlsx", people.people_xlsx, name="people-xlsx"),
    path("orang/baru/", people.add, name="add-person"),
    path("orang/<int:pk>/", people.person_file, name="person"),
    path("orang/<int:pk>/ubah/", people.change, name="change-person"),
    path("orang/<int:pk>/koreksi/", people.correct, name="correct-person"),
    path("orang/<int:pk>/penempatan/", people.begin_posting, name="begin-posting"),
    path(
        "orang/<int:pk>/penempatan/<int:posting_pk>/selesai/",
        people.end_posting,
        name="end-posting",
    ),
    path("pengguna/", users.users_page, name="users"),
    path("pengguna/undang/", users.invite, name="invite"),
    path("pengguna/<int:pk>/", users.user_page, name="user"),
    path("pengguna/<int:pk>/peran/", users.grant, name="grant-role"),
    path("pengguna/<int:pk>/peran/<int:role_pk>/selesai/", users.end_role, name="end-role"),
    path("pengguna/<int:pk>/tautan/", users.new_link, name="password-link"),
    path("pengguna/<int:pk>/nonaktif/", users.deactivate, name="deactivate"),
    path("pengguna/<int:pk>/aktif/", users.reactivate, name="reactivate"),
    path("impor/", imports.upload, name="import"),
    path("impor/pratinjau/", imports.preview, name="import-preview"),
    path("impor/jalankan/", imports.carry_out, name="import-carry-out"),
    path("impor/batal/", imports.cancel, name="import-cancel"),
    path("impor/contoh-<str:kind>.xlsx", imports.empty_sheet, name="import-example"),
]
