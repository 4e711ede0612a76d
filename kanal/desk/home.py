"""The first page: each role begins where its work is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kanal.directory.models import UNIT_ROLES, User
from kanal.directory.permissions import open_to_all


@open_to_all
def home(request: HttpRequest) -> HttpResponse:
    user = request.user
    if not isinstance(user, User):
        return redirect("public:check")
    if not user.kinds:
        messages.warning(
            request,
            _("Anda sudah masuk, tetapi belum diberi peran. Hubungi administrator kantor Anda."),
        )
        return redirect("public:check")
    if user.kinds <= UNIT_ROLES:
        return redirect("desk:unit", user.own_units[0].code)
    return redirect("compliance:board")
