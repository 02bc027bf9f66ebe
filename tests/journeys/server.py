"""The product as a person starts it: `python run.py`, pages and clock in one process."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

from supplier_qc.config import ROOT, Settings

SECONDS_TO_START = 30
SECONDS_TO_STOP = 10


class ServerSilent(AssertionError):
    """The server ended, or did not answer in time; the message ends with its log."""


class RunningServer:
    """One server over one installation; what it prints goes to `log`."""

    def __init__(self, settings: Settings, log: Path) -> None:
        self._settings = settings
        self._log = log
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def printed(self) -> str:
        return self._log.read_text(errors="replace") if self._log.exists() else ""

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "run.py"],
                cwd=ROOT,
                env=os.environ
                | {
                    "SUPPLIER_QC_DATA": str(self._settings.data_folder),
                    "SUPPLIER_QC_DATABASE": self._settings.database_url,
                    "SUPPLIER_QC_PORT": str(self._port),
                },
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait_until_it_answers(self._process)

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def restart(self) -> None:
        """Stop and start on the same port; people stay signed in."""
        self.stop()
        self.start()

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        latest = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < latest and process.poll() is None:
            if _answers(f"{self.url}/health"):
                return
            time.sleep(0.05)
        raise ServerSilent(f"{self.url} does not answer. It printed:\n{self.printed}")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 -- this machine's own
            return bool(answer.status == 200)
    except (URLError, ConnectionError, TimeoutError):
        return False


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
