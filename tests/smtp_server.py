"""A real SMTP server on a free port, for the length of a with block."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


@dataclass(slots=True)
class Inbox:
    """What the server took; `answer` is what it says to the next message."""

    answer: str = "250 taken"
    taken: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 -- the server's own name
        if self.answer == "hang up":
            server.transport.close()
        elif self.answer.startswith("250"):
            self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
            self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer


class _OnFreePort(Controller):
    """aiosmtpd's own server; it looks for itself on the port the system chose."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def smtp_server(inbox: Inbox) -> Iterator[int]:
    """The port it listens on."""
    server = _OnFreePort(inbox, hostname="127.0.0.1", port=0)
    server.start()
    try:
        yield server.port
    finally:
        server.stop()
