"""Two looks at the watched folder: python -m tests.jobs.folder_run MOMENT [HANG_AT].

HANG_AT is `before_commit`, `taken` or `refused`: the process prints "in the middle" and hangs just
before it saves a certificate, or just before a file is moved there, so that it can be killed there.
"""

import os
import sys
import time
from datetime import datetime
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from supplier_qc.config import settings_from
from supplier_qc.persistence.tables import Certificate
from supplier_qc.services.installation import open_installation
from supplier_qc.services.watched_folder import FolderWatch


def main() -> None:
    if len(sys.argv) > 2:
        _hang_at(sys.argv[2])
    installation = open_installation(settings_from(os.environ))
    path = installation.settings.watched_folder
    assert path is not None
    watch = FolderWatch()
    for _ in range(2):
        looked = watch.look(installation, path, datetime.fromisoformat(sys.argv[1]))
    _tell(f"{looked.taken} taken, {looked.refused} refused")


def _hang_at(place: str) -> None:
    if place == "before_commit":
        event.listen(Session, "before_commit", _hang_with_a_certificate)
    else:
        sys.addaudithook(lambda name, arguments: _hang_at_move(place, name, arguments))


def _hang_with_a_certificate(session: Session) -> None:
    if any(isinstance(record, Certificate) for record in session.identity_map.values()):
        _hang()


def _hang_at_move(place: str, name: str, arguments: tuple[Any, ...]) -> None:
    if name == "os.rename" and f"/{place}/" in str(arguments[1]):
        _hang()


def _hang() -> None:
    _tell("in the middle")
    time.sleep(60)


def _tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
