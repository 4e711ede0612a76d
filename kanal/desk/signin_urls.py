"""The pages of allauth that Kanal uses, each with its permission; nobody signs up by themselves."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

from kanal.directory.permissions import SIGNED_IN, View, open_to_all


def signed_in(view: View) -> View:
    """allauth asks for the sign-in itself; one's own password needs no role."""
    view.permission = SIGNED_IN  # type: ignore[attr-defined]
    return view


urlpatterns = [
    path("masuk/", open_to_all(account.login), name="account_login"),
    path("keluar/", open_to_all(account.logout), name="account_logout"),
    path("daftar/", open_to_all(account.signup), name="account_signup"),
    path("nonaktif/", open_to_all(account.account_inactive), name="account_inactive"),
    path("pastikan/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("kata-sandi/", signed_in(account.password_change), name="account_change_password"),
    path("kata-sandi/buat/", signed_in(account.password_set), name="account_set_password"),
    path("lupa/", open_to_all(account.password_reset), name="account_reset_password"),
    path(
        "lupa/terkirim/",
        open_to_all(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^lupa/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        open_to_all(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "lupa/selesai/",
        open_to_all(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("dua-langkah/", signed_in(mfa.index), name="mfa_index"),
    path("dua-langkah/kode/", open_to_all(mfa.authenticate), name="mfa_authenticate"),
    path("dua-langkah/pastikan/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("dua-langkah/aktifkan/", signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("dua-langkah/matikan/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "dua-langkah/cadangan/",
        signed_in(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "dua-langkah/cadangan/buat/",
        signed_in(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "dua-langkah/cadangan/unduh/",
        signed_in(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
