"""How often one address may ask the public pages. Counted in memory, never written down."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from kanal.lib.refusal import Refused

AN_HOUR = 3600
# A code has sixty bits of chance: this only keeps machines from asking all day.
CODES, UPLOADS = 600, 30


class AskedTooOften(Refused):
    """This address has asked its share for now."""

    status = 429


def take_one(request: HttpRequest, what: str, most: int) -> None:
    """Each web process counts by itself."""
    address = str(get_adapter().get_client_ip(request))
    key = f"{what}-" + salted_hmac("kanal.correspondence.limits", address).hexdigest()[:32]
    cache.add(key, 0, AN_HOUR)
    if cache.incr(key) > most:
        raise AskedTooOften(
            _("Dari jaringan Anda sudah banyak pemeriksaan dalam satu jam ini."),
            next_step=_("Tunggu satu jam, lalu coba lagi."),
        )
