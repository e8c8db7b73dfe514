"""Decisions, and what moderators need to make them."""

from .decision import Decision
from .duty import Duty
from .hold import Hold
from .note import InternalNote
from .recheck import Recheck
from .view import SavedView

__all__ = ["Decision", "Duty", "Hold", "InternalNote", "Recheck", "SavedView"]
