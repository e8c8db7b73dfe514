from .audit import AuditEvent
from .content import Page
from .mail import DigestItem, SentOnce
from .reference import Language, Municipality, Region

__all__ = ["AuditEvent", "DigestItem", "Language", "Municipality", "Page", "Region", "SentOnce"]
