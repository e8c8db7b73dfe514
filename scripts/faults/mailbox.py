"""A mail server on loopback that keeps what it takes, and that can refuse or be away."""

import threading
import time
from contextlib import suppress
from email import message_from_bytes

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from scripts.production.machine import free_ports

TRY_LATER = "451 4.3.2 Try again later"


class Mailbox:
    """`received` has, for each mail in the order in which they came: when, its Message-ID, to whom."""

    def __init__(self) -> None:
        self.received: list[tuple[float, str, str]] = []
        self.refuses = False
        self.refused = 0
        self.port = free_ports(1)[0]
        self._lock = threading.Lock()
        self._server: Controller | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """aiosmtpd's name: a mail is there."""
        if self.refuses:
            self.refused += 1
            return TRY_LATER
        mail = message_from_bytes(envelope.content or b"")
        with self._lock:
            self.received.append((time.monotonic(), str(mail["Message-ID"]), str(mail["To"])))
        return "250 OK"

    def come(self) -> None:
        """Listen, at the same port as before."""
        self._server = Controller(self, hostname="127.0.0.1", port=self.port)
        self._server.start()

    def go(self) -> None:
        """Connections are refused from now on."""
        if self._server is not None:
            with suppress(Exception):  # it may have somebody on the line
                self._server.stop()
            self._server = None

    def longest_gap(self, began: float, ended: float) -> float:
        """For how many seconds no mail came between two moments."""
        times = [began, *(at for at, *_rest in self.received if began <= at <= ended), ended]
        return max(later - earlier for earlier, later in zip(times, times[1:], strict=False))
