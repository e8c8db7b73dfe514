from .audit import AuditEvent
from .content import Page
from .reference import Language, Municipality, Region

__all__ = ["AuditEvent", "Language", "Municipality", "Page", "Region"]
