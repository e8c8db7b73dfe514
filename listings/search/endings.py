"""Stems where Snowball has none, or none that knows our way of writing: endings are cut off, the longest first.

Light stemming (Savoy 2006): the same ending is cut from the words of texts, of synonyms and of queries, so it need not
be right, only always the same. What is left keeps enough letters to be told from others.
"""

SHORTEST_STEM = 4

ENDINGS = {
    "uk": (
        "уваннями", "уванням", "ування", "ованою", "ована", "ання", "анням", "ення", "енням", "ться", "тися",
        "ськими", "ського", "ському", "ською", "ський", "ська", "ське", "ські", "ських", "ським",
        "ними", "ного", "ному", "ною", "ний", "ними", "ами", "ями", "ого", "ому", "ими", "іми", "ові", "еві", "єві",
        "ах", "ях", "ій", "ою", "ею", "єю", "ів", "їв", "ам", "ям", "ом", "ем", "єм", "им", "их", "ої", "ий", "ти",
        "ка", "ки", "ку", "ці", "на", "не", "ні", "ну",
        "а", "я", "у", "ю", "о", "е", "є", "і", "ї", "и", "ь", "й",
    ),
    # After folding: ی is written ي and ک is written ك.
    "fa": (
        "هايشان", "هايي", "هاي", "هام", "هات", "هاش", "ترين", "مان", "تان", "شان", "ها", "تر", "ان", "ات", "ام",
        "اي", "يي", "ي",
    ),
    "so": (
        "yaashooda", "yaasha", "yaashii", "yinka", "yadii", "yada", "yaal", "aanka", "inka", "anka", "nka", "kii",
        "tii", "dii", "gii", "kooda", "tooda", "kayga", "tayda", "ka", "ga", "ha", "ta", "da", "sha", "yo", "yin", "o",
    ),
}  # fmt: skip
_LONGEST_FIRST = {language: sorted(set(endings), key=len, reverse=True) for language, endings in ENDINGS.items()}


def light_stem(word: str, language: str) -> str:
    """The folded word without its longest known ending; the word itself in other languages."""
    for ending in _LONGEST_FIRST.get(language, ()):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word
