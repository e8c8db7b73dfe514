from .audit import AuditEvent, AuditSeal
from .content import Page
from .feedback import Feedback
from .mail import DigestItem, SentOnce
from .reference import Language, Municipality, Region
from .runs import TaskRun

__all__ = [
    "AuditEvent",
    "AuditSeal",
    "DigestItem",
    "Feedback",
    "Language",
    "Municipality",
    "Page",
    "Region",
    "SentOnce",
    "TaskRun",
]
