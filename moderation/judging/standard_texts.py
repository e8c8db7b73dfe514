"""The rules' own words, in the author's language, as a beginning for what a moderator writes."""

from collections.abc import Iterable

from django.utils.translation import override

from listings.eligibility import RULES


def standard_text(code: str, language: str) -> str:
    """What a rule means and what to do, in a language."""
    with override(language):
        rule = RULES[code]
        return f"{rule.title}\n{rule.meaning} {rule.what_to_do}"


def with_standard_texts(message: str, reasons: Iterable[str], language: str) -> str:
    """The message with the words of each reason after it, but for those that it has already. What is typed stays."""
    # A browser sends lines with both signs.
    paragraphs = [message.replace("\r\n", "\n").rstrip()]
    for text in (standard_text(code, language) for code in reasons):
        if text not in paragraphs[0]:
            paragraphs.append(text)
    return "\n\n".join(filter(None, paragraphs))
