"""The way to a place: addresses of map services, among which readers choose. Nothing is asked of them before that."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings

from portal.map_services import MAP_SERVICES


class Directions(NamedTuple):
    """A link to one service, by the service's own name."""

    name: str
    url: str


def directions_to(place: str) -> list[Directions]:
    """The services that this portal offers, in its order, each asked for this place; none without a place."""
    services = [MAP_SERVICES[code] for code in settings.MAP_SERVICES] if place else []
    return [Directions(one.name, f"{one.address}{urlencode({one.parameter: place})}") for one in services]
