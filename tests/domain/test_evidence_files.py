"""A file is judged by its first bytes, never by its name."""

import pytest

from supplier_qc.domain.evidence_files import EvidenceFile, file_problems


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n...", b"\xff\xd8\xff\xe0"])
def test_papers_and_pictures_are_kept(content: bytes) -> None:
    assert file_problems(EvidenceFile("paper", content)) == ()


@pytest.mark.parametrize("content", [b"", b"<html>", b"MZ\x90", b"PK\x03\x04", b" %PDF-1.7"])
def test_anything_else_is_refused_whatever_it_is_called(content: bytes) -> None:
    assert len(file_problems(EvidenceFile("paper.pdf", content))) == 1
