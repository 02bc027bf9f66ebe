"""The outbox job against a real mail server that breaks and comes back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from supplier_qc.config import MailSettings, Settings
from supplier_qc.jobs.due_notices import make_due_notices
from supplier_qc.jobs.outbox import send_outbox
from supplier_qc.services.installation import Installation, open_installation
from tests.conftest import NOW, TODAY
from tests.factories import make_evidence
from tests.smtp_server import Inbox, smtp_server


@pytest.fixture
def notice(installation: Installation) -> None:
    """One paper that expires soon, announced to Ana and Ben."""
    make_evidence(
        installation.sessions, installation.documents, expires_on=TODAY + timedelta(days=20)
    )
    make_due_notices(installation, NOW)


def with_mail_server(settings: Settings, port: int) -> Installation:
    mail = MailSettings("127.0.0.1", port, None, None, False, "qc@example.invalid")
    return open_installation(replace(settings, mail=mail))


@pytest.mark.usefixtures("notice")
def test_a_server_that_breaks_off_in_the_middle_gets_the_message_again(settings: Settings) -> None:
    inbox = Inbox(answer="hang up")
    with smtp_server(inbox) as port:
        product = with_mail_server(settings, port)
        assert send_outbox(product, NOW) == "0 sent, 2 not taken by the mail server"
        inbox.answer = "250 taken"
        assert send_outbox(product, NOW + timedelta(minutes=1)) is None
        later = NOW + timedelta(minutes=6)
        assert send_outbox(product, later) == "2 sent, 0 not taken by the mail server"
        assert send_outbox(product, later + timedelta(days=1)) is None
        product.engine.dispose()
    assert sorted(email["To"] for email in inbox.taken) == [
        "ana@example.invalid",
        "ben@example.invalid",
    ]
    assert len({email["Message-ID"] for email in inbox.taken}) == 2


@pytest.mark.usefixtures("notice")
def test_a_server_that_is_away_for_a_night_loses_no_message(settings: Settings) -> None:
    inbox = Inbox()
    with smtp_server(inbox) as port:
        pass
    product = with_mail_server(settings, port)
    for minute in range(0, 8 * 60, 5):
        send_outbox(product, NOW + timedelta(minutes=minute))
    product.engine.dispose()
    with smtp_server(inbox) as port:
        product = with_mail_server(settings, port)
        send_outbox(product, NOW + timedelta(hours=20))
        product.engine.dispose()
    assert len(inbox.taken) == 2


@pytest.mark.usefixtures("notice")
def test_without_a_mail_server_the_job_keeps_the_messages(settings: Settings) -> None:
    product = open_installation(settings)
    assert send_outbox(product, NOW) == "2 kept in the product; no mail server is set"
    product.engine.dispose()
