"""Business IDs and association register numbers: their form, in one way of writing."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fi import associationid, ytunnus


def business_id(text: str) -> str:
    """`1234567-8` for a Business ID in any usual writing, old six-digit ones included; `ValidationError` else."""
    compact = text.strip().upper().removeprefix("FI").replace(" ", "").replace("-", "")
    if not compact:
        return ""
    # Numbers of six digits and a check digit are old ones; the form of today has a zero before them.
    try:
        valid = ytunnus.validate(compact.zfill(8) if len(compact) == 7 else compact)
    except NumberError as error:
        raise ValidationError(_("This is not a Business ID. It looks like 1234567-8. Check each digit.")) from error
    return f"{valid[:7]}-{valid[7]}"


def association_number(text: str) -> str:
    """`123.456` for an association register number in any usual writing; `ValidationError` else."""
    if not text.strip():
        return ""
    try:
        valid = associationid.validate(text.strip())
    except NumberError as error:
        raise ValidationError(
            _("This is not an association register number. It has up to six digits, as in 123.456.")
        ) from error
    return associationid.format(valid)
