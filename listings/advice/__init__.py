"""Advises how a listing would serve readers better. Nothing is broken: only the organization sees it.

Pure functions from the answers, in the shape of `listings.answers.read_answers`, to pieces of advice. It stands beside
eligibility and not in it, so that no verdict, no decision and no moderator's page can hold any.
"""

from .advising import advice_of
from .pieces import MESSAGES, Advice

__all__ = ["MESSAGES", "Advice", "advice_of"]
