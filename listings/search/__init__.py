"""Search over public listings: `search()` finds, `refresh_listing()` keeps the index true."""

from .query import NEAREST, NEWEST, ORDERS, RELEVANCE, SOONEST, Day, Result, search

__all__ = ["NEAREST", "NEWEST", "ORDERS", "RELEVANCE", "SOONEST", "Day", "Result", "search"]
