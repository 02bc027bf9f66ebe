"""Real certificates of many issuers: each becomes a page that a person can work on."""

from pathlib import Path

import pytest

from supplier_qc.domain.certificates import CertificateState
from supplier_qc.jobs.reading import read_waiting_certificates
from supplier_qc.services.installation import Installation
from tests.browser import Browser
from tests.conftest import NOW
from tests.lot_factories import get_certificate, make_upload, specified_item

FOLDER = Path(__file__).parents[3] / "shared" / "coas"


@pytest.mark.skipif(not FOLDER.is_dir(), reason=f"{FOLDER} is not on this machine")
def test_every_real_certificate_becomes_a_proposal_with_a_page(
    browser: Browser, installation: Installation
) -> None:
    specified_item(installation.sessions)
    contents = {path.read_bytes(): path.name for path in sorted(FOLDER.glob("*.pdf"))}
    numbers = [
        make_upload(installation.sessions, installation.documents, content, filename=name)
        for content, name in contents.items()
    ]
    assert read_waiting_certificates(installation, NOW) == f"{len(numbers)} certificates read"
    browser.sign_in("ben")
    for number in numbers:
        certificate = get_certificate(installation.sessions, number)
        assert certificate.state is CertificateState.PROPOSED
        assert certificate.rows or certificate.reader_notes, certificate.document.filename
        page = browser.get(f"/certificates/{number}")
        assert page.form("Add this row") is not None
        assert page.form("Reject this certificate") is not None
