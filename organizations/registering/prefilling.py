"""Fills in a registration with what the open register knows of a Business ID. What was typed stays."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organizations.forms import NAME_LANGUAGES, RegistrationForm
from organizations.registering import numbers, register


def prefilled(typed: Mapping[str, str]) -> tuple[dict[str, Any], str]:
    """The first values of the form, and what to tell the person about them."""
    values: dict[str, Any] = {name: typed[name] for name in RegistrationForm.base_fields if typed.get(name)}
    try:
        number = numbers.business_id(typed.get("business_id", "")[:50])
    except ValidationError as error:
        return values, error.messages[0]
    if not number:
        return values, _("Write the Business ID first.")
    entry = register.look_up(number)
    if entry is None:
        return values, _("The register does not answer now. Fill in the name and kind yourself.")
    if not entry.name:
        return values, _("The register does not know this Business ID. Check each digit.")
    values["business_id"] = number
    if not any(values.get(f"name_{code}") for code in NAME_LANGUAGES):
        values["name_fi"] = entry.name[:200]
    if entry.kind:
        values.setdefault("kind", entry.kind)
    if entry.has_ended:
        return values, _("The register says: %(name)s. It has ended there. Check the number.") % {"name": entry.name}
    return values, _("The register says: %(name)s. Check the name and kind.") % {"name": entry.name}
