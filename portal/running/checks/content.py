"""Whether readers find something, and somebody runs the portal."""

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.module_loading import import_string

from portal.models import Page
from portal.running.doctor import Finding, advice, fault, in_earnest, needs_database

GAP = "example.org"
LANGUAGES_OF_RECORD = ("fi", "sv", "en")
FEWEST_OPERATORS = 2


@needs_database
def search_index() -> Iterator[Finding]:
    if import_string(settings.SEARCH_IS_OUTDATED)():
        yield fault(
            "The search index was made by another release: readers do not find what they should.",
            "Run manage.py rebuild_search.",
        )


@needs_database
def operators() -> Iterator[Finding]:
    count = get_user_model().objects.filter(is_active=True, is_staff=True).count()
    if count == 0:
        yield fault("There is no operator: nobody can let moderators in.", "Run manage.py createsuperuser.")
    elif count < FEWEST_OPERATORS:
        yield advice("There is one operator only.", "Have two: one can help the other who has lost phone and codes.")


@needs_database
def second_factors() -> Iterator[Finding]:
    if not settings.SECOND_FACTOR_REQUIRED:
        yield advice("Moderators and operators sign in with a password alone.", "Leave SECOND_FACTOR_REQUIRED out.")
    people = get_user_model().objects.filter(is_active=True)
    people = people.filter(is_staff=True) | people.filter(is_moderator=True)
    away = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    without = people.exclude(pk__in=Authenticator.objects.filter(type__in=away).values("user")).count()
    if without:
        yield advice(
            f"{without} moderators and operators have no second factor yet.",
            "Until they set it up at their next visit, their password alone opens the door to that page.",
        )


@needs_database
def pages_of_the_operator() -> Iterator[Finding]:
    """The first texts have addresses that stand for the operator's own."""
    gaps = [
        f"{page.slug} ({language})"
        for page in Page.objects.all()
        for language in LANGUAGES_OF_RECORD
        if GAP in (getattr(page, f"body_{language}") or "")
    ]
    if gaps:
        yield in_earnest(
            f"Pages have gaps for you to fill in ({GAP}): {', '.join(gaps)}.", 'See the administration, "Pages".'
        )
