"""Origin facts between JSON and the fields of the form, which are flat and hold text."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from supplier_qc.domain.origin.facts import OpenEnded
from supplier_qc.domain.origin.vocabulary import SourceClass, TestResult

PLACES = ("birth", "rearing", "slaughter")


def stated(data: Mapping[str, Any]) -> dict[str, Any]:
    """JSON values of what is stated; blank text, nothing and empty lists are not."""
    values = {key: _json_value(value) for key, value in data.items()}
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def _json_value(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.split())
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, bool | int | list | dict) or value is None:
        return value
    return format(value, "f")


def form_data(facts: Mapping[str, Any]) -> dict[str, Any]:
    data = dict(facts)
    for place in PLACES:
        known = facts.get(place) or {}
        data[f"{place}_country"], data[f"{place}_zone"] = known.get("country"), known.get("zone")
    for name, value in (facts.get("cep") or {}).items():
        data[f"cep_{name}"] = value
    if data.get("cep_valid_to") == OpenEnded.OPEN_ENDED.value:
        data |= {"cep_valid_to": None, "cep_open_ended": True}
    for result in TestResult:
        tests = facts.get("tests", ())
        data[result.value] = [test["agent"] for test in tests if test["result"] == result.value]
    data |= _human_data(facts.get("human") or {})
    data["steps"] = [_step_data(step) for step in facts.get("process", ())]
    data["statements"] = [_statement_data(one) for one in facts.get("statements", ())]
    for unanswered in ("source", "indirect_origin"):
        if data.get(unanswered) == SourceClass.UNANSWERED.value:
            data[unanswered] = ""
    return _with_dates(data)


def _human_data(human: Mapping[str, Any]) -> dict[str, Any]:
    data = {f"human_{name}": value for name, value in human.items()}
    reduction = human.get("pathogen_reduction") or {}
    data["human_reduction_stage"] = reduction.get("stage")
    data["human_reduction_method"] = reduction.get("method")
    data["human_donor_countries"] = ", ".join(human.get("donor_countries", ()))
    return data


def _step_data(step: Mapping[str, Any]) -> dict[str, Any]:
    claims = step.get("log_reductions", ())
    joined = ", ".join(f"{claim['family']} {claim['log10']}" for claim in claims)
    return {**step, "log_reductions": joined}


def _statement_data(statement: Mapping[str, Any]) -> dict[str, Any]:
    answers = {True: "yes", False: "no", None: ""}
    named = ("covers_item", "covers_site", "is_signed")
    data = {**statement, **{name: answers[statement.get(name)] for name in named}}
    return _with_dates(data)


_DATES = ("collected_on", "cep_valid_from", "cep_valid_to", "cep_checked_on", "issued_on")


def _with_dates(data: dict[str, Any]) -> dict[str, Any]:
    known = {name: data[name] for name in _DATES if isinstance(data.get(name), str)}
    return data | {name: date.fromisoformat(value) for name, value in known.items()}


def entries(text: str | None) -> list[str]:
    """The parts of a line that commas or semicolons separate."""
    return [part for raw in re.split(r"[,;]", text or "") if (part := " ".join(raw.split()))]


def codes(text: str | None) -> list[str]:
    return sorted({code.upper() for code in re.split(r"[\s,;]+", text or "") if code})
