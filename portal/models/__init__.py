from .audit import AuditEvent
from .content import Page
from .feedback import Feedback
from .mail import DigestItem, SentOnce
from .reference import Language, Municipality, Region

__all__ = ["AuditEvent", "DigestItem", "Feedback", "Language", "Municipality", "Page", "Region", "SentOnce"]
