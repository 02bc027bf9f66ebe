"""Real processes on the test's own database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from supplier_qc.config import ROOT, Settings


@contextmanager
def started(
    settings: Settings, *arguments: str, **environment: str
) -> Iterator[subprocess.Popen[str]]:
    """`python ARGUMENTS` with the test's database; killed when the block ends."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ
        | {
            "SUPPLIER_QC_DATA": str(settings.data_folder),
            "SUPPLIER_QC_DATABASE": settings.database_url,
        }
        | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def say(process: subprocess.Popen[str]) -> str:
    """The next line the process prints, without its end; "" when it is gone."""
    assert process.stdout is not None
    return process.stdout.readline().rstrip("\n")


def let_go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
