"""Origin facts from JSON; the keys are the names of the fields in `facts.py`.

Reading names every problem at once, each with the path to it.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from supplier_qc.domain.origin.facts import (
    AgentTest,
    Cep,
    HumanOrigin,
    LogReduction,
    OpenEnded,
    OriginComponent,
    OriginFactsRefused,
    PathogenReduction,
    Place,
    ProcessStep,
    Statement,
)
from supplier_qc.domain.origin.vocabulary import (
    Agent,
    Attestation,
    DerivativeClass,
    DonorAttestation,
    Exposure,
    IndirectOrigin,
    IssuerRole,
    PathogenReductionStage,
    Residue,
    Route,
    SourceClass,
    Species,
    StepKind,
    Stunning,
    TestResult,
    Tissue,
    Use,
    VirusFamily,
)

Choice = TypeVar("Choice", bound=StrEnum)
Built = TypeVar("Built")


def component_from_json(data: object) -> OriginComponent:
    """One component with all beneath it; raises OriginFactsRefused with all problems."""
    problems: list[str] = []
    component = _component(_Reader(data, "", problems))
    if component is None or problems:
        raise OriginFactsRefused(*problems)
    return component


def components_from_json(data: object) -> tuple[OriginComponent, ...]:
    """The components of an item, from a list of them or from a single one."""
    entries = data if isinstance(data, list) else [data]
    problems: list[str] = []
    many = isinstance(data, list)
    built = [
        _component(_Reader(entry, f"[{index}]" if many else "", problems))
        for index, entry in enumerate(entries)
    ]
    OriginFactsRefused.unless_empty(problems)
    return tuple(component for component in built if component is not None)


class _Reader:
    """One JSON object; what cannot be read becomes a problem and reads as missing."""

    def __init__(self, data: object, path: str, problems: list[str]) -> None:
        self.path = path
        self.problems = problems
        self._taken: set[str] = set()
        self._data: Mapping[object, object] = data if isinstance(data, dict) else {}
        if not isinstance(data, dict):
            self._complain("", "is not an object with named facts")

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path and key else (self.path or key or "facts")

    def _complain(self, key: str, problem: str) -> None:
        self.problems.append(f"{self._at(key)}: {problem}.")

    def take(self, key: str) -> object:
        self._taken.add(key)
        return self._data.get(key)

    def refuse_unknown_keys(self) -> None:
        for key in sorted(str(key) for key in self._data.keys() - self._taken):
            self._complain(key, "is not a fact that can be recorded")

    def text(self, key: str) -> str | None:
        value = self.take(key)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self._complain(key, "is not a text")
        return None

    def needed_text(self, key: str) -> str:
        value = self.text(key)
        if value is None and self._data.get(key) is None:
            self._complain(key, "is missing")
        return value or ""

    def flag(self, key: str) -> bool | None:
        value = self.take(key)
        if value is None or isinstance(value, bool):
            return value
        self._complain(key, "is not true or false")
        return None

    def day(self, key: str) -> date | None:
        value = self.take(key)
        if value is None:
            return None
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self._complain(key, f"“{value}” is not a date such as 2026-03-31")
            return None

    def day_or_open_end(self, key: str) -> date | OpenEnded | None:
        if self.take(key) == OpenEnded.OPEN_ENDED.value:
            return OpenEnded.OPEN_ENDED
        return self.day(key)

    def number(self, key: str) -> Decimal | None:
        """A finite number; text is preferred, since a JSON number may be a binary fraction."""
        value = self.take(key)
        if value is None:
            return None
        try:
            number = Decimal(str(value)) if not isinstance(value, bool) else Decimal("NaN")
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite():
            return number
        self._complain(key, f"“{value}” is not a number")
        return None

    def needed_number(self, key: str) -> Decimal:
        number = self.number(key)
        if number is None and self._data.get(key) is None:
            self._complain(key, "is missing")
        return number if number is not None else Decimal(0)

    def count(self, key: str) -> int | None:
        value = self.take(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self._complain(key, f"“{value}” is not a whole number")
        return None

    def choice(self, key: str, kind: type[Choice]) -> Choice | None:
        value = self.take(key)
        return None if value is None else self._member(key, value, kind)

    def needed_choice(self, key: str, kind: type[Choice]) -> Choice:
        value = self.choice(key, kind)
        if value is None and self._data.get(key) is None:
            self._complain(key, "is missing")
        return value or next(iter(kind))

    def _member(self, key: str, value: object, kind: type[Choice]) -> Choice | None:
        if isinstance(value, str) and value in set(kind):
            return kind(value)
        self._complain(key, f"“{value}” is not known; choose one of {', '.join(kind)}")
        return None

    def choices(self, key: str, kind: type[Choice]) -> frozenset[Choice]:
        members = (self._member(key, value, kind) for value in self._entries(key))
        return frozenset(member for member in members if member is not None)

    def texts(self, key: str) -> frozenset[str]:
        return frozenset(str(value) for value in self._entries(key))

    def _entries(self, key: str) -> list[object]:
        value = self.take(key)
        if value is None:
            return []
        if isinstance(value, list):
            return value
        self._complain(key, "is not a list")
        return []

    def one(self, key: str, build: Callable[["_Reader"], Built | None]) -> Built | None:
        value = self.take(key)
        return None if value is None else build(_Reader(value, self._at(key), self.problems))

    def many(self, key: str, build: Callable[["_Reader"], Built | None]) -> tuple[Built, ...]:
        built = (
            build(_Reader(entry, f"{self._at(key)}[{index}]", self.problems))
            for index, entry in enumerate(self._entries(key))
        )
        return tuple(value for value in built if value is not None)


def _component(reader: _Reader) -> OriginComponent | None:
    try:
        component = OriginComponent(
            name=reader.needed_text("name"),
            exposure=reader.choice("exposure", Exposure),
            source=reader.choice("source", SourceClass) or SourceClass.UNANSWERED,
            species=reader.choice("species", Species),
            tissue=reader.choice("tissue", Tissue),
            derivative=reader.choice("derivative", DerivativeClass),
            birth=reader.one("birth", _place),
            rearing=reader.one("rearing", _place),
            slaughter=reader.one("slaughter", _place),
            collected_on=reader.day("collected_on"),
            age_months=reader.number("age_months"),
            stunning=reader.choice("stunning", Stunning),
            attested=reader.choices("attested", Attestation),
            process=reader.many("process", _step),
            cep=reader.one("cep", _cep),
            statements=reader.many("statements", _statement),
            tests=reader.many("tests", _test),
            indirect_origin=reader.choice("indirect_origin", IndirectOrigin)
            or IndirectOrigin.UNANSWERED,
            use=reader.choice("use", Use),
            route=reader.choice("route", Route),
            residue=reader.choice("residue", Residue),
            human=reader.one("human", _human),
            components=reader.many("components", _component),
        )
    except OriginFactsRefused as refused:
        # An empty name or country stands for one that was complained of already, with its path.
        reader.problems += [
            reason for reason in refused.reasons if not re.search("has no name|“”", reason)
        ]
        component = None
    reader.refuse_unknown_keys()
    return component


def _place(reader: _Reader) -> Place:
    place = Place(country=reader.needed_text("country"), zone=reader.text("zone"))
    reader.refuse_unknown_keys()
    return place


def _step(reader: _Reader) -> ProcessStep:
    step = ProcessStep(
        kind=reader.needed_choice("kind", StepKind),
        evidence=reader.text("evidence"),
        temperature_c=reader.number("temperature_c"),
        minutes=reader.number("minutes"),
        pressure_bar=reader.number("pressure_bar"),
        dose_kgy=reader.number("dose_kgy"),
        ph=reader.number("ph"),
        pore_size_nm=reader.number("pore_size_nm"),
        is_validated_for_tse=bool(reader.flag("is_validated_for_tse")),
        log_reductions=reader.many("log_reductions", _log_reduction),
    )
    reader.refuse_unknown_keys()
    return step


def _log_reduction(reader: _Reader) -> LogReduction:
    claim = LogReduction(
        family=reader.needed_choice("family", VirusFamily), log10=reader.needed_number("log10")
    )
    reader.refuse_unknown_keys()
    return claim


def _cep(reader: _Reader) -> Cep:
    cep = Cep(
        number=reader.needed_text("number"),
        revision=reader.text("revision"),
        valid_from=reader.day("valid_from"),
        valid_to=reader.day_or_open_end("valid_to"),
        checked_on=reader.day("checked_on"),
    )
    reader.refuse_unknown_keys()
    return cep


def _statement(reader: _Reader) -> Statement:
    statement = Statement(
        issued_on=reader.day("issued_on"),
        issuer_role=reader.choice("issuer_role", IssuerRole),
        covers_item=reader.flag("covers_item"),
        covers_site=reader.flag("covers_site"),
        guideline_edition=reader.text("guideline_edition"),
        is_signed=reader.flag("is_signed"),
    )
    reader.refuse_unknown_keys()
    return statement


def _test(reader: _Reader) -> AgentTest:
    test = AgentTest(
        agent=reader.needed_choice("agent", Agent),
        result=reader.needed_choice("result", TestResult),
    )
    reader.refuse_unknown_keys()
    return test


def _human(reader: _Reader) -> HumanOrigin:
    human = HumanOrigin(
        licence=reader.text("licence"),
        attested=reader.choices("attested", DonorAttestation),
        serology=reader.choices("serology", Agent),
        nat=reader.choices("nat", Agent),
        pool_donors=reader.count("pool_donors"),
        pathogen_reduction=reader.one("pathogen_reduction", _pathogen_reduction),
        donor_countries=reader.texts("donor_countries"),
    )
    reader.refuse_unknown_keys()
    return human


def _pathogen_reduction(reader: _Reader) -> PathogenReduction:
    reduction = PathogenReduction(
        stage=reader.needed_choice("stage", PathogenReductionStage), method=reader.text("method")
    )
    reader.refuse_unknown_keys()
    return reduction
