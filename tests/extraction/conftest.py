"""pdfminer warns of every oddity in a file; only the reading counts here."""

import logging

import pytest


@pytest.fixture(autouse=True)
def _quiet_pdfminer() -> None:
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
