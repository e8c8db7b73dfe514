"""The tables that are printed, in Markdown, so that they can stand in `docs/load.md` as they are."""

from collections.abc import Iterable, Mapping, Sequence

from scripts.load.arrivals import Seen

Row = Sequence[object]


def table(head: Row, rows: Iterable[Row]) -> str:
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines)


def share(values: Sequence[float], part: float) -> float:
    """The percentile, in milliseconds."""
    ordered = sorted(values)
    return 1000 * ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0


def of_kinds(seen: Seen) -> str:
    """Each kind of request, and all together."""
    everything = [value for values in seen.seconds.values() for value in values]
    rows = []
    for kind, values in [*sorted(seen.seconds.items()), ("**all**", everything)]:
        wrong = sum(count for what, count in seen.errors.items() if what.startswith(f"{kind}:") or kind == "**all**")
        rows.append([kind, len(values), wrong, *(f"{share(values, part):,.0f}" for part in (0.5, 0.95, 0.99))])
    return table(["request", "count", "errors", "p50 ms", "p95 ms", "p99 ms"], rows)


def of_memory(growth: Mapping[str, tuple[float, float, float, float]]) -> str:
    return table(
        ["process", "first, MB", "last, MB", "its own: first", "last", "growth"],
        (
            [name, f"{one[0]:.0f}", f"{one[1]:.0f}", f"{one[2]:.1f}", f"{one[3]:.1f}", f"{grown(one):+.1%}"]
            for name, one in growth.items()
        ),
    )


def by_minute(samples: Sequence[tuple[float, Mapping[str, tuple[float, float]]]], service: str) -> str:
    """What is the own of all processes of a service, the mean of each minute."""
    minutes: dict[int, list[float]] = {}
    for at, sample in samples:
        together = sum(own for name, (_whole, own) in sample.items() if name.startswith(service))
        minutes.setdefault(int(at // 60), []).append(together)
    return ", ".join(f"{sum(values) / len(values):.0f}" for values in minutes.values())


def grown(one: tuple[float, float, float, float]) -> float:
    """How much what is its own has grown, as a part of it. A megabyte more or less is none."""
    _whole_first, _whole_last, first, last = one
    return (last - first) / first if abs(last - first) >= 1 else 0.0


def of_use(used: Mapping[str, float], seconds: float, requests: int) -> str:
    """Processor time by service: cores, and milliseconds for each request."""
    services: dict[str, float] = {}
    for name, value in used.items():
        service = name.split("-")[0]
        services[service] = services.get(service, 0.0) + value
    others = services.pop("others")
    rows = [
        [name, f"{value / seconds:.2f}", f"{1000 * value / max(requests, 1):.1f}"] for name, value in services.items()
    ]
    total = sum(services.values())
    return table(
        ["process", "cores", "ms a request"],
        [
            *rows,
            ["**all**", f"{total / seconds:.2f}", f"{1000 * total / max(requests, 1):.1f}"],
            ["what else ran here", f"{others / seconds:.2f}", ""],
        ],
    )
