"""How often one address may ask. Counted in memory for an hour, never written down."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

AN_HOUR = 3600


def is_over(request: HttpRequest, what: str, most: int) -> bool:
    """Counts this one. Each web process counts by itself."""
    address = str(get_adapter().get_client_ip(request))
    key = f"{what}-" + salted_hmac("kanal.lib.rates", address).hexdigest()[:32]
    cache.add(key, 0, AN_HOUR)
    return bool(cache.incr(key) > most)
