"""Query strings that no form sends, the same for each seed: for the test of the list page and for the benchmark."""

from collections.abc import Iterator
from random import Random
from urllib.parse import quote_from_bytes

NAMES = (
    "words", "municipality", "region", "when", "participation", "free", "form", "language", "language_level", "weekday",
    "evening", "target_group", "online", "childcare", "accessible", "order", "page",
)  # fmt: skip
VALUES = (
    *(
        b"",
        b"yes",
        b"564",
        b"mon",
        b"language_club",
        b"fi",
        b"today",
        b"newest",
        b"relevance",
        b"kielikahvila",
        b"suomi",
    ),
    *(
        b"-1",
        b"0",
        b"999999",
        b"9" * 40,
        b"1e9",
        b"NaN",
        b"None",
        b"[]",
        b"{}",
        b"%",
        b"\x00",
        b"\xff\xfe",
        b"\xed\xa0\x80",
    ),
    *("Åbo".encode(), "芬兰语".encode(), "\u202eabc".encode(), "a\u0300".encode() * 40, b"' OR 1=1 --", b"<script>"),
)
LONG = 100_000


def query_strings(count: int, seed: int) -> Iterator[str]:
    """So many query strings: known and unknown names, nested arrays, broken UTF-8, now and then 100 kB."""
    chance = Random(seed)  # noqa: S311
    for _ in range(count):
        parts = [_pair(chance) for _ in range(chance.randint(0, 8))]
        if chance.random() < 0.01:
            parts.append(_long(chance))
        yield "&".join(parts)


def _pair(chance: Random) -> str:
    name = chance.choice(NAMES) if chance.random() < 0.9 else quote_from_bytes(chance.randbytes(chance.randint(0, 6)))
    nesting = chance.choice(("",) * 6 + ("[]", "[0][x]", "%5B%5D", "[[[["))
    kind = chance.randrange(4)
    if kind == 0:
        return f"{name}{nesting}={quote_from_bytes(chance.randbytes(chance.randint(0, 30)))}"
    if kind == 1:
        # As it is, not quoted: half a percent sign, signs that stand for something else in an address.
        return name + nesting + chance.choice(("", "=", "==", "=%", "=%zz", "=%E4", "=+", "=;", "&&", "=&", "=%00"))
    return f"{name}{nesting}={quote_from_bytes(chance.choice(VALUES))}"


def _long(chance: Random) -> str:
    kind = chance.randrange(4)
    if kind == 0:
        return "words=" + "a" * LONG
    if kind == 1:
        return "words=" + "ki+" * (LONG // 3)
    if kind == 2:
        return "&".join(f"{chance.choice(NAMES)}={number}" for number in range(LONG // 12))
    return "words=" + "%E8%8A%AC" * (LONG // 9)
