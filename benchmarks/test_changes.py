"""What an audited change costs, beside the same row without audit."""

from itertools import count

from pytest_benchmark.fixture import BenchmarkFixture
from sqlalchemy import text

from benchmarks.conftest import Large
from tests.factories import make_vendor

_numbers = count(1)


def test_audited_change(benchmark: BenchmarkFixture, large: Large) -> None:
    benchmark(make_vendor, large.installation.sessions)


def test_plain_insert_peer(benchmark: BenchmarkFixture, large: Large) -> None:
    def insert() -> None:
        with large.installation.engine.begin() as connection:
            connection.execute(
                text("INSERT INTO organisation (name, version) VALUES (:name, 1)"),
                {"name": f"Plain {next(_numbers)}"},
            )

    benchmark(insert)
