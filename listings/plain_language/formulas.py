"""Published formulas of readability, each with its source, for the language that it was made or tested for."""

import re

# What a Finnish syllable is built around: a long vowel, a diphthong or a vowel.
SYLLABLE = re.compile("[aeou]i|[yäö]i|[aeio]u|[eiä]y|öy|ie|uo|yö|aa|ee|ii|oo|uu|yy|ää|öö|[aeiouyäöå]")
LONG_IN_LIX = 7
LONG_IN_WIIO = 4


def lix(words_per_sentence: float, share_of_long_words: float) -> float:
    """Björnsson's läsbarhetsindex, for Swedish and English; long words have more than six letters.

    C. H. Björnsson, Läsbarhet (Liber, 1968): words per sentence and the percentage of long words, added. Under 30 is
    very easy, 40 is fiction, 50 is factual prose, over 60 is the language of officials. J. Anderson, "Lix and Rix",
    Journal of Reading 26 (1983), found that it orders English texts as well.
    """
    return words_per_sentence + 100 * share_of_long_words


def wiio(share_of_long_words: float) -> float:
    """Wiio's simple index, for Finnish: a school grade; long words have four syllables or more.

    O. A. Wiio, Readability, Comprehension and Readership (University of Tampere, 1968). Finnish words are long by
    nature and sentences have few of them, so that formulas made for other languages find every text hard.
    """
    return 2.7 + 0.3 * 100 * share_of_long_words


def is_long_for_lix(word: str) -> bool:
    """Tell whether a word has more than six letters."""
    return len(word) >= LONG_IN_LIX


def is_long_for_wiio(word: str) -> bool:
    """Tell whether a Finnish word in small letters has four syllables or more."""
    return len(word) > LONG_IN_WIIO and finnish_syllables(word) >= LONG_IN_WIIO


def finnish_syllables(word: str) -> int:
    """Count the syllables of a Finnish word in small letters."""
    return len(SYLLABLE.findall(word))
