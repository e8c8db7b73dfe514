"""Computes how many machines the portal needs, from measured figures: docs/capacity.md says what each one means.

    scripts/capacity.py --listings 100000 --requests 200
    scripts/capacity.py --listings 10000000 --requests 10000 --list-ms 60

Every figure of `Figures` can be given: put in what you measured on your own machines.
"""

import argparse
from dataclasses import dataclass, fields
from math import ceil, exp, inf

SECONDS_A_YEAR = 365 * 24 * 3600
# A process that reads changed facets for so much of its time answers nobody any more.
TOO_MUCH = 0.7


@dataclass(frozen=True)
class Figures:
    """What was measured or is assumed. Times are of one processor core; sizes in megabytes."""

    listings: float = 100_000
    requests: float = 100  # a second at the busiest time
    changes_a_year: float = 4  # of each listing: edits, confirmations, pauses
    busy_factor: float = 3  # how many times more than on average is changed at the busiest time
    addresses_each: float = 13  # pages of each listing that readers ask for: one in each language
    proxy_seconds: float = 2  # for so long the proxy sends the same page without asking
    kept_ms: float = 0.5  # a page that is kept
    list_ms: float = 20.0  # a page that has to be made
    change_ms: float = 50.0  # a POST that changes what readers see, the index with it
    facets_mb_a_million: float = 28.0
    facets_ms_a_million: float = 43.0  # the first search of a process after a change
    process_mb: float = 270.0  # a web process without facets
    database_ms_kept: float = 0.1  # what a kept page costs PostgreSQL
    database_ms_list: float = 5.0  # what a made page costs PostgreSQL
    kilobytes_each: float = 30.0  # of the database for each listing, its index and history
    proxy_rate: float = 25_000  # requests a second of one core of the proxy
    cores: float = 8  # of one machine
    use: float = 0.6  # of a core at the busiest time

    @property
    def changes(self) -> float:
        """Changes a second at the busiest time; each gives all pages a new name."""
        return self.listings * self.changes_a_year * self.busy_factor / SECONDS_A_YEAR


def different(requests: float, addresses: float) -> float:
    """How many different addresses some requests ask for, when the address on place n is asked for 1/n as often."""
    if requests <= 0:
        return 0.0
    whole = sum(width / middle for middle, width in _places(addresses))
    return sum(width * (1 - exp(-requests / middle / whole)) for middle, width in _places(addresses))


def _places(addresses: float) -> list[tuple[float, float]]:
    """The places of the addresses in steps that grow, with the width of each step."""
    found, start = [], 1.0
    while start < addresses + 1:
        width = max(1.0, start / 50)
        found.append((start + (width - 1) / 2, width))
        start += width
    return found


@dataclass(frozen=True)
class Need:
    reaching: float
    made: float
    web_cores: float
    process_mb: float
    database_cores: float
    questions: float
    disk_gb: float
    proxy_cores: float

    rereading: float

    def lines(self, figures: Figures) -> list[tuple[str, str]]:
        cores = self.web_cores if self.rereading < TOO_MUCH else inf
        machines = max(ceil(cores / figures.cores), 1) if cores < inf else 0
        processes = ceil(min(figures.cores, max(cores, 2)))
        return [
            ("changes a second", f"{figures.changes:.2f}"),
            ("requests a second that reach the web processes", f"{self.reaching:,.0f}"),
            ("of them made anew", f"{self.made:,.0f}"),
            ("share of a web process that only reads changed facets", f"{self.rereading:.0%}"),
            ("cores for web processes", f"{cores:,.1f}" if machines else "not enough"),
            (f"machines of {figures.cores:.0f} cores for them", f"{machines}" if machines else "not enough"),
            ("memory of one web process, MB", f"{self.process_mb:,.0f}"),
            ("memory of one such machine, GB", f"{self.process_mb * processes / 1000:,.1f}"),
            ("questions to the database a second", f"{self.questions:,.0f}"),
            ("cores for PostgreSQL, primary and replicas together", f"{self.database_cores:,.1f}"),
            ("the database on disk, GB", f"{self.disk_gb:,.1f}"),
            ("cores for the proxy", f"{self.proxy_cores:,.1f}"),
        ]


def need(figures: Figures) -> Need:
    """The formulae of docs/capacity.md."""
    addresses = figures.listings * figures.addresses_each + 1000
    reaching = figures.requests
    if figures.proxy_seconds:
        asked = figures.requests * figures.proxy_seconds
        reaching = different(asked, addresses) / figures.proxy_seconds
    # Between two changes each address is made once; without changes for ten minutes it has run out of Redis.
    span = min(1 / figures.changes if figures.changes else 600.0, 600.0)
    made = min(different(figures.requests * span, addresses) / span, reaching)
    kept = reaching - made
    millions = figures.listings / 1_000_000
    per_second = kept * figures.kept_ms + made * figures.list_ms + figures.changes * figures.change_ms
    web_cores = per_second / 1000 / figures.use
    # Each process reads the changed facets once for each change, as long as it has something to answer between two.
    again = min(figures.changes, reaching) * millions * figures.facets_ms_a_million / 1000
    web_cores = web_cores / max(1 - again, 1 - TOO_MUCH)
    database = kept * figures.database_ms_kept + made * figures.database_ms_list + figures.changes * figures.change_ms
    return Need(
        reaching=reaching,
        made=made,
        web_cores=web_cores,
        process_mb=figures.process_mb + 2 * millions * figures.facets_mb_a_million,
        database_cores=database / 1000 / figures.use,
        questions=kept + 10 * made,
        disk_gb=figures.listings * figures.kilobytes_each / 1_000_000,
        proxy_cores=figures.requests / figures.proxy_rate / figures.use,
        rereading=again,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for field in fields(Figures):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=float, default=field.default)
    figures = Figures(**vars(parser.parse_args()))
    for label, value in need(figures).lines(figures):
        print(f"{label:<56}{value:>12}")  # noqa: T201


if __name__ == "__main__":
    main()
