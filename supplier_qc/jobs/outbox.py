"""The job that empties the outbox."""

from datetime import datetime

from supplier_qc.services.installation import Installation
from supplier_qc.services.outbox import send_waiting_messages


def send_outbox(installation: Installation, now: datetime) -> str | None:
    return send_waiting_messages(installation.sessions, installation.sender, now=now)
