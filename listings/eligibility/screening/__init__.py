"""Reads a listing's texts the way a careful person would: pure functions from texts to places.

`words` cuts a text into sentences of words, `lexicon` gives each word its meanings, `negation` tells which
words are denied, `frames` finds patterns of meanings, `pattern_files` reads the patterns, `screener` puts
them together. `prices` and `occasions` read what no pattern of words can: sums of money and dates.
"""
