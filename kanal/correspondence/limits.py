"""How often one address may ask the public pages."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kanal.lib.rates import is_over
from kanal.lib.refusal import Refused

# A code has sixty bits of chance: this only keeps machines from asking all day.
CODES, UPLOADS = 600, 30


class AskedTooOften(Refused):
    """This address has asked its share for now."""

    status = 429


def take_one(request: HttpRequest, what: str, most: int) -> None:
    if is_over(request, what, most):
        raise AskedTooOften(
            _("Dari jaringan Anda sudah banyak pemeriksaan dalam satu jam ini."),
            next_step=_("Tunggu satu jam, lalu coba lagi."),
        )
