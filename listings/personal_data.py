"""The personal data of listings, and of readers who report something."""

from django.utils.translation import gettext_lazy as _

from portal.personal_data.held import Held

HELD = (
    Held(
        "listings.Version",
        _("Listings that you wrote, and the contact in them"),
        ("author", "contact_name", "contact_email", "contact_phone", "contact_url", "explanations"),
        _(
            "Which account wrote the listing, and what it explained to the moderator. The contact that readers see: "
            "a name or role, an e-mail address, a phone number, a page."
        ),
        _("Readers can ask before they come. The decision reaches whoever wrote."),
        _("As long as the listing is kept. Earlier versions show what was decided."),
        _(
            "The listing stays: it belongs to the organization. Your account becomes a number that names nobody. A "
            "contact with your address is deleted. If your name stands beside another address, ask the organization "
            "to change it."
        ),
        by_person=("author",),
        by_address=("contact_email",),
        emptied=("contact_name", "contact_email", "contact_phone"),
    ),
    Held(
        "listings.BrokenLink",
        _("Links that do not work"),
        ("url", "first_seen_at", "last_seen_at"),
        _("An address in a listing that you wrote where nothing was found, and since when. It may be your own page."),
        _("The organization hears of it and can change it."),
        _("Until the address answers again, or is changed: we look every week."),
        _("Stays until then: the address is part of the listing."),
        by_person=("listing__versions__author",),
        named=("listing",),
    ),
    Held(
        "listings.Report",
        _("What readers report"),
        ("reason", "words", "reader_email", "sender", "sender_today", "closed_by", "reply"),
        _(
            "What a reader says is wrong with a listing, and an e-mail address if the reader wants an answer. Two "
            "marks that tell one network from another and name nobody; the IP address is not stored. Who answered, "
            "and what."
        ),
        _("Mistakes are mended, readers get an answer, and one person cannot pose as many."),
        _("The address until the answer is sent, everything at most %(report)s days. One mark goes after two days."),
        _("Your address is deleted. Answers that you gave stay, under a number that names nobody."),
        by_person=("closed_by",),
        by_address=("reader_email",),
        secret=("sender", "sender_today"),
        emptied=("reader_email",),
    ),
    Held(
        "listings.Remark",
        _("Messages between organizations and moderators"),
        ("author", "text"),
        _("What you wrote about a listing to the other side while it was being checked, and when."),
        _("Questions are answered before a decision, and what was agreed can be read later."),
        _("As long as the listing is kept. Only its organization and the moderators see them."),
        _("Stays, under a number that names nobody: the other side has a right to what it was told."),
        by_person=("author",),
    ),
)
