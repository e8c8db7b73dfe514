"""Is this organization here already? By number, and by name in any language, forgiving of spelling."""

import re
import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from rapidfuzz import fuzz, process

from organizations.models import Organization
from organizations.registering import numbers
from portal.languages import LISTING_LANGUAGES
from portal.models import Municipality

# Words that many organizations share and that tell nothing apart.
_LEGAL_FORMS = re.compile(
    r"\b(r\.?\s?y|r\.?\s?f|sr|oy|ab|oyj|osk|registered association)\b\.?"
    r"|-?(säätiö|säätiön|stiftelse|stiftelsen|yhdistys|förening|föreningen)\b",
    re.IGNORECASE,
)
SIMILAR_ENOUGH = 90
# Words of a search: shorter ones have to be right, longer ones may have a slip or another ending.
FORGIVEN_FROM = 4
ALIKE = 75


def plain_name(name: str) -> str:
    """A name without its legal form, case and punctuation: `Kotikulma ry.` is `kotikulma`."""
    words = re.sub(r"[^\w\s]", " ", _LEGAL_FORMS.sub(" ", name.casefold()))
    return " ".join(words.split())


def similar_organizations(names: Iterable[str], business_id: str = "", limit: int = 5) -> list[Organization]:
    """Organizations that may be the same one, the surest first; those for which nobody acts are not offered."""
    candidates = Organization.objects.taking_people_in()
    found: list[Organization] = list(candidates.filter(business_id=business_id)) if business_id else []
    columns = [f"name_{language.column}" for language in LISTING_LANGUAGES]
    by_name: dict[int, list[str]] = {}
    for pk, *values in candidates.values_list("pk", *columns):
        by_name[pk] = [plain_name(value) for value in values if value]
    choices = {(pk, index): name for pk, all_names in by_name.items() for index, name in enumerate(all_names)}
    best: dict[int, float] = {}
    for name in filter(None, map(plain_name, names)):
        hits = process.extract(name, choices, scorer=fuzz.token_sort_ratio, score_cutoff=SIMILAR_ENOUGH, limit=20)
        for _match, score, (pk, _index) in hits:
            best[pk] = max(best.get(pk, 0), score)
    ordered = sorted(best, key=lambda pk: -best[pk])
    rows = candidates.in_bulk(ordered)
    found += [rows[pk] for pk in ordered if rows[pk] not in found]
    return found[:limit]


def _words(text: str) -> list[str]:
    """The telling words of a name, without case, accents and legal form."""
    letters = unicodedata.normalize("NFKD", plain_name(text))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).split()


def _likeness(typed: str, word: str) -> float:
    """How well a typed word means one of a name, from 0 to 100."""
    if typed == word:
        return 100
    if len(typed) >= 2 and word.startswith(typed):
        return 95
    if len(typed) < FORGIVEN_FROM:
        return 0
    # Part of a compound (“kulma” of “kotikulma”), or another case (“Oulun” for “Oulu”).
    if typed in word or (len(word) >= FORGIVEN_FROM and typed.startswith(word)):
        return 90
    return 0.9 * fuzz.ratio(typed, word, score_cutoff=ALIKE)


def _rank(typed: list[str], name: list[str], places: list[str]) -> float:
    """How well all typed words together mean this name; 0 when one of them means nothing in it or its municipality."""
    scores = [
        max(
            max((_likeness(one, word) for word in name), default=0),
            80 if one in places else 0,
        )
        for one in typed
    ]
    together = 0.9 * fuzz.ratio("".join(typed), "".join(name), score_cutoff=SIMILAR_ENOUGH)
    return max(sum(scores) / len(scores) if all(scores) else 0, together)


def _with_number(text: str) -> list[int] | None:
    """Those with this number; None when the text is no number."""
    for read, field in ((numbers.business_id, "business_id"), (numbers.association_number, "association_number")):
        try:
            number = read(text)
        except ValidationError:
            continue
        if number:
            return list(Organization.objects.taking_people_in().filter(**{field: number}).values_list("pk", flat=True))
    return None


def find_organizations(words: str, municipality: Municipality | None = None) -> list[int]:
    """The keys of the organizations that somebody may look for, the likeliest first.

    All words have to mean something in one of the names, in any language, or be the municipality. Without words: all
    of the municipality, by name.
    """
    found = _with_number(words) if words else None
    if found is not None:
        return found
    candidates = Organization.objects.taking_people_in()
    if municipality is not None:
        candidates = candidates.filter(municipality=municipality)
    typed = _words(words)
    if not typed:
        return list(candidates.values_list("pk", flat=True)) if municipality is not None and not words.strip() else []
    columns = [f"name_{language.column}" for language in LISTING_LANGUAGES]
    ranked: list[tuple[float, str, int]] = []
    for pk, name_fi, name_sv, *names in candidates.values_list(
        "pk", "municipality__name_fi", "municipality__name_sv", *columns
    ):
        places = [*_words(name_fi), *_words(name_sv)]
        best = max((_rank(typed, _words(name), places) for name in names if name), default=0)
        if best:
            ranked.append((-best, next(filter(None, names)), pk))
    return [pk for _score, _name, pk in sorted(ranked)]
