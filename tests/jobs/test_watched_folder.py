"""A file in the watched folder becomes one certificate: not none, not two, whatever happens."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.config import Settings
from supplier_qc.domain.arrivals import Arrival
from supplier_qc.jobs.reading import read_waiting_certificates
from supplier_qc.jobs.watched_folder import take_from_watched_folder
from supplier_qc.persistence.sessions import reading
from supplier_qc.persistence.tables import AuditEntry, Certificate, Document
from supplier_qc.persistence.watched_folder import FolderUnusable
from supplier_qc.services.certificates import reject_certificate
from supplier_qc.services.installation import Installation, open_installation
from supplier_qc.services.watched_folder import FolderWatch, Looked, get_folder_state
from tests.conftest import NOW
from tests.lot_factories import BEN, get_certificate, make_upload, pdf_bytes
from tests.processes import say, started


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "incoming"
    path.mkdir()
    return path


@pytest.fixture
def settings(settings: Settings, folder: Path) -> Settings:
    return replace(settings, watched_folder=folder, upload_megabytes=1)


def look_twice(installation: Installation, folder: Path) -> Looked:
    watch = FolderWatch()
    watch.look(installation, folder, NOW)
    return watch.look(installation, folder, NOW)


def names(path: Path) -> list[str]:
    return sorted(one.name for one in path.iterdir()) if path.exists() else []


def count(sessions: sessionmaker[Session]) -> int:
    with reading(sessions) as session:
        return session.scalar(select(func.count()).select_from(Certificate)) or 0


def test_a_file_that_lies_still_becomes_a_certificate_of_the_scheduler(
    installation: Installation, folder: Path
) -> None:
    content = pdf_bytes()
    (folder / "coa.pdf").write_bytes(content)
    assert look_twice(installation, folder) == Looked(taken=1)
    assert names(folder) == ["taken"]
    assert (folder / "taken" / "coa.pdf").read_bytes() == content
    certificate = get_certificate(installation.sessions, 1)
    assert (certificate.arrival, certificate.uploaded_by_id) == (Arrival.FOLDER, None)
    assert certificate.document.filename == "coa.pdf"
    with reading(installation.sessions) as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.actor_name, entry.action.value) == ("Scheduler", "certificate:document:uploaded")


def test_a_file_that_still_grows_is_left_until_it_does_not(
    installation: Installation, folder: Path
) -> None:
    watch, path = FolderWatch(), folder / "coa.pdf"
    path.write_bytes(pdf_bytes())
    for _ in range(3):
        assert watch.look(installation, folder, NOW) == Looked()
        path.write_bytes(path.read_bytes() + b"more")
    watch.look(installation, folder, NOW)
    assert watch.look(installation, folder, NOW) == Looked(taken=1)


def test_a_file_rewritten_with_the_same_length_is_left_too(
    installation: Installation, folder: Path
) -> None:
    watch, path = FolderWatch(), folder / "coa.pdf"
    path.write_bytes(pdf_bytes())
    watch.look(installation, folder, NOW)
    os.utime(path, ns=(1, path.stat().st_mtime_ns + 1_000))
    assert watch.look(installation, folder, NOW) == Looked()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"hello", "is not a PDF"),
        (b"%PDF-" + bytes(2**20), "larger than 1 MB"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason_beside_it(
    installation: Installation, folder: Path, content: bytes, reason: str
) -> None:
    (folder / "bad.pdf").write_bytes(content)
    (folder / "good.pdf").write_bytes(pdf_bytes())
    assert look_twice(installation, folder) == Looked(taken=1, refused=1)
    assert names(folder / "refused") == ["bad.pdf", "bad.pdf.txt"]
    assert reason in (folder / "refused" / "bad.pdf.txt").read_text()
    assert (folder / "refused" / "bad.pdf").read_bytes() == content


def test_a_link_is_not_followed(installation: Installation, folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(pdf_bytes())
    (folder / "link.pdf").symlink_to(secret)
    (folder / "gone.pdf").symlink_to(tmp_path / "nowhere")
    assert look_twice(installation, folder) == Looked(refused=2)
    assert count(installation.sessions) == 0
    assert secret.exists()
    assert "a link" in (folder / "refused" / "link.pdf.txt").read_text()


def test_a_sub_folder_and_a_pipe_are_named_and_left(
    installation: Installation, folder: Path
) -> None:
    (folder / "october").mkdir()
    (folder / "october" / "coa.pdf").write_bytes(pdf_bytes())
    os.mkfifo(folder / "pipe.pdf")
    looked = look_twice(installation, folder)
    assert looked.left == (
        "october is a sub-folder; it is not looked into. Put the files beside it.",
        "pipe.pdf is no file.",
    )
    assert names(folder) == ["october", "pipe.pdf"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_that_may_not_be_read_is_named_and_left(
    installation: Installation, folder: Path
) -> None:
    (folder / "closed.pdf").write_bytes(pdf_bytes())
    (folder / "closed.pdf").chmod(0)
    (named,) = look_twice(installation, folder).left
    assert "closed.pdf cannot be read or moved: Permission denied" in named


def test_hidden_files_are_another_programs_business(
    installation: Installation, folder: Path
) -> None:
    (folder / ".coa.pdf.part").write_bytes(pdf_bytes())
    assert look_twice(installation, folder) == Looked()
    assert names(folder) == [".coa.pdf.part"]


def test_what_is_here_already_is_refused_by_the_number_of_its_certificate(
    installation: Installation, folder: Path
) -> None:
    content = pdf_bytes()
    make_upload(installation.sessions, installation.documents, content)
    (folder / "again.pdf").write_bytes(content)
    assert look_twice(installation, folder) == Looked(refused=1)
    reason = (folder / "refused" / "again.pdf.txt").read_text()
    assert "here already as certificate 1" in reason


def test_a_name_that_is_taken_before_overwrites_nothing(
    installation: Installation, folder: Path
) -> None:
    for _ in range(2):
        (folder / "coa.pdf").write_bytes(pdf_bytes())
        look_twice(installation, folder)
        (folder / "bad.pdf").write_bytes(b"no")
        look_twice(installation, folder)
    assert names(folder / "taken") == ["coa (2).pdf", "coa.pdf"]
    assert names(folder / "refused") == [
        "bad (2).pdf",
        "bad (2).pdf.txt",
        "bad.pdf",
        "bad.pdf.txt",
    ]


def test_the_very_file_of_a_rejected_certificate_is_refused_in_words(
    installation: Installation, folder: Path
) -> None:
    (folder / "coa.pdf").write_bytes(pdf_bytes())
    look_twice(installation, folder)
    reject_the_only_certificate(installation)
    (folder / "taken" / "coa.pdf").rename(folder / "coa.pdf")
    assert look_twice(installation, folder) == Looked(refused=1)
    assert "which was rejected" in (folder / "refused" / "coa.pdf.txt").read_text()


def reject_the_only_certificate(installation: Installation) -> None:
    """Reject the certificate that came from the folder."""
    read_waiting_certificates(installation, NOW)
    version = get_certificate(installation.sessions, 1).version
    reject_certificate(
        installation.sessions, 1, version=version, reason="Not ours.", actor=BEN, now=NOW
    )


@pytest.mark.parametrize("place", ["before_commit", "taken"])
def test_a_process_killed_over_a_file_neither_loses_nor_doubles_it(
    installation: Installation, folder: Path, settings: Settings, place: str
) -> None:
    content = pdf_bytes()
    (folder / "coa.pdf").write_bytes(content)
    moment, where = NOW.isoformat(), {"SUPPLIER_QC_WATCHED_FOLDER": str(folder)}
    with started(settings, "-m", "tests.jobs.folder_run", moment, place, **where) as process:
        assert say(process) == "in the middle"
        process.kill()
        process.wait()
    assert names(folder) == ["coa.pdf"] or names(folder) == ["coa.pdf", "taken"]
    with started(settings, "-m", "tests.jobs.folder_run", moment, **where) as process:
        assert say(process) == "1 taken, 0 refused"
    assert count(installation.sessions) == 1
    assert names(folder / "taken") == ["coa.pdf"]
    with reading(installation.sessions) as session:
        sha256 = session.scalars(select(Document.sha256)).one()
    assert installation.documents.get(sha256) == content


def test_a_process_killed_over_a_refusal_refuses_it_the_next_time(
    installation: Installation, folder: Path, settings: Settings
) -> None:
    (folder / "bad.pdf").write_bytes(b"no")
    moment, where = NOW.isoformat(), {"SUPPLIER_QC_WATCHED_FOLDER": str(folder)}
    with started(settings, "-m", "tests.jobs.folder_run", moment, "refused", **where) as process:
        assert say(process) == "in the middle"
        process.kill()
        process.wait()
    assert (folder / "bad.pdf").exists()
    assert look_twice(installation, folder) == Looked(refused=1)
    assert names(folder / "refused") == ["bad.pdf", "bad.pdf.txt"]


def test_the_job_says_what_it_did_and_nothing_for_nothing(
    installation: Installation, folder: Path
) -> None:
    assert take_from_watched_folder(installation, NOW) is None
    (folder / "coa.pdf").write_bytes(pdf_bytes())
    (folder / "sub").mkdir()
    take_from_watched_folder(installation, NOW)
    words = take_from_watched_folder(installation, NOW)
    assert words == (
        "1 taken, 0 refused; left lying: sub is a sub-folder; it is not looked into. "
        "Put the files beside it."
    )
    assert take_from_watched_folder(installation, NOW) is None


def test_without_a_folder_in_the_settings_nothing_is_done(installation: Installation) -> None:
    other = open_installation(replace(installation.settings, watched_folder=None))
    assert take_from_watched_folder(other, NOW) is None
    assert get_folder_state(other) is None
    other.engine.dispose()


def test_a_folder_that_is_away_fails_the_job_and_is_named(
    installation: Installation, folder: Path
) -> None:
    folder.rmdir()
    with pytest.raises(FolderUnusable, match="cannot be looked into: No such file"):
        take_from_watched_folder(installation, NOW)
    state = get_folder_state(installation)
    assert state is not None
    assert "No such file" in state.trouble
