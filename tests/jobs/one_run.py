"""One run of a job in a process of its own: python -m tests.jobs.one_run JOB MOMENT [HANG_AT].

Waits for a line on its standard input before it begins. With HANG_AT it prints "in the middle" and
hangs when that many notices were written and not yet committed, so that it can be killed there.
"""

import os
import sys
import time
from datetime import datetime
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from supplier_qc.config import settings_from
from supplier_qc.jobs.schedule import JOBS
from supplier_qc.persistence.tables import Notice
from supplier_qc.services.installation import open_installation


def main() -> None:
    name, moment = sys.argv[1:3]
    if len(sys.argv) > 3:
        _hang_at(int(sys.argv[3]))
    (job,) = (job for job in JOBS if job.name == name)
    installation = open_installation(settings_from(os.environ))
    _tell("ready")
    sys.stdin.readline()
    _tell(str(job.work(installation, datetime.fromisoformat(moment))))


def _hang_at(count: int) -> None:
    written: list[Notice] = []

    @event.listens_for(Session, "after_flush")
    def look(session: Session, _context: Any) -> None:
        written.extend(record for record in session.new if isinstance(record, Notice))
        if len(written) >= count:
            _tell("in the middle")
            time.sleep(60)


def _tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
