"""The operator's side: content pages are edited here; facts, traces and mails are only looked at."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationAdmin
from post_office.models import Attachment, Email, EmailTemplate, Log

from portal import freshness
from portal.audit import record
from portal.mail.outbox import send_again
from portal.models import AuditEvent, AuditSeal, Language, Municipality, Page, Region
from portal.refusals import AlreadyDecided


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that only actions or commands write."""

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


# What packages register by themselves is either shown below, only to be read, or not at all: groups are not used,
# sessions and second factors are their owner's, and a mail's text may hold a link or a code that signs somebody in.
for model in (Group, EmailAddress, Authenticator, UserSession, Email, Log, EmailTemplate, Attachment):
    admin.site.unregister(model)


@admin.register(Page)
class PageAdmin(TranslationAdmin):
    list_display = ("slug", "title", "changed_at")

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        freshness.raise_version()
        record("changed" if change else "added", obj, by=request.user, slug=obj.slug, fields=form.changed_data)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False  # the foot of every page links to them


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    list_display = ("at", "actor_label", "verb", "noun", "noun_id", "organization_id")
    list_filter = ("verb", "noun")
    search_fields = ("actor_label", "noun_id")
    date_hierarchy = "at"


@admin.register(AuditSeal)
class AuditSealAdmin(ReadOnlyAdmin):
    list_display = ("number", "at", "event_id", "hash")
    search_fields = ("number", "event_id", "hash")


@admin.register(Language)
class LanguageAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "autonym")
    search_fields = ("code", "name_fi", "name_sv", "name_en", "autonym")


@admin.register(Municipality)
class MunicipalityAdmin(ReadOnlyAdmin):
    list_display = ("code", "name_fi", "name_sv", "region")
    list_filter = ("region",)
    search_fields = ("code", "name_fi", "name_sv")


@admin.register(Region)
class RegionAdmin(ReadOnlyAdmin):
    list_display = ("code", "name_fi", "name_sv")


@admin.register(EmailAddress)
class EmailAddressAdmin(ReadOnlyAdmin):
    list_display = ("email", "user", "verified", "primary")
    list_filter = ("verified", "primary")
    search_fields = ("email", "user__name")
    list_select_related = ("user",)


class LogInline(admin.TabularInline):
    model = Log
    extra = 0
    can_delete = False
    fields = readonly_fields = ("date", "status", "exception_type", "message")

    def has_add_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Email)
class MailAdmin(ReadOnlyAdmin):
    """Whether a mail went out, and why not. Its text is not shown."""

    list_display = ("created", "recipients", "subject", "status", "number_of_retries")
    list_filter = ("status",)
    search_fields = ("to", "subject")
    date_hierarchy = "created"
    fields = ("created", "last_updated", "from_email", "recipients", "subject", "status", "number_of_retries")
    inlines = (LogInline,)
    actions = ("send_again",)
    change_form_template = "admin/change_form.html"  # not the package's, which has a button to send at once

    @admin.display(description=_("To"), ordering="to")
    def recipients(self, mail: Email) -> str:
        return ", ".join(mail.to)

    @admin.action(description=_("Send again what could not be sent"), permissions=["view"])
    def send_again(self, request: HttpRequest, mails: QuerySet[Email]) -> None:
        try:
            count = send_again(mails.values_list("pk", flat=True), by=request.user)
        except AlreadyDecided as refusal:
            messages.warning(request, str(refusal.message))
            return
        words = ngettext("%(count)s mail is sent again.", "%(count)s mails are sent again.", count) % {"count": count}
        messages.success(request, words)
