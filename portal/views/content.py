"""The operator's pages."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from portal.models import Page
from portal.page_cache import kept
from portal.texts import text_for, texts_of

# Raw HTML off: what an operator pastes can never run in a reader's browser.
MARKDOWN = MarkdownIt("commonmark", {"html": False})


@kept()
@login_not_required
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A page in the reader's language, else in another one, marked as what it is."""
    row = get_object_or_404(Page, slug=slug)
    reader = get_language() or "fi"
    body = text_for(texts_of(row, "body"), reader)
    context = {
        "title": texts_of(row, "title").get(body.lang, row.slug),
        "body_html": mark_safe(MARKDOWN.render(body.value)),
        "lang": body.lang,
        "dir": body.dir,
        "is_other": body.is_other,
        "language_name": body.language_name,
    }
    return render(request, "portal/page.html", context)
