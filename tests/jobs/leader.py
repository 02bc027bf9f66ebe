"""A process that says at each line it is sent whether it leads: python -m tests.jobs.leader."""

import os
import sys

from supplier_qc.config import settings_from
from supplier_qc.jobs.leadership import leadership_for
from supplier_qc.services.installation import open_installation


def main() -> None:
    installation = open_installation(settings_from(os.environ))
    leadership = leadership_for(installation.engine, installation.settings.data_folder)
    while True:
        sys.stdout.write("leads\n" if leadership.hold() else "waits\n")
        sys.stdout.flush()
        sys.stdin.readline()


if __name__ == "__main__":
    main()
