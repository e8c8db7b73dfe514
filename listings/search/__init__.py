"""Search over public listings: `search()` finds, `refresh_listing()` keeps the index true."""

from .query import NEWEST, ORDERS, RELEVANCE, SOONEST, Day, Result, search

__all__ = ["NEWEST", "ORDERS", "RELEVANCE", "SOONEST", "Day", "Result", "search"]
