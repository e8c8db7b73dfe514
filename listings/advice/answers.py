"""Advice on answers that may stay empty, but that readers need: when, where, how much, whom to ask, which language.

What a listing cannot be sent without is `listings.completeness`; nothing here says it again.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from portal.languages import LISTING_LANGUAGE_CODES

from .lists import FREE_MAIL
from .pieces import Advice, Facts

AnswerCheck = Callable[[Facts, Sequence[str]], Advice | None]

LONGEST_TEXT = 10_000
TEXTS = ("title", "summary", "description", "language_support")
# The languages in which most listings are written, and most people search.
COMMON_LANGUAGES = ("fi", "sv", "en")
MOST_LANGUAGES_NAMED = 3
# For these people the place is often told only to those who come.
SHELTERED = frozenset(("survivors_of_violence", "sexual_and_gender_minorities"))

TIME = re.compile(r"\b\d{1,2}[.:][0-5]\d\b|\b(?:klo|kl)\.?\s?\d|\b\d{1,2}\s?(?:am|pm)\b", re.IGNORECASE)
LINK = re.compile(r"link|länk|https?:|www\.|zoom|teams\b|google meet|whatsapp", re.IGNORECASE)
COVERS = re.compile(
    r"katta|sisält|kuulu[uv]|hintaan|maksulla|maksu on\b|euroa\b.{0,60}\b(?:kerta|kerra|kausi|lukukau)|"
    r"ingår|täcker|omfattar|i priset|avgiften|går till|"
    r"\bcover|\bincludes?\b|\bincluded\b|\bpays? for\b|materia|tarvik|ruoka-aine|ingredi",
    re.IGNORECASE,
)

# Words in an address that speak for an organization or a role, in the languages in which they are named.
ROLES = re.compile(
    r"info|toimisto|office|kansli|yhdist|jarjest|forening|association|society|club|klubb|kerho|seura|ry\b|rf\b|"
    r"contact|yhteys|kontakt|admin|hallitus|styrelse|sihteer|sekret|secretar|koordina|coordina|ohjaa|ledare|leader|"
    r"ryhma|group|grupp|kahvila|cafe|kafe|team|tiimi|koulu|skola|school|projekt|hanke|vapaaehto|volunt|frivil|kieli|"
    r"sprak|language|nuoriso|ungdom|youth|keskus|center|centre|centrum|talo|huset"
)

# Names are written without dots in addresses.
WITHOUT_DOTS = str.maketrans("äöåéüø", "aoaeuo")


def _texts(facts: Facts) -> Iterator[str]:
    for field in TEXTS:
        yield from (text[:LONGEST_TEXT] for text in facts[field].values())


def _is_told(pattern: re.Pattern[str], facts: Facts) -> bool:
    return any(pattern.search(text) for text in _texts(facts))


def advise_starting_time(facts: Facts, names: Sequence[str]) -> Advice | None:
    """Days without a time of day; without `starts` a weekly activity cannot be sent at all."""
    if facts["schedule_kind"] != "dates" or facts["starts"] or _is_told(TIME, facts):
        return None
    return Advice("no-starting-time", "starts")


def advise_ending_time(facts: Facts, names: Sequence[str]) -> Advice | None:
    """A beginning without an end."""
    if facts["schedule_kind"] not in ("weekly", "dates") or not facts["starts"] or facts["ends"]:
        return None
    return Advice("no-ending-time", "ends")


def advise_place(facts: Facts, names: Sequence[str]) -> Advice | None:
    """Neither a name nor an address of the place; in several municipalities there are several places."""
    if facts["location_mode"] not in ("onsite", "hybrid") or facts["venue"] or facts["address"]:
        return None
    if len(facts["municipalities"]) > 1 or SHELTERED.intersection(facts["target_groups"]):
        return None
    return Advice("no-place", "venue")


def advise_way_online(facts: Facts, names: Sequence[str]) -> Advice | None:
    """Who signs up gets the link; who just comes has to find it."""
    if facts["location_mode"] not in ("online", "hybrid") or facts["participation"] != "open":
        return None
    return None if facts["contact_url"] or _is_told(LINK, facts) else Advice("no-way-online", "contact_url")


def advise_fee(facts: Facts, names: Sequence[str]) -> Advice | None:
    """A fee for taking part; a fee for materials says what it is for."""
    if facts["price_kind"] != "fee" or facts["fee_purpose"] != "participation" or _is_told(COVERS, facts):
        return None
    return Advice("fee-without-content", "fee_amount")


def advise_private_address(facts: Facts, names: Sequence[str]) -> Advice | None:
    """An address at a provider for everybody that holds neither a role nor the organization's name."""
    local, _at, domain = facts["contact_email"].casefold().partition("@")
    if domain.rpartition(".")[0] not in FREE_MAIL or ROLES.search(local):
        return None
    letters = re.sub(r"[^a-z]", "", local.translate(WITHOUT_DOTS))
    own = (word for name in names for word in re.findall(r"[a-z]{4,}", name.casefold().translate(WITHOUT_DOTS)))
    return None if any(word[:6] in letters for word in own) else Advice("private-address", "contact_email")


def advise_whom_to_ask(facts: Facts, names: Sequence[str]) -> Advice | None:
    """An address or a number, but nobody behind it."""
    if facts["contact_name"] or not (facts["contact_email"] or facts["contact_phone"]):
        return None
    return Advice("no-one-to-ask", "contact_name")


def advise_languages(facts: Facts, names: Sequence[str]) -> Advice | None:
    """No text in a common language that is used there, or none at all in any of the languages used there."""
    used = [code for tag in facts["languages"] if (code := _language_of_texts(tag))]
    written = set(facts["title"]) | set(facts["summary"])
    missing = [code for code in COMMON_LANGUAGES if code in used and code not in written]
    if not missing and not written.intersection(used):
        missing = used[:MOST_LANGUAGES_NAMED]
    return Advice("no-text-in-language", "languages", languages=tuple(missing)) if written and missing else None


def _language_of_texts(tag: str) -> str:
    """The language of texts that a language used there is written in; empty when the portal has no texts in it."""
    base = tag.split("-")[0]
    return next((code for code in LISTING_LANGUAGE_CODES if code.split("-")[0] == base), "")


ANSWER_CHECKS: dict[str, AnswerCheck] = {
    "no-starting-time": advise_starting_time,
    "no-ending-time": advise_ending_time,
    "no-place": advise_place,
    "no-way-online": advise_way_online,
    "fee-without-content": advise_fee,
    "private-address": advise_private_address,
    "no-one-to-ask": advise_whom_to_ask,
    "no-text-in-language": advise_languages,
}
