"""Operators erase the account of somebody who asked for it and cannot sign in, after a page that says what goes."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from organizations.actions.erasing import erase_account
from organizations.models import User
from portal.personal_data import all_held
from portal.refusals import Refused


@admin.action(description=_("Erase the accounts for good"), permissions=["change"])
def erase_accounts(
    modeladmin: admin.ModelAdmin, request: HttpRequest, users: QuerySet[User]
) -> TemplateResponse | None:
    """The first time a question, the second time the end of the accounts."""
    if request.POST.get("is_sure") != "yes":
        context = {
            **modeladmin.admin_site.each_context(request),
            "title": _("Erase the accounts for good"),
            "users": users,
            "held": all_held(),
            "checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/organizations/user/erase_accounts.html", context)
    for user in users:
        address = user.email
        try:
            erase_account(user, by=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            messages.error(request, f"{address}: {refusal.message}")
        else:
            messages.success(request, _("The account %(address)s is erased.") % {"address": address})
    return None
