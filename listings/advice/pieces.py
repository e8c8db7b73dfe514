"""A piece of advice: what would help readers, why, and what the writer can do. The texts are message ids."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from listings.eligibility import Place
from portal.languages import language_name

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Message:
    """What is said.

    `is_missing`: it asks for what is not written yet, so that it is not said while one types. `is_measured`: the
    plain-language meter says it too, where it is shown.
    """

    what: "StrPromise"
    why: "StrPromise"
    what_to_do: "StrPromise"
    is_missing: bool = False
    is_measured: bool = False


# The most useful first: where there is much to say at one step, only the first few are said.
MESSAGES: dict[str, Message] = {
    "no-starting-time": Message(
        _("You have not written at what time it starts."),
        _("Without a time people cannot plan to come."),
        _("Write when it starts and ends. If the times differ, tell them in the description."),
        is_missing=True,
    ),
    "no-place": Message(
        _("You have not written the place."),
        _("The name of the municipality alone does not lead anybody to the door."),
        _("Write the name of the place or its street address."),
        is_missing=True,
    ),
    "no-way-online": Message(
        _("You have not told how to join online."),
        _("People can just come, but they do not know where to find the link."),
        _("Give a web address at the contact details, or tell in the description how one gets the link."),
        is_missing=True,
    ),
    "no-ending-time": Message(
        _("You have not written when it ends."),
        _("People plan their way home, their work and their children’s day."),
        _("Write the time when it ends."),
        is_missing=True,
    ),
    "fee-without-content": Message(
        _("You have not told what the fee covers."),
        _("People want to know what they get, and whether more costs follow."),
        _("Tell in the description what the fee covers: how many times, food, tickets or materials."),
        is_missing=True,
    ),
    "private-address": Message(
        _("This looks like somebody’s own e-mail address."),
        _("People trust an organization’s address more. Your own address is public here, also when you are away."),
        _("If you can, give an address of the organization."),
    ),
    "no-one-to-ask": Message(
        _("You have not told who answers."),
        _("It is easier to write or call when one knows to whom."),
        _("Write a name or a role, for example: Group leader."),
        is_missing=True,
    ),
    "no-text-in-language": Message(
        _("People can use these languages there, but you have no text in them: %(languages)s."),
        _("People search in their own language."),
        _("Write at least the title and one sentence in the language, at “What happens there?”."),
        is_missing=True,
    ),
    "capitals": Message(
        _("The text has words in capital letters."),
        _("Capital letters are slow to read, and they look like shouting."),
        _("Write them in small letters."),
    ),
    "long-sentence": Message(
        _("The text has a very long sentence."),
        _("Who is learning the language loses the thread."),
        _("Make two or three sentences of it."),
        is_measured=True,
    ),
    "abbreviation": Message(
        _("The text has abbreviations."),
        _("People who are new here do not know them, and translation programs get them wrong."),
        _("Write the words in full, or explain them once."),
    ),
    "long-word": Message(
        _("The text has very long words."),
        _("A long word is hard to read and hard to look up."),
        _("Say the same with shorter words."),
        is_measured=True,
    ),
    "exclamations": Message(
        _("The text has many exclamation marks."),
        _("They make a text restless, and it looks like an advertisement."),
        _("A full stop is enough."),
    ),
}


@dataclass(frozen=True)
class Advice:
    """A piece of advice at an answer. `places` are exact words in the texts, `languages` those that it names."""

    code: str
    field: str
    places: tuple[Place, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def language(self) -> str:
        """The language of the first text that it is about, if it is about texts."""
        return (self.places[0].language or "") if self.places else ""

    @property
    def words(self) -> tuple[str, ...]:
        """All the words that it is about, each once."""
        return tuple(dict.fromkeys(word for place in self.places for word in place.words))

    @property
    def what(self) -> str:
        reader = get_language() or "en"
        names = ", ".join(language_name(code, reader) for code in self.languages)
        return str(MESSAGES[self.code].what) % {"languages": names}

    @property
    def why(self) -> str:
        return str(MESSAGES[self.code].why)

    @property
    def what_to_do(self) -> str:
        return str(MESSAGES[self.code].what_to_do)

    @property
    def is_missing(self) -> bool:
        return MESSAGES[self.code].is_missing

    @property
    def is_measured(self) -> bool:
        return MESSAGES[self.code].is_measured
