"""The table `cases/cases.csv`: materials as a regulatory writer describes them, on shipped lists.

`origin` is one country for birth, rearing and collection, or three parted by `>`; `-` is not
stated. `rules` are all rules that decide the level; `findings` are further ones that fire too.
"""

import csv
import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from supplier_qc.domain.origin.engine import assess
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.facts_json import component_from_json
from supplier_qc.domain.origin.findings import Assessment
from supplier_qc.domain.origin.reference import ReferenceLists
from supplier_qc.domain.origin.vocabulary import Authority, Level
from supplier_qc.persistence.reference_files import read_reference_lists

CASES = Path(__file__).parent / "cases" / "cases.csv"
Row = dict[str, str]

# Evidence findings: they fire beside the rules that decide the level.
FINDINGS = re.compile(r"V\d\d|H0[1-9]|T15|T2[0-2]")

DONORS = {
    "complete": {
        "attested": ["donors_eligible", "look_back_agreed", "traceable_donor_to_lot"],
        "serology": ["hiv", "hbv", "hcv", "htlv", "syphilis"],
        "nat": ["hiv", "hbv", "hcv"],
        "pool_donors": 120,
        "pathogen_reduction": {"stage": "pool", "method": "gamma irradiation"},
        "donor_countries": ["DE"],
    },
    "licence": {
        "licence": "EU/1/00/0000 (invented)",
        "attested": ["look_back_agreed", "traceable_donor_to_lot"],
    },
}
UNITS = {"C": "temperature_c", "min": "minutes", "bar": "pressure_bar", "kGy": "dose_kgy"}


@cache
def lists() -> ReferenceLists:
    return read_reference_lists()


@cache
def table() -> dict[str, Row]:
    with CASES.open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row for row in csv.DictReader(lines)}


def judged_rows() -> list[Row]:
    return [row for row in table().values() if row["level"]]


def place(text: str) -> dict[str, str] | None:
    found = re.fullmatch(r"([A-Z]{2})(?: \((.+)\))?", text)
    if not found:
        return None
    return {"country": found[1]} | ({"zone": found[2]} if found[2] else {})


def step(text: str) -> dict[str, object]:
    kind, *parameters = text.split()
    facts: dict[str, object] = {"kind": kind, "evidence": "process description on file"}
    if parameters == ["validated"]:
        return facts | {"is_validated_for_tse": True}
    pairs = zip(parameters[::2], parameters[1::2], strict=True)
    return facts | {UNITS[unit]: number for number, unit in pairs}


def cep(text: str) -> dict[str, object]:
    found = re.fullmatch(r"(.+) from (\S+) to (\S+?)(?: checked (\S+))?", text)
    assert found, text
    keys = ("number", "valid_from", "valid_to", "checked_on")
    return dict(zip(keys, found.groups(), strict=True))


def facts(row: Row) -> dict[str, object]:
    stated: dict[str, object] = {
        "name": row["material"],
        "route": "parenteral",
        **{key: row[key] for key in ("source", "species", "tissue", "collected_on", "age_months",
                                     "stunning", "residue") if row[key]},
    }  # fmt: skip
    if row["class"]:
        stated["derivative"] = row["class"]
    if row["indirect"]:
        stated["indirect_origin"] = row["indirect"]
    parts = row["origin"].split(" > ") if " > " in row["origin"] else [row["origin"]] * 3
    for role, part in zip(("birth", "rearing", "slaughter"), parts, strict=True):
        stated[role] = place(part)
    stated["attested"] = [text.strip() for text in row["shown"].split(";") if text.strip()]
    stated["process"] = [step(row["process"])] if row["process"] else []
    stated["cep"] = cep(row["cep"]) if row["cep"] else None
    stated["human"] = DONORS[row["donors"]] if row["donors"] else None
    stated["components"] = [facts(table()[key]) for key in row["contains"].split()]
    return stated


def component(row: Row) -> OriginComponent:
    return component_from_json(facts(row))


def assessed(row: Row) -> Assessment:
    on = date.fromisoformat(row["on"])
    return assess(component(row), Authority(row["authority"]), lists(), on)


def case_id(row: Row) -> str:
    return f"{row['id']} {row['material']}"


@pytest.mark.parametrize("row", judged_rows(), ids=case_id)
def test_a_material_gets_the_level_and_the_rules_of_the_table(row: Row) -> None:
    assessment = assessed(row)

    fired = {rule.rule_id for rule in assessment.fired}
    deciding = {rule_id for rule_id in fired if not FINDINGS.fullmatch(rule_id)}

    assert (row["level"], sorted(row["rules"].split())) == (assessment.level, sorted(deciding))
    assert set(row["findings"].split()) <= fired


def test_the_table_has_the_breadth_that_readers_were_promised() -> None:
    rows = judged_rows()

    assert len(rows) >= 60
    assert set(Level) == {row["level"] for row in rows}
    assert {"eu", "us", "japan", "woah"} <= {row["authority"] for row in rows}


@pytest.mark.parametrize("row", judged_rows(), ids=case_id)
def test_every_rule_that_fires_says_why_and_from_where(row: Row) -> None:
    for rule in assessed(row).fired:
        assert rule.sentence.endswith(".")
        assert rule.facts
        assert rule.citations, rule.rule_id


@pytest.mark.parametrize("row", judged_rows(), ids=case_id)
def test_no_sentence_words_an_unverified_row_as_a_requirement(row: Row) -> None:
    assessment = assessed(row)
    texts = [rule.sentence for rule in assessment.fired]
    texts += [counter.sentence for rule in assessment.fired for counter in rule.counter_facts]

    for text in (*texts, *assessment.gaps):
        assert not re.search(r"\b(must|shall|required?s?|mandatory|prohibited)\b", text), text


@pytest.mark.parametrize("row", judged_rows(), ids=case_id)
def test_unknown_and_critical_always_block(row: Row) -> None:
    assessment = assessed(row)

    assert assessment.blocks or assessment.level not in {Level.UNKNOWN, Level.CRITICAL}


def test_ages_in_the_table_are_read_as_decimal_numbers() -> None:
    newborn = next(row for row in judged_rows() if row["material"].startswith("Newborn"))

    assert component(newborn).age_months == Decimal("0.5")
