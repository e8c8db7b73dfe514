"""People who sign in. The e-mail address is the name of the account."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.languages import full_languages


class UserManager(BaseUserManager["User"]):
    SYSTEM_EMAIL = "system@portal.invalid"

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        if not email:
            raise ValueError("A user has an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, is_moderator=True, **fields)

    def system(self) -> "User":
        """The account under which commands act. Nobody can sign in with it."""
        user, created = self.get_or_create(
            email=self.SYSTEM_EMAIL,
            defaults={"name": "Portal", "is_active": False, "is_moderator": True},
        )
        if created:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        return user

    def moderators(self) -> models.QuerySet["User"]:
        return self.filter(is_active=True, is_moderator=True)

    def operators(self) -> models.QuerySet["User"]:
        return self.filter(is_active=True, is_staff=True)


class User(AbstractBaseUser, PermissionsMixin):
    """An account. Organizations give it memberships; the operator makes it a moderator or operator (`is_staff`)."""

    class MailRhythm(models.TextChoices):
        AT_ONCE = "at_once", _("Each by itself, at once")
        DAILY = "daily", _("Together, once a day")

    email = models.EmailField(_("E-mail address"), unique=True)
    name = models.CharField(_("Your name"), max_length=120, blank=True)
    preferred_language = models.CharField(_("Language of your mails"), max_length=10, default="fi")
    # The kinds of mail that the person does not want (`portal.mail.kinds`), and when they want the others.
    unwanted_mail = models.JSONField(default=list, blank=True)
    mail_rhythm = models.CharField(
        _("When your mails come"), max_length=8, choices=MailRhythm.choices, default=MailRhythm.AT_ONCE
    )
    is_moderator = models.BooleanField(_("Moderator"), default=False)
    is_staff = models.BooleanField(_("Operator"), default=False)
    is_active = models.BooleanField(_("Active"), default=True)  # type: ignore[misc, assignment]
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    # How often the person has been told that the account will be closed, and when last.
    silence_warnings = models.PositiveSmallIntegerField(default=0, editable=False)
    warned_at = models.DateTimeField(null=True, editable=False)
    erased_at = models.DateTimeField(null=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique_in_any_case"),
        ]

    def __str__(self) -> str:
        if self.erased_at is not None:
            return _("Former user %(number)s") % {"number": self.pk}
        return self.name or self.email

    @property
    def erased_name(self) -> str:
        """What stands in the logs for the name of an account that is erased: the same in every language."""
        return f"erased-{self.pk}"

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @property
    def mail_language(self) -> str:
        """The language of mails to this person: their choice while the interface has it, else the first language."""
        codes = dict(full_languages())
        return self.preferred_language if self.preferred_language in codes else settings.LANGUAGE_CODE
