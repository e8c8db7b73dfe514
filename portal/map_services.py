"""The map services that the setting `MAP_SERVICES` can name. Each finds a place by its address in words."""

from typing import NamedTuple


class MapService(NamedTuple):
    """Its name, and the address to which the parameter with the place is added."""

    name: str
    address: str
    parameter: str


MAP_SERVICES = {
    # Finland's journey planner and that of its capital region: buses, trams and trains.
    "matka": MapService("Matka.fi", "https://opas.matka.fi/?", "to_in"),
    "hsl": MapService("HSL Reittiopas", "https://reittiopas.hsl.fi/?", "to_in"),
    "openstreetmap": MapService("OpenStreetMap", "https://www.openstreetmap.org/search?", "query"),
    "google": MapService("Google Maps", "https://www.google.com/maps/dir/?api=1&", "destination"),
    "apple": MapService("Apple Maps", "https://maps.apple.com/?", "daddr"),
}
