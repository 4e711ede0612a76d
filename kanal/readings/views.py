from __future__ import annotations

from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from kanal.directory.asking import asker, reach
from kanal.directory.permissions import requires
from kanal.readings.models import Reading
from kanal.readings.permissions import SEE_READINGS


@requires(SEE_READINGS)
@require_safe
def piece(request: HttpRequest, pk: int, field: str) -> HttpResponseBase:
    """The part of the page a fact was read from, for whoever reaches the office it concerns."""
    user = asker(request)
    mine = reach(user, SEE_READINGS) | Q(government_id=user.government_id, asked_by=user)
    reading = get_object_or_404(Reading.objects.filter(mine), pk=pk)
    kept = reading.crops.get(field)
    if kept is None or not default_storage.exists(kept):
        raise Http404
    response = FileResponse(default_storage.open(kept), content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=600"
    return response
