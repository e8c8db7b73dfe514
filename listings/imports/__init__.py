"""Bulk import of listings in the data shape of the rules, through the same actions as the form."""

from .importing import Importer, Line
from .reading import Record, read_record

__all__ = ["Importer", "Line", "Record", "read_record"]
