"""From `python run.py` to the first answer, and what the process holds then."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

from supplier_qc.config import ROOT, settings_from
from supplier_qc.persistence.migrating import upgrade


def test_start(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    environment = os.environ | {"SUPPLIER_QC_DATA": str(tmp_path)}
    upgrade(settings_from(environment).database_url)
    memory: list[float] = []
    benchmark.pedantic(_start_and_stop, args=(environment, memory), rounds=5, warmup_rounds=1)
    benchmark.extra_info["resident MB after the first answer"] = max(memory)


def _start_and_stop(environment: dict[str, str], memory: list[float]) -> None:
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "run.py"],
        cwd=ROOT,
        env=environment | {"SUPPLIER_QC_PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/health")
        memory.append(_resident_mb(server.pid))
    finally:
        server.kill()
        server.wait()


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.02)
    raise AssertionError(f"{url} did not answer within 30 s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return round(int(line.split()[1]) / 1024, 1)
