"""The notation of the material rules: what it reads, what it refuses."""

from decimal import Decimal

import pytest

from supplier_qc.domain.origin.conditions import (
    ConditionsUnreadable,
    Purpose,
    concerns,
    parse,
    unmet,
)
from supplier_qc.domain.origin.facts import OriginComponent, ProcessStep
from supplier_qc.domain.origin.vocabulary import (
    Attestation,
    BseStatus,
    DerivativeClass,
    Species,
    StepKind,
    Stunning,
    Tissue,
)

HYDROLYSIS = "compliant: step=hydrolysis and temperature_c>=200 and minutes>=20 and pressure_bar>1"


def hydrolysis(**parameters: Decimal | str | None) -> ProcessStep:
    stated: dict[str, Decimal | str | None] = {
        "evidence": "process description",
        "temperature_c": Decimal(200),
        "minutes": Decimal(20),
        "pressure_bar": Decimal("1.5"),
    }
    return ProcessStep(kind=StepKind.HYDROLYSIS, **(stated | parameters))  # type: ignore[arg-type]  # by table


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("compliant", "does not read as"),
        ("hopeful: age_months<36", "the purpose is one of compliant, expected, evidence, virus"),
        ("expected: age_months", "is not a condition such as"),
        ("expected: age_months=36", "age_months cannot be compared with ="),
        ("expected: stunning>=pithing", "stunning cannot be compared with >="),
        ("expected: attested=good_will", "the value good_will is not known"),
        ("expected: age_months<old", "the value old is not known"),
        ("expected: weight_kg<36", "weight_kg cannot be compared with <"),
        ("expected where age_months<3: attested=srm_removed", "does not belong behind “where”"),
        ("expected: species=cattle", "species belongs behind “where”"),
        ("compliant: temperature_c>=200", "parameters need the step"),
        ("compliant where status>=controlled: attested=srm_removed", "whatever the geography"),
    ],
)
def test_a_row_outside_the_notation_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ConditionsUnreadable, match=reason.replace("(", r"\(")):
        parse(text)


def test_a_row_is_read_with_its_purpose_guard_and_clauses() -> None:
    conditions = parse("expected where status>=controlled: stunning<=non_penetrative")

    assert conditions.purpose is Purpose.EXPECTED
    assert [clause.words() for clause in conditions.guard] == ["controlled"]
    assert conditions.words() == "stunning stated and no worse than non penetrative"


@pytest.mark.parametrize(
    ("step", "is_met"),
    [
        (hydrolysis(), True),
        (hydrolysis(temperature_c=Decimal("199.9")), False),
        (hydrolysis(temperature_c=None), False),
        (hydrolysis(minutes=Decimal(19)), False),
        (hydrolysis(pressure_bar=Decimal(1)), False),
        (hydrolysis(evidence=None), False),
        (ProcessStep(kind=StepKind.DISTILLATION, evidence="x", temperature_c=Decimal(300)), False),
    ],
)
def test_a_step_counts_only_with_evidence_and_every_parameter(
    step: ProcessStep,
    is_met: bool,  # noqa: FBT001  a column of the table
) -> None:
    component = OriginComponent(name="glycerol", process=(step,))

    assert (unmet(parse(HYDROLYSIS), component) == ()) is is_met


def test_two_steps_that_meet_the_parameters_only_together_do_not_count() -> None:
    steps = (hydrolysis(minutes=Decimal(5)), hydrolysis(temperature_c=Decimal(100)))
    missing = unmet(parse(HYDROLYSIS), OriginComponent(name="glycerol", process=steps))

    assert len(missing) == 4


@pytest.mark.parametrize(
    ("text", "component", "is_met"),
    [
        ("expected: age_months<36", OriginComponent(name="s", age_months=Decimal(35)), True),
        ("expected: age_months<36", OriginComponent(name="s", age_months=Decimal(36)), False),
        ("expected: age_months<36", OriginComponent(name="s"), False),
        ("expected: stunning<=penetrative", OriginComponent(name="s"), False),
        (
            "expected: stunning<=penetrative",
            OriginComponent(name="s", stunning=Stunning.PITHING),
            False,
        ),
        (
            "expected: stunning<=penetrative",
            OriginComponent(name="s", stunning=Stunning.NOT_STUNNED),
            True,
        ),
        (
            "evidence: attested=srm_removed",
            OriginComponent(name="s", attested=frozenset({Attestation.SRM_REMOVED})),
            True,
        ),
    ],
)
def test_a_clause_holds_only_when_the_facts_show_it(
    text: str,
    component: OriginComponent,
    is_met: bool,  # noqa: FBT001  a column of the table
) -> None:
    assert (unmet(parse(text), component) == ()) is is_met


CATTLE = OriginComponent(name="gelatin", species=Species.CATTLE, derivative=DerivativeClass.GELATIN)
HIDE = OriginComponent(
    name="gelatin", species=Species.CATTLE, derivative=DerivativeClass.GELATIN, tissue=Tissue.HIDE
)


@pytest.mark.parametrize(
    ("text", "component", "status", "does"),
    [
        ("compliant where species=cattle: attested=srm_removed", CATTLE, None, True),
        ("compliant where species=sheep: attested=srm_removed", CATTLE, None, False),
        ("compliant where tissue=hide: attested=srm_removed", HIDE, None, True),
        ("compliant where tissue=hide: attested=srm_removed", CATTLE, None, False),
        ("evidence where tissue=hide: attested=srm_removed", CATTLE, None, True),
        ("evidence where tissue=milk: attested=srm_removed", CATTLE, None, False),
        ("expected where status>=controlled: age_months<3", CATTLE, None, True),
        ("expected where status>=controlled: age_months<3", CATTLE, BseStatus.NEGLIGIBLE, False),
        ("expected where status>=controlled: age_months<3", CATTLE, BseStatus.CONTROLLED, True),
    ],
)
def test_what_the_facts_leave_open_counts_against_the_component(
    text: str,
    component: OriginComponent,
    status: BseStatus | None,
    does: bool,  # noqa: FBT001  a column of the table
) -> None:
    assert concerns(parse(text), component, status) is does
