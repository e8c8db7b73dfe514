"""What allauth does our way: mails in the person's language, their preferred language from the first page on."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.utils.translation import get_language, override


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request, user, form, commit=True):
        """A new account prefers the language in which it was made."""
        user.preferred_language = get_language() or user.preferred_language
        user.name = form.cleaned_data.get("name", "")
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix, email, context):
        """Mails of an account go in its language, whatever the page's."""
        user = context.get("user")
        with override(getattr(user, "mail_language", None) or get_language()):
            names = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
            super().send_mail(template_prefix, email, {**names, **context})
