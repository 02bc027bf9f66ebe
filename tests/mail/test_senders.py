"""Messages as a real mail server receives them."""

from collections.abc import Iterator

import pytest

from supplier_qc.config import MailSettings
from supplier_qc.mail.senders import (
    MailNotTaken,
    OutgoingMessage,
    RecordingSender,
    Sender,
    SmtpSender,
    sender_for,
)
from tests.conftest import NOW
from tests.smtp_server import Inbox, smtp_server

MESSAGE = OutgoingMessage(
    key="qualification/7/2026-12-24/30/1",
    to="ana@example.invalid",
    subject="Requalification is due on 2026-12-24: lysat plaquettaire, µ-Café",
    body="Ana,\n\nLysat plaquettaire – 30 µL.\n",
    made_at=NOW,
)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def port(inbox: Inbox) -> Iterator[int]:
    """A real SMTP server on a free port."""
    with smtp_server(inbox) as found:
        yield found


def smtp(port: int) -> SmtpSender:
    return SmtpSender(MailSettings("127.0.0.1", port, None, None, False, "qc@example.invalid"))


def test_a_server_receives_the_text_as_it_stands_in_the_outbox(port: int, inbox: Inbox) -> None:
    smtp(port).send(MESSAGE)
    (email,) = inbox.taken
    assert email["Subject"] == MESSAGE.subject
    assert email.get_content().replace("\r\n", "\n") == MESSAGE.body
    assert email["Date"] == "Tue, 24 Nov 2026 09:30:00 +0000"
    assert inbox.envelopes == [("qc@example.invalid", ["ana@example.invalid"])]


def test_the_same_message_sent_twice_carries_the_same_id(port: int, inbox: Inbox) -> None:
    smtp(port).send(MESSAGE)
    smtp(port).send(MESSAGE)
    first, second = inbox.taken
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"] == "<qualification/7/2026-12-24/30/1@supplier-qc>"


@pytest.mark.parametrize("answer", ["450 mailbox busy", "550 no such user", "hang up"])
def test_what_the_server_does_not_take_is_said(port: int, inbox: Inbox, answer: str) -> None:
    inbox.answer = answer
    with pytest.raises(MailNotTaken):
        smtp(port).send(MESSAGE)
    assert inbox.taken == []


def test_a_server_that_is_not_there_is_said() -> None:
    with smtp_server(Inbox()) as nobody:
        pass
    with pytest.raises(MailNotTaken, match="ConnectionRefused"):
        smtp(nobody).send(MESSAGE)


@pytest.mark.parametrize("subject", ["two\nlines", "a\r\nBcc: everybody@example.invalid"])
def test_a_subject_that_no_header_can_carry_is_refused_and_not_cut(
    port: int, inbox: Inbox, subject: str
) -> None:
    message = OutgoingMessage("k", "ana@example.invalid", subject, "body", NOW)
    with pytest.raises(MailNotTaken):
        smtp(port).send(message)
    assert inbox.taken == []


def test_the_recording_twin_refuses_and_takes_like_the_real_one() -> None:
    sender = RecordingSender(refusal="450 busy")
    with pytest.raises(MailNotTaken, match="450 busy"):
        sender.send(MESSAGE)
    sender.refusal = None
    sender.send(MESSAGE)
    assert sender.sent == [MESSAGE]


def test_without_a_host_there_is_no_sender() -> None:
    settings = MailSettings(None, 25, None, None, False, "qc@example.invalid")
    assert sender_for(settings) is None


def test_with_a_host_there_is_one(port: int) -> None:
    sender: Sender | None = sender_for(smtp(port).settings)
    assert isinstance(sender, SmtpSender)
