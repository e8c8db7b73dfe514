"""Which mails one gets: under one's account, and by the link at the foot of a mail, without signing in."""

from contextlib import suppress
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from organizations import actions
from organizations.mail_form import MailForm
from organizations.models import User
from portal.answering import invalid
from portal.mail.kinds import DIGEST, KINDS, stopped_by
from portal.mail.unsubscribing import Unsubscription, unsubscription_with
from portal.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def account_mail(request: HttpRequest) -> HttpResponse:
    """Ticks for what one can do without, and whether it comes once a day."""
    person = cast(User, request.user)
    form = MailForm(request.POST or None, user=person)
    if request.method == "POST" and form.is_valid():
        actions.change_mail(by=person, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("account_mail")
    response = render(request, "organizations/account_mail.html", {"form": form})
    return invalid(response) if request.method == "POST" else response


def _page(request: HttpRequest, unsubscription: Unsubscription) -> HttpResponse:
    """What the link stops, or has stopped. It shows nothing else of the account."""
    user = User.objects.filter(pk=unsubscription.person, is_active=True).first()
    context = {
        "kind": KINDS[unsubscription.kind],
        "is_all": unsubscription.kind == DIGEST,
        "is_stopped": user is None or stopped_by(unsubscription.kind) <= set(user.unwanted_mail),
    }
    return render(request, "organizations/mail_unsubscribe.html", context)


# The key is the proof: a mail program that presses the button (RFC 8058) has no cookie and no token, and a form of
# another site cannot know it.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_unsubscribe(request: HttpRequest, key: str) -> HttpResponse:
    """What is to be stopped, and the button. Programs that open every link in a mail change nothing."""
    unsubscription = unsubscription_with(key)
    if unsubscription is None:
        return render(request, "organizations/mail_unsubscribe.html", {"kind": None}, status=404)
    if request.method != "POST":
        return _page(request, unsubscription)
    with suppress(Refused):  # the page that follows says how it stands
        actions.stop_mail(unsubscription)
    # A mail program is not led on: many do not follow, and it reads the answer as a failure.
    is_one_click = request.POST.get("List-Unsubscribe") == "One-Click"
    return _page(request, unsubscription) if is_one_click else redirect("mail_unsubscribe", key)
