"""Every mail in every language as an example: for operators, and for those who write and translate."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from moderation.mail_samples import sample
from portal.languages import full_languages
from portal.mail.kinds import KINDS
from portal.mail.writing import Written
from portal.operators import operators_only
from portal.security_headers import SELF, policy


def _sample(name: str, language: str) -> Written:
    if name not in KINDS or language not in dict(full_languages()):
        raise Http404
    return sample(name, language)


@operators_only
@require_safe
def operator_mails(request: HttpRequest) -> HttpResponse:
    context = {"kinds": list(KINDS.values()), "mail_languages": full_languages()}
    return render(request, "moderation/operator_mails.html", context)


@operators_only
@require_safe
def operator_mail_sample(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """Subject, HTML in a frame of its own, and text."""
    context = {
        "mail": _sample(name, language),
        "kind": KINDS[name],
        "language": language,
        "mail_languages": full_languages(),
        "is_bidi": language in settings.LANGUAGES_BIDI,
    }
    response = render(request, "moderation/operator_mail_sample.html", context)
    response.headers["Content-Security-Policy"] = policy(frame_src=SELF)
    return response


@operators_only
@require_safe
@xframe_options_sameorigin
def operator_mail_html(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """The HTML of a mail by itself, as a mail program shows it: nothing is loaded and nothing runs."""
    response = HttpResponse(_sample(name, language).html)
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups"
    )
    return response
