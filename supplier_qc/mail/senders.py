"""Senders behind one protocol: SMTP for the world, a recording twin for tests."""

import re
import smtplib
import ssl
from dataclasses import dataclass, field
from datetime import datetime
from email.header import Header
from email.mime.text import MIMEText
from email.utils import format_datetime
from typing import Protocol

from supplier_qc.config import MailSettings

TIMEOUT_SECONDS = 20


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """`key` becomes the Message-ID, so that a message sent twice is seen as one."""

    key: str
    to: str
    subject: str
    body: str
    made_at: datetime


class MailNotTaken(Exception):
    """The mail server refused the message or could not be reached."""


class Sender(Protocol):
    def send(self, message: OutgoingMessage) -> None:
        """Hand the message over, or raise MailNotTaken."""


@dataclass(frozen=True, slots=True)
class SmtpSender:
    settings: MailSettings

    def send(self, message: OutgoingMessage) -> None:
        try:
            self._send(message)
        except (OSError, smtplib.SMTPException, ValueError) as reason:
            # ValueError: an address or subject that no header can carry.
            raise MailNotTaken(f"{type(reason).__name__}: {reason}") from reason

    def _send(self, message: OutgoingMessage) -> None:
        host = self.settings.host or "localhost"
        with smtplib.SMTP(host, self.settings.port, timeout=TIMEOUT_SECONDS) as server:
            if self.settings.starttls:
                server.starttls(context=ssl.create_default_context())
            if self.settings.username:
                server.login(self.settings.username, self.settings.password or "")
            server.send_message(as_email(message, sender=self.settings.sender))


@dataclass(slots=True)
class RecordingSender:
    """Keeps what it was given; refuses while `refusal` is set."""

    sent: list[OutgoingMessage] = field(default_factory=list)
    refusal: str | None = None

    def send(self, message: OutgoingMessage) -> None:
        if self.refusal is not None:
            raise MailNotTaken(self.refusal)
        self.sent.append(message)


def sender_for(settings: MailSettings) -> Sender | None:
    return SmtpSender(settings) if settings.host else None


def as_email(message: OutgoingMessage, *, sender: str) -> MIMEText:
    """The message with its headers; raises ValueError for one that breaks a header's line.

    Built with the older email classes: EmailMessage doubles or loses spaces when it folds a
    subject that is not plain ASCII (Python 3.11.7).
    """
    if len(message.subject.splitlines()) > 1 or len(message.to.splitlines()) > 1:
        raise ValueError("The subject or the address has more than one line.")
    email = MIMEText(message.body, "plain", "utf-8")
    email["From"] = sender
    email["To"] = message.to
    charset = "us-ascii" if message.subject.isascii() else "utf-8"
    email["Subject"] = Header(message.subject, charset, header_name="Subject").encode()
    email["Date"] = format_datetime(message.made_at)
    email["Message-ID"] = _message_id(message.key)
    return email


def _message_id(key: str) -> str:
    """The same key gives the same id, in the characters that RFC 5322 3.6.4 allows."""
    return f"<{re.sub(r'[^A-Za-z0-9/_-]', '-', key)}@supplier-qc>"
