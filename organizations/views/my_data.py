"""One's own data as a file, and the end of one's account."""

import json
from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organizations import actions
from organizations.accounts.proof import ErasureForm, ProofForm
from organizations.actions.erasing import organizations_left_alone
from organizations.models import User
from organizations.privacy.my_data import counts_of, data_of
from portal.answering import invalid
from portal.personal_data import all_held
from portal.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def account_data(request: HttpRequest) -> HttpResponse:
    """What there is, and all of it as one file."""
    person = cast(User, request.user)
    form = ProofForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and form.is_valid():
        text = json.dumps(data_of(person), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
        return HttpResponse(text, content_type="application/json", headers=headers)
    context = {"form": form, "counts": [(held, count) for held, count in counts_of(person) if count]}
    page = render(request, "organizations/account_data.html", context)
    return invalid(page) if request.method == "POST" else page


@require_http_methods(["GET", "HEAD", "POST"])
def account_delete(request: HttpRequest) -> HttpResponse:
    """What goes and what stays, said before; then the end."""
    person = cast(User, request.user)
    form = ErasureForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and form.is_valid():
        try:
            actions.erase_account(person, by=person)
        except Refused as refusal:
            messages.warning(request, str(refusal.message))
            return redirect("account_delete")
        logout(request)
        messages.success(request, _("Your account is deleted. We sent a last mail to your address."))
        return redirect("start")
    hand_over, left_alone = organizations_left_alone(person)
    context = {"form": form, "hand_over": hand_over, "left_alone": left_alone, "held": all_held()}
    page = render(request, "organizations/account_delete.html", context)
    return invalid(page) if request.method == "POST" else page
