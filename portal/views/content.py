"""The operator's pages."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from portal.models import Page
from portal.page_cache import kept
from portal.personal_data import all_held
from portal.rich_text import as_html
from portal.texts import text_for, texts_of

# The page that says how personal data is handled, and where in its text the portal says itself what it keeps.
PRIVACY = "privacy"
# The page that asks for feedback.
ACCESSIBILITY = "accessibility"
PLACE_OF_PERSONAL_DATA = "<p>{personal data}</p>\n"


def _with_personal_data(html: str, language: str) -> SafeString:
    """What is kept, why and how long, from the declarations: where the operator's text says so, else after it."""
    with override(language):
        part = render_to_string("portal/_personal_data.html", {"held": all_held()})
    before, mark, after = html.partition(PLACE_OF_PERSONAL_DATA)
    return mark_safe(before + part + after if mark else html + part)  # noqa: S308 - both are made here


@kept()
@login_not_required
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A page in the reader's language, else in another one, marked as what it is."""
    row = get_object_or_404(Page, slug=slug)
    reader = get_language() or "fi"
    body = text_for(texts_of(row, "body"), reader)
    html = as_html(body.value)
    if slug == PRIVACY:
        html = _with_personal_data(html, body.lang)
    context = {
        "title": texts_of(row, "title").get(body.lang, row.slug),
        "body_html": html,
        "lang": body.lang,
        "dir": body.dir,
        "is_other": body.is_other,
        "asks_for_feedback": slug == ACCESSIBILITY,
        "language_name": body.language_name,
    }
    return render(request, "portal/page.html", context)
