"""The questionnaires as shipped: one CSV file a version, never edited; a change is the next number.

`versions.csv` names them; the file of a version is `<key>-<number>.csv`. A migration puts them
into the database, where a site may publish versions of its own.
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from supplier_qc.domain.questionnaires.questions import Questionnaire
from supplier_qc.domain.questionnaires.table import read_table

SHIPPED = Path(__file__).parent / "questionnaire_data"


def shipped_questionnaires(folder: Path = SHIPPED) -> Iterator[Questionnaire]:
    """Every version of the folder; raises TableUnreadable."""
    for version in _rows(folder / "versions.csv"):
        path = folder / f"{version['key']}-{version['number']}.csv"
        yield Questionnaire(
            key=version["key"],
            number=int(version["number"]),
            title=version["title"],
            purpose=version["purpose"],
            valid_from=date.fromisoformat(version["valid_from"]),
            mark=version["mark"],
            source=version["source"],
            questions=read_table(list(enumerate(_rows(path), start=2))),
        )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))
