"""Measures how high the threshold of a text is: from its words and sentences alone, offline, in three languages."""

from .threshold import LANGUAGES, Fix, Threshold, threshold_of

__all__ = ["LANGUAGES", "Fix", "Threshold", "threshold_of"]
