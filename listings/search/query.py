"""Finds the listings that have all the words of a query, as whole words, as stems, or as beginnings of words."""

from django.db.models import Q, QuerySet

from listings.models import SearchRow

from .words import is_unspaced, stem, words_in

# The query is read in the reader's language and in the three in which most listings are written.
ALWAYS_READ = ("fi", "sv", "en")
MOST_WORDS = 12


def _one_word(word: str, reader: str) -> Q:
    if is_unspaced(word):
        return Q(words__contains=word)
    forms = {word} | {stem(word, language) for language in (reader, *ALWAYS_READ)}
    found = Q()
    for form in sorted(forms):
        # A short stem would begin too many words; it has to be a word of its own.
        found |= Q(words__contains=f" {form}" if len(form) > 3 or (form == word and len(word) == 3) else f" {form} ")
    return found


def matching(text: str, reader: str) -> QuerySet[SearchRow] | None:
    """The search rows that have every word of the text; None when the text has no words."""
    words = words_in(text)[:MOST_WORDS]
    if not words:
        return None
    rows = SearchRow.objects.all()
    for word in words:
        rows = rows.filter(_one_word(word, reader))
    return rows
