"""Serving an installation: the pages and the clock in one process."""

import logging
import sys

from flask import Flask
from waitress.server import create_server

from supplier_qc.jobs.schedule import start_scheduler
from supplier_qc.persistence.migrating import is_current
from supplier_qc.services.installation import Installation

THREADS = 8


def serve_installation(app: Flask, installation: Installation) -> None:
    """Serve until interrupted. Ends with code 1 and a sentence when the database is not ready."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for talkative in ("apscheduler", "alembic"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    # It warns every two seconds while one reading takes longer than the clock's step.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    if not is_current(installation.engine):
        sys.exit(
            "The database is not at the version this code needs. "
            "Run: flask --app run db upgrade   (or: make demo)"
        )
    settings = installation.settings
    scheduler = start_scheduler(installation)
    try:
        server = create_server(app, host=settings.host, port=settings.port, threads=THREADS)
    except OSError as reason:
        scheduler.shutdown(wait=False)
        sys.exit(
            f"The port {settings.port} on {settings.host} cannot be used ({reason.strerror}). "
            "Set SUPPLIER_QC_PORT to another one."
        )
    print(f"Supplier QC serves on {settings.base_url}  (stop with Ctrl-C)", flush=True)  # noqa: T201 -- the address is what the person waits for
    try:
        server.run()
    finally:
        scheduler.shutdown(wait=False)
