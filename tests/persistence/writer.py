"""Audited changes by a process of its own: python -m tests.persistence.writer NAME COUNT.

Adds COUNT vendors and, after each, changes one record that all writers share.
"""

import os
import sys

from sqlalchemy import select

from supplier_qc.config import settings_from
from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.people import SCHEDULER
from supplier_qc.persistence.tables import Organisation
from supplier_qc.services.installation import open_installation
from supplier_qc.services.transaction import changing
from tests.conftest import NOW


def main() -> None:
    name, count = sys.argv[1], int(sys.argv[2])
    sessions = open_installation(settings_from(os.environ)).sessions
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for number in range(count):
        with changing(sessions, AuditAction.ORGANISATION_ADDED, actor=SCHEDULER, now=NOW) as add:
            vendor = Organisation(name=f"{name} {number}")
            add.session.add(vendor)
            add.session.flush()
            add.about(vendor, vendor.name)
        action = AuditAction.ORGANISATION_CHANGED
        with changing(sessions, action, actor=SCHEDULER, now=NOW, reason="Counting.") as change:
            shared = change.session.scalars(
                select(Organisation).where(Organisation.name == "Shared").with_for_update()
            ).one()
            shared.note = str(int(shared.note or 0) + 1)
            change.about(shared, shared.name)
    sys.stdout.write("done\n")


if __name__ == "__main__":
    main()
