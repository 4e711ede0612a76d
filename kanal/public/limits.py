"""How often one address may report."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kanal.lib.rates import is_over
from kanal.lib.refusal import Refused

MOST = 5


class ReportedTooOften(Refused):
    """This address has sent its share for now."""

    status = 429


def take_one(request: HttpRequest) -> None:
    """The register's own daily limit stands behind this."""
    if is_over(request, "report", MOST):
        raise ReportedTooOften(
            _("Dari jaringan Anda sudah ada beberapa laporan dalam satu jam ini."),
            kept=_("Laporan yang ini belum tersimpan."),
            next_step=_("Tunggu satu jam, lalu kirim lagi."),
        )
