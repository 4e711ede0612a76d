from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kanal.lib.fields import said
from kanal.post.connecting import LOOPBACK
from kanal.post.models import Mailbox, Security, Sender, SignIn
from kanal.post.oauth import may_ask
from kanal.post.outbox import NoAddress, tidy_address

_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9a-fA-F:]{2,45}")
_SECRET = forms.PasswordInput(attrs={"autocomplete": "new-password"})


class HostField(forms.CharField):
    def clean(self, value: Any) -> str:
        host = str(super().clean(value)).lower()
        if host and not _HOST.fullmatch(host):
            raise ValidationError(_("Tulis nama servernya saja, misalnya surel.contoh.go.id."))
        return host


class SecretField(forms.CharField):
    """Never shown again; empty keeps the one that is sealed."""

    widget = _SECRET

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=4000, strip=False, required=False, **options)


class MailboxForm(forms.Form):
    name = forms.CharField(
        label=_("Untuk apa kotak ini"),
        max_length=120,
        help_text=_("Misalnya: surat penunjukan dari semua kantor."),
    )
    host = HostField(label=_("Server IMAP"), max_length=253)
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=993)
    security = forms.ChoiceField(label=_("Keamanan"), choices=Security.choices)
    folder = forms.CharField(label=_("Folder"), max_length=200, initial="INBOX")
    user = forms.CharField(label=_("Nama pengguna"), max_length=254)
    sign_in = forms.ChoiceField(label=_("Cara masuk"), choices=SignIn.choices)
    secret = SecretField(
        label=_("Kata sandi atau token penyegar"),
        help_text=_("Disimpan terkunci dan tidak pernah ditampilkan lagi."),
    )
    client_id = forms.CharField(label=_("ID klien OAuth2"), max_length=300, required=False)
    client_secret = SecretField(label=_("Rahasia klien OAuth2"))
    token_endpoint = forms.CharField(
        label=_("Alamat token OAuth2"),
        max_length=300,
        required=False,
        help_text=_("Misalnya https://oauth2.googleapis.com/token"),
    )
    authserv_id = forms.CharField(
        label=_("Server yang keterangan pengirimnya dipercaya"),
        max_length=253,
        required=False,
        help_text=_(
            "Nama pertama pada baris Authentication-Results yang ditulis server surel Anda sendiri."
            " Server itu harus membuang baris palsu atas namanya."
        ),
    )

    def __init__(self, data: Any = None, *, box: Mailbox | None = None) -> None:
        names = [name for name in self.base_fields if "secret" not in name]
        known = {name: getattr(box, name) for name in names} if box else None
        super().__init__(data, initial=known)
        if box:
            self.fields["secret"].help_text = _("Kosongkan jika tidak berganti.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("sign_in") == SignIn.OAUTH2:
            for name in ("client_id", "token_endpoint"):
                if not given.get(name):
                    self.add_error(name, _("Isi untuk OAuth2."))
        if (address := given.get("token_endpoint")) and not may_ask(address):
            self.add_error("token_endpoint", _("Alamat token harus https."))
        for name in ("user", "folder", "secret", "client_secret"):
            if any(sign < " " for sign in given.get(name) or ""):
                self.add_error(name, _("Tanda yang tidak tampak tidak dapat dipakai."))
        return given


class SenderForm(forms.Form):
    host = HostField(label=_("Server SMTP"), max_length=253)
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=587)
    security = forms.ChoiceField(
        label=_("Keamanan"), choices=Security.choices, initial=Security.STARTTLS
    )
    user = forms.CharField(label=_("Nama pengguna"), max_length=254, required=False)
    secret = SecretField(
        label=_("Kata sandi"),
        help_text=_("Disimpan terkunci dan tidak pernah ditampilkan lagi."),
    )
    address = forms.CharField(label=_("Alamat pengirim"), max_length=254)
    name = forms.CharField(label=_("Nama pengirim"), max_length=120, required=False)

    def __init__(self, data: Any = None, *, sender: Sender | None = None) -> None:
        names = [name for name in self.base_fields if name != "secret"]
        known = {name: getattr(sender, name) for name in names} if sender else None
        super().__init__(data, initial=known)
        if sender and sender.secret:
            self.fields["secret"].help_text = _("Kosongkan jika tidak berganti.")

    def clean_address(self) -> str:
        try:
            return tidy_address(self.cleaned_data["address"])
        except NoAddress as refused:
            raise ValidationError(said(refused)) from refused

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        plain = given.get("security") == Security.NONE
        if plain and given.get("host") and given["host"] not in LOOPBACK:
            self.add_error("security", _("Tanpa TLS hanya untuk server di mesin ini."))
        return given
