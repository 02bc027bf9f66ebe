"""The job that reads waiting certificates, one at a time, until the queue is empty."""

import logging
from datetime import datetime, timedelta
from functools import partial

from supplier_qc.jobs import clock
from supplier_qc.services.file_reading import read_stored_file
from supplier_qc.services.installation import Installation
from supplier_qc.services.reading_queue import ReadingClaim, claim_next, note_page, record_reading

logger = logging.getLogger(__name__)

_MARGIN = timedelta(minutes=1)
"""Between the reader's own time limit and the moment at which another one takes over (C)."""


def read_waiting_certificates(installation: Installation, now: datetime) -> str | None:
    """Read what waits; says how much in words, or None when nothing waited."""
    lease = timedelta(seconds=installation.settings.reader.wall_seconds) + _MARGIN
    finished = 0
    while (claim := claim_next(installation.sessions, now, lease=lease)) is not None:
        page_noted = partial(_note_page, installation, claim, lease)
        reading = read_stored_file(installation, claim.sha256, on_page=page_noted)
        now = clock.now()
        if record_reading(installation.sessions, claim, reading, now=now):
            finished += 1
        else:
            logger.warning("Certificate %d was taken over meanwhile", claim.certificate_id)
    if not finished:
        return None
    return "1 certificate read" if finished == 1 else f"{finished} certificates read"


def _note_page(
    installation: Installation, claim: ReadingClaim, lease: timedelta, page: int, pages: int
) -> None:
    note_page(installation.sessions, claim, page, pages, now=clock.now(), lease=lease)
