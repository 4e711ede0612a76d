"""How often one address may report. Counted in memory for an hour, never written down."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from kanal.lib.refusal import Refused

AN_HOUR = 3600
MOST = 5


class ReportedTooOften(Refused):
    """This address has sent its share for now."""

    status = 429


def take_one(request: HttpRequest) -> None:
    """Each web process counts by itself; the register's own daily limit stands behind this."""
    address = str(get_adapter().get_client_ip(request))
    key = "report-" + salted_hmac("kanal.public.limits", address).hexdigest()[:32]
    cache.add(key, 0, AN_HOUR)
    if cache.incr(key) > MOST:
        raise ReportedTooOften(
            _("Dari jaringan Anda sudah ada beberapa laporan dalam satu jam ini."),
            kept=_("Laporan yang ini belum tersimpan."),
            next_step=_("Tunggu satu jam, lalu kirim lagi."),
        )
