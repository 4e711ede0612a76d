"""`/sehat`: for whoever watches this installation."""

from django.http import HttpRequest, JsonResponse

from kanal.directory.permissions import open_to_all
from kanal.ground.state import health


@open_to_all
def sehat(request: HttpRequest) -> JsonResponse:
    """200 when web, database and at least one worker are up, else 503."""
    found = health()
    return JsonResponse(
        {
            "web": True,
            "database": found.database,
            "workers": found.workers,
            "status": "ok" if found.well else "gangguan",
        },
        status=200 if found.well else 503,
        headers={"Cache-Control": "no-store"},
    )
