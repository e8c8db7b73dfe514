"""Finnish names of places in the cases in which people write them: `Helsinki` -> `helsingissä`, `Lahti` -> `lahdessa`.

Snowball cuts the ending but does not undo consonant gradation, so the cases of the known names are made instead. The
rules make some forms that nobody writes; they find nothing and do no harm.
"""

from collections.abc import Iterator

ENDINGS = ("n", "ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "ksi")
# The strong grade and the weak one, longest first (Iso suomen kielioppi, § 41).
GRADES = (
    ("nk", "ng"), ("nt", "nn"), ("lt", "ll"), ("rt", "rr"), ("mp", "mm"), ("kk", "k"), ("pp", "p"), ("tt", "t"),
    ("k", ""), ("p", "v"), ("t", "d"),
)  # fmt: skip
VOWELS = "aeiouyäöå"


def place_forms(name: str) -> set[str]:
    """The forms of a folded one-word name."""
    stems = set(_stems(name))
    forms = {name} | {stem + ending for stem in stems for ending in ENDINGS}
    return forms | {stem + stem[-1] + "n" for stem in stems} | {f"{stem}h{stem[-1]}n" for stem in stems}


def _stems(name: str) -> Iterator[str]:
    """The stems to which endings are added, in both grades."""
    if name.endswith("nen"):
        yield name[:-3] + "se"
    elif name[-1] not in VOWELS:
        yield name + "i"
    elif name.endswith("e"):
        yield name + "e"
    else:
        yield name
        yield from _weakened(name)
        if name.endswith("i"):
            yield from (stem[:-1] + "e" for stem in (name, *_weakened(name)))
            if name.endswith("si"):
                yield name[:-2] + "de"


def _weakened(name: str) -> Iterator[str]:
    body, vowel = name[:-1], name[-1]
    for strong, weak in GRADES:
        if body.endswith(strong):
            yield body[: -len(strong)] + weak + vowel
            return
