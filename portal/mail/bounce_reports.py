"""Reads delivery reports (RFC 3464): what a server says by mail about a mail that it could not deliver.

Anybody can write such a mail. What stands in it is a claim; `portal/mail/bounces.py` looks whether it is about ours.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message
from email.policy import compat32

MOST_RECIPIENTS = 50
LONGEST_ANSWER = 500
_STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,253}>")


class Broken(ValueError):
    """It says that it is a delivery report, and cannot be read as one."""


@dataclass(frozen=True)
class Answer:
    """What became of the mail for one recipient. `addresses`: the one it was sent to, and where it was passed on."""

    addresses: frozenset[str]
    action: str
    status: str
    words: str

    @property
    def is_final(self) -> bool:
        return self.action == "failed" and self.status.startswith("5.")

    @property
    def line(self) -> str:
        """For the log of the mail. Begins with the status."""
        return f"{self.status} {self.words}".strip()


@dataclass(frozen=True)
class Report:
    """`message_id` is that of the mail it is about, with its angle brackets; empty when the report does not tell."""

    message_id: str
    answers: tuple[Answer, ...]


def _text(part: Message, name: str) -> str:
    """A field as one line, without what cannot be seen."""
    visible = "".join(one if one.isprintable() else " " for one in str(part.get(name, "")))
    return " ".join(visible.split())


def _value(part: Message, name: str) -> str:
    """A field of the form `type; value`."""
    kind, stroke, value = _text(part, name).partition(";")
    return (value if stroke else kind).strip()


def _blocks(part: Message) -> list[Message]:
    found = part.get_payload()
    return [one for one in found if isinstance(one, Message)] if isinstance(found, list) else []


def _answer(block: Message) -> Answer:
    status = _STATUS.match(_text(block, "Status"))
    addresses = {_value(block, name).strip("<>").lower() for name in ("Original-Recipient", "Final-Recipient")}
    return Answer(
        addresses=frozenset(addresses - {""}),
        action=_text(block, "Action").lower(),
        status=status.group(1) if status else "",
        words=_value(block, "Diagnostic-Code")[:LONGEST_ANSWER],
    )


def _original(part: Message) -> Message | None:
    """The mail that the report is about, or its head: whichever the server sends back."""
    if part.get_content_type() == "message/rfc822":
        return next(iter(_blocks(part)), None)
    if part.get_content_type() == "text/rfc822-headers":
        head = part.get_payload(decode=True)
        return (
            message_from_string(head.decode("ascii", "replace"), policy=compat32) if isinstance(head, bytes) else None
        )
    return None


def _message_id(parts: list[Message], about_the_mail: Message) -> str:
    originals = [original for part in parts if (original := _original(part)) is not None]
    told = [_text(original, "Message-ID") for original in originals]
    # Some servers send nothing back and tell the name in a field of their own.
    told.append(_text(about_the_mail, "X-Original-Message-ID"))
    found = (_MESSAGE_ID.search(one) for one in told)
    return next((one.group() for one in found if one), "")


def read_report(content: bytes) -> Report | None:
    """What a mail reports, None when it is a mail of another kind. Raises Broken."""
    mail = message_from_bytes(content, policy=compat32)
    if mail.get_content_type() != "multipart/report":
        return None
    if str(mail.get_param("report-type", "")).lower() != "delivery-status":
        return None
    parts = _blocks(mail)
    told = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    blocks = _blocks(told) if told is not None else []
    answers = [_answer(block) for block in blocks[1 : MOST_RECIPIENTS + 1]]
    answers = [answer for answer in answers if answer.addresses and answer.action]
    if not answers:
        raise Broken
    return Report(_message_id(parts, blocks[0]), tuple(answers))
