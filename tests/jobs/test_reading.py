"""The reading job: real files, real child processes, and a reader that is killed half way."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from supplier_qc.config import ROOT
from supplier_qc.domain.certificates import CertificateState
from supplier_qc.extraction.ocr_reading import SECONDS
from supplier_qc.extraction.reading import PAGE_SECONDS
from supplier_qc.extraction.reading_process import ReadingLimits
from supplier_qc.jobs.reading import read_waiting_certificates
from supplier_qc.jobs.schedule import JOBS
from supplier_qc.services.installation import Installation
from supplier_qc.services.reading_queue import LEASE
from tests.certificate_pdfs import certificate_pdf, scanned_pdf
from tests.conftest import NOW
from tests.lot_factories import get_certificate, make_upload

_CLAIM_AND_HANG = """
import sys, time
from datetime import datetime
from supplier_qc.persistence.engine import make_engine
from supplier_qc.persistence.sessions import make_sessions
from supplier_qc.services.reading_queue import claim_next, note_page

sessions, now = make_sessions(make_engine(sys.argv[1])), datetime.fromisoformat(sys.argv[2])
claimed = claim_next(sessions, now)
assert note_page(sessions, claimed, 2, 3, now=now)
print(claimed.certificate_id, flush=True)
time.sleep(600)
"""


def test_the_job_is_in_the_table_and_leaves_no_row_for_an_idle_run() -> None:
    job = next(job for job in JOBS if job.name == "reading")
    assert job.every == timedelta(seconds=2)
    assert not job.records_idle_runs


def test_an_empty_queue_is_nothing_to_do(installation: Installation) -> None:
    assert read_waiting_certificates(installation, NOW) is None


def test_every_waiting_file_becomes_a_proposal(installation: Installation) -> None:
    numbers = [
        make_upload(installation.sessions, installation.documents, content)
        for content in (certificate_pdf(), scanned_pdf(), certificate_pdf()[:700])
    ]
    assert read_waiting_certificates(installation, NOW) == "3 certificates read"
    certificates = [get_certificate(installation.sessions, number) for number in numbers]
    assert {one.state for one in certificates} == {CertificateState.PROPOSED}
    assert [one.text_layer for one in certificates] == ["text", "scan", "damaged"]
    assert [row.name for row in certificates[0].rows] == ["Endotoxin", "pH", "Sterility"]
    assert all(one.reader_notes for one in certificates[1:])


def test_a_file_that_is_gone_from_the_store_says_so(installation: Installation) -> None:
    number = make_upload(installation.sessions, installation.documents)
    sha256 = get_certificate(installation.sessions, number).document.sha256
    installation.documents.path(sha256).unlink()
    assert read_waiting_certificates(installation, NOW) == "1 certificate read"
    assert "backup" in get_certificate(installation.sessions, number).reader_notes[0]


def test_a_reader_killed_half_way_loses_nothing(
    installation: Installation, database_url: str, tmp_path: Path
) -> None:
    number = make_upload(installation.sessions, installation.documents, certificate_pdf())
    _claim_in_a_process_and_kill_it(database_url, tmp_path, expected=number)
    left = get_certificate(installation.sessions, number)
    assert (left.state, left.reading_page, left.reading_pages) == (CertificateState.READING, 2, 3)
    assert read_waiting_certificates(installation, NOW + timedelta(minutes=1)) is None
    late = NOW + LEASE + timedelta(seconds=1)
    assert read_waiting_certificates(installation, late) == "1 certificate read"
    certificate = get_certificate(installation.sessions, number)
    assert certificate.state is CertificateState.PROPOSED
    assert certificate.reading_attempts == 2
    assert certificate.reading_page is None
    assert len(certificate.rows) == 3


def _claim_in_a_process_and_kill_it(database_url: str, folder: Path, *, expected: int) -> None:
    reader = subprocess.Popen(
        [sys.executable, "-c", _CLAIM_AND_HANG, database_url, NOW.isoformat()],
        stdout=subprocess.PIPE,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    )
    with reader:
        assert reader.stdout is not None
        assert reader.stdout.readline().strip() == str(expected)
        os.kill(reader.pid, signal.SIGKILL)
    assert reader.returncode == -signal.SIGKILL


def test_another_reader_takes_over_only_after_the_longest_reading() -> None:
    settings = ReadingLimits()
    assert timedelta(seconds=settings.wall_seconds) < LEASE
    assert settings.wall_seconds > PAGE_SECONDS + SECONDS
