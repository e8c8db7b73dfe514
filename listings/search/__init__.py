"""Search over public listings: words go in when a listing is published and are looked for when a reader asks."""

from .query import matching

__all__ = ["matching"]
