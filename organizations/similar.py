"""Is this organization here already? By number, and by name in any language, forgiving of spelling."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from organizations.models import Organization
from portal.languages import LISTING_LANGUAGES

# Words that many organizations share and that tell nothing apart.
_LEGAL_FORMS = re.compile(
    r"\b(r\.?\s?y|r\.?\s?f|sr|oy|ab|oyj|osk|registered association)\b\.?"
    r"|-?(säätiö|säätiön|stiftelse|stiftelsen|yhdistys|förening|föreningen)\b",
    re.IGNORECASE,
)
SIMILAR_ENOUGH = 90


def plain_name(name: str) -> str:
    """A name without its legal form, case and punctuation: `Kotikulma ry.` is `kotikulma`."""
    words = re.sub(r"[^\w\s]", " ", _LEGAL_FORMS.sub(" ", name.casefold()))
    return " ".join(words.split())


def similar_organizations(names: Iterable[str], business_id: str = "", limit: int = 5) -> list[Organization]:
    """Organizations that may be the same one, the surest first; declined ones are not offered."""
    candidates = Organization.objects.exclude(state=Organization.State.DECLINED)
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
