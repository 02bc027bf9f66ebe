"""What is held against a statement of origin: each rule by itself, and never good by default."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.origin.facts import Cep, OriginComponent, Place
from supplier_qc.domain.origin.paper_findings import Light
from supplier_qc.domain.origin.reference import ReferenceLists
from supplier_qc.domain.origin.statement_lint import (
    CoveredItem,
    light_of,
    light_words,
    lint_paper,
)
from supplier_qc.domain.origin.statement_papers import (
    PLACES,
    CitedCep,
    Signature,
    StatementFact,
    StatementPaper,
    cited_cep,
    paper_of,
    value_problems,
)
from supplier_qc.domain.origin.text_mentions import TextMention
from supplier_qc.domain.origin.vocabulary import (
    DerivativeClass,
    Exposure,
    IssuerRole,
    SourceClass,
    Species,
    Tissue,
)
from tests.domain.origin.origin_facts import ON, shipped

F = StatementFact
SERUM = OriginComponent(
    name="Foetal blood",
    exposure=Exposure.PRIMARY,
    source=SourceClass.ANIMAL,
    species=Species.CATTLE,
    tissue=Tissue.BLOOD,
    derivative=DerivativeClass.SERUM_FOETAL,
    birth=Place("NZ"),
    rearing=Place("NZ"),
    slaughter=Place("NZ"),
)
HEPARIN = OriginComponent(
    name="Heparin",
    exposure=Exposure.TERTIARY,
    source=SourceClass.ANIMAL,
    species=Species.PIG,
    derivative=DerivativeClass.HEPARIN,
)
PLATELETS = OriginComponent(name="Platelets", source=SourceClass.HUMAN)
ITEM = CoveredItem(
    label="Serum (TS-1)", site="Hamilton", is_covered=True, names_site=True, components=(SERUM,)
)
GOOD = StatementPaper(
    issued_on=date(2026, 1, 15),
    issuer_role=IssuerRole.MANUFACTURER,
    signature=Signature.SIGNED,
    sources=frozenset({Species.CATTLE}),
    tissues=frozenset({Tissue.BLOOD}),
    countries={
        F.COUNTRY_OF_BIRTH: frozenset({"NZ"}),
        F.COUNTRY_OF_REARING: frozenset({"NZ"}),
        F.COUNTRY_OF_SLAUGHTER: frozenset({"NZ"}),
    },
    guidelines=("EMA/410/01 rev. 3", "Ph. Eur. 5.2.8"),
)


def found(
    paper: StatementPaper = GOOD,
    item: CoveredItem = ITEM,
    lists: ReferenceLists | None = None,
) -> list[tuple[str, Light, str]]:
    findings = lint_paper(paper, [item], lists or shipped(), ON)
    return [(one.rule_id, one.light, one.sentence) for one in findings]


def test_a_paper_that_fits_the_record_has_nothing_against_it() -> None:
    assert found() == []
    assert light_of([]) is Light.STANDS
    assert light_words(Light.STANDS) == "Nothing is found against it"


@pytest.mark.parametrize(
    ("changes", "rule", "light", "sentence"),
    [
        ({"issued_on": None}, "W-01", Light.WEAK, "The paper carries no date."),
        ({"issued_on": date(2023, 1, 1)}, "W-01", Light.WEAK,
         ("The paper of 2023-01-01 is older than the 24 months of our policy (Site policy default "
         "(convention)).")),
        ({"valid_until": date(2026, 2, 1)}, "W-02", Light.WEAK, "It was valid until 2026-02-01."),
        ({"issuer_role": IssuerRole.BROKER}, "W-05", Light.WEAK,
         "It was issued by a broker and not by the manufacturer."),
        ({"issuer_role": None}, "W-05", Light.UNKNOWN,
         "Whether the manufacturer or a broker issued it is not stated."),
        ({"guidelines": ()}, "W-06", Light.WEAK, "It cites no edition of a guideline."),
        ({"guidelines": ("EMEA/410/01 Rev. 02",)}, "W-06", Light.WEAK,
         "“EMEA/410/01 Rev. 02” is superseded; in force is EMA/410/01 rev. 3."),
        ({"guidelines": ("EMA/410/01",)}, "W-06", Light.UNKNOWN,
         "“EMA/410/01” is cited without its revision; in force is EMA/410/01 rev. 3."),
        ({"guidelines": ("EMA/410/01 rev. 4",)}, "W-06", Light.UNKNOWN,
         "The revision of “EMA/410/01 rev. 4” is not on our list; in force is EMA/410/01 rev. 3."),
        ({"guidelines": ("EMA/CHMP/1/2030",)}, "W-06", Light.UNKNOWN,
         "“EMA/CHMP/1/2030” is not on our list of guidelines: its edition is open."),
        ({"signature": Signature.UNSIGNED}, "W-07", Light.WEAK, "Nobody has signed it."),
        ({"signature": Signature.DECLARED_VALID}, "W-07", Light.WEAK,
         "Nobody has signed it: it declares itself valid without that."),
        ({"signature": None}, "W-07", Light.UNKNOWN, "Whether it is signed is not stated."),
        ({"cep": CitedCep("2004-123", "2"), "cep_valid_until": date(2026, 1, 1)}, "W-08",
         Light.WEAK, "CEP 2004-123 expired on 2026-01-01."),
        ({"cep": CitedCep("2004-123", "2")}, "W-08", Light.UNKNOWN,
         "Until when CEP 2004-123 is valid is not stated: look it up in the EDQM database."),
        ({"cep": CitedCep("2004-123", "2"), "cep_valid_from": date(2030, 1, 1),
          "cep_valid_until": date(2035, 1, 1)}, "W-08", Light.WEAK,
         "CEP 2004-123 is valid only from 2030-01-01."),
    ],
)  # fmt: skip
def test_each_flaw_of_the_paper_is_named(
    changes: dict[str, object], rule: str, light: Light, sentence: str
) -> None:
    assert found(replace(GOOD, **changes)) == [(rule, light, sentence)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("paper", "item", "rule", "light", "part"),
    [
        ({}, {"is_covered": False}, "W-03", Light.WEAK, "does not name our item"),
        ({}, {"is_covered": None}, "W-03", Light.UNKNOWN, "is not said"),
        ({}, {"names_site": False}, "W-04", Light.WEAK, "does not name the site Hamilton"),
        ({}, {"names_site": None}, "W-04", Light.UNKNOWN, "the site Hamilton is not said"),
        ({"sources": frozenset({"cattle", "pig"})}, {}, "W-09", Light.CONTRADICTED,
         "names porcine origin; no such component is recorded"),
        ({"countries": {F.COUNTRY_OF_ORIGIN: frozenset({"NZ"})}},
         {"components": (replace(SERUM, slaughter=Place("AU")),)}, "W-10", Light.CONTRADICTED,
         ("Of “Foetal blood” Australia (AU) is recorded as the country of slaughter or collection; "
         "the paper names New Zealand (NZ).")),
        ({}, {"components": (replace(SERUM, birth=None),)}, "W-10", Light.UNKNOWN,
         "country of birth is not recorded"),
        ({"denied": frozenset({"animal"}), "sources": frozenset()}, {}, "W-11",
         Light.CONTRADICTED, "denies animal origin, but “Foetal blood” (primary) is recorded"),
        ({"denied": frozenset({"pig"})}, {"components": (SERUM, HEPARIN)}, "W-11",
         Light.CONTRADICTED, "denies porcine origin, but “Heparin” (tertiary) is recorded"),
        ({}, {"components": (SERUM, HEPARIN)}, "W-12", Light.WEAK,
         "says nothing of “Heparin” (porcine), which is recorded"),
        ({}, {"components": (SERUM, PLATELETS)}, "W-12", Light.WEAK,
         "says nothing of “Platelets” (human), which is recorded"),
        ({"tissues": frozenset({Tissue.HIDE})}, {}, "W-13", Light.CONTRADICTED,
         "Of “Foetal blood” blood is recorded as the tissue; the paper names hide."),
        ({}, {"components": ()}, "W-14", Light.UNKNOWN, "No origin is recorded"),
    ],
)  # fmt: skip
def test_each_disagreement_with_the_record_is_named(
    paper: dict[str, object], item: dict[str, object], rule: str, light: Light, part: str
) -> None:
    findings = found(replace(GOOD, **paper), replace(ITEM, **item))  # type: ignore[arg-type]
    assert [(one[0], one[1]) for one in findings if part in one[2]] == [(rule, light)], findings


def test_a_finding_names_the_item_and_the_part_that_it_is_about() -> None:
    item = replace(ITEM, components=(SERUM, HEPARIN))
    (finding,) = lint_paper(GOOD, [item], shipped(), ON)
    assert (finding.rule_id, finding.item, finding.component) == (
        "W-12",
        "Serum (TS-1)",
        "Heparin",
    )


@pytest.mark.parametrize(
    ("recorded", "light", "part"),
    [
        (Cep(number="R1-CEP 2004-123", revision="Rev 02", valid_to=date(2030, 1, 1)), None, ""),
        (Cep(number="R1-CEP 2004-123-Rev 03"), Light.CONTRADICTED, "recorded is revision 3"),
        (Cep(number="R1-CEP 2004-123"), Light.UNKNOWN, "not stated on both sides"),
        (Cep(number="R0-CEP 2009-001-Rev 01"), Light.CONTRADICTED, "recorded is R0-CEP 2009-001"),
        (Cep(number="2004-123", revision="2", valid_to=date(2028, 1, 1)), Light.CONTRADICTED,
         "By the paper the CEP ends on 2030-01-01, by the record on 2028-01-01."),
    ],
)  # fmt: skip
def test_a_cited_cep_is_set_beside_the_recorded_one(
    recorded: Cep, light: Light | None, part: str
) -> None:
    paper = replace(GOOD, cep=CitedCep("2004-123", "2"), cep_valid_until=date(2030, 1, 1))
    item = replace(ITEM, components=(replace(SERUM, cep=recorded),))
    findings = found(paper, item)
    assert [one[1] for one in findings] == ([light] if light else [])
    assert all(part in one[2] for one in findings)


def mention(source: str, *, is_denied: bool = False) -> TextMention:
    return TextMention(
        source=source, is_denied=is_denied, literal="As printed.", page=2, paper="certificate 7"
    )


def test_a_paper_that_denies_what_a_certificate_names_is_contradicted() -> None:
    item = replace(ITEM, mentions=(mention("pig"), mention("pig")))
    denying = replace(GOOD, denied=frozenset({"pig"}))
    assert found(denying, item) == [
        ("W-15", Light.CONTRADICTED,
         "It denies porcine origin, but certificate 7, page 2, names it: “As printed.”")
    ]  # fmt: skip
    assert (
        found(replace(GOOD, denied=frozenset({"ruminant"})), replace(ITEM, components=()))[0][0]
        == "W-14"
    )


def test_a_paper_that_names_what_a_certificate_denies_is_contradicted() -> None:
    item = replace(ITEM, mentions=(mention("ruminant", is_denied=True),))
    assert [one[0] for one in found(item=item)] == ["W-15"]
    harmless = replace(ITEM, mentions=(mention("human", is_denied=True), mention("cattle")))
    assert found(item=harmless) == []


def test_without_lists_nothing_is_good() -> None:
    findings = found(lists=ReferenceLists())
    assert {one[0] for one in findings} == {"W-01", "W-06"}
    assert light_of(lint_paper(GOOD, [ITEM], ReferenceLists(), ON)) is Light.UNKNOWN


def test_a_paper_without_an_item_cannot_be_judged() -> None:
    assert [one.rule_id for one in lint_paper(GOOD, [], shipped(), ON)] == ["W-03"]


@given(st.sets(st.sampled_from(["issued_on", "issuer_role", "signature", "guidelines"])))
def test_leaving_out_what_a_paper_says_never_makes_it_better(gone: set[str]) -> None:
    empty = {name: () if name == "guidelines" else None for name in gone}
    poorer = replace(GOOD, **empty)  # type: ignore[arg-type]
    rank = list(Light).index
    assert rank(light_of(lint_paper(poorer, [ITEM], shipped(), ON))) >= rank(Light.STANDS)
    assert len(found(poorer)) >= len(gone)


@pytest.mark.parametrize(
    ("fact", "value", "is_fine"),
    [
        (F.SOURCE, "cattle", True),
        (F.SOURCE, "unicorn", False),
        (F.SOURCE, "animal", False),
        (F.DENIED_SOURCE, "animal", True),
        (F.COUNTRY_OF_BIRTH, "NZ", True),
        (F.COUNTRY_OF_BIRTH, "New Zealand", False),
        (F.ISSUED_ON, "2026-02-30", False),
        (F.ISSUED_ON, "2026-02-28", True),
        (F.CEP, "CEP 12", False),
        (F.CEP, "R1-CEP 2004-123-Rev 02", True),
        (F.PRODUCT_NAME, "x" * 301, False),
        (F.SIGNATURE, "", True),
    ],
)
def test_a_value_stands_only_where_its_fact_allows_it(
    fact: StatementFact, value: str, *, is_fine: bool
) -> None:
    assert bool(list(value_problems(fact, value))) is not is_fine


def test_values_make_up_a_paper() -> None:
    paper = paper_of([
        (F.ISSUED_ON, "2026-01-15"), (F.SOURCE, "cattle"), (F.SOURCE, "human"),
        (F.COUNTRY_OF_BIRTH, "NZ"), (F.TISSUE, "blood"), (F.ALL_PRODUCTS, "yes"),
        (F.CEP, "R1-CEP 2004-123-Rev 02"), (F.SIGNATURE, "signed"), (F.ISSUER_ROLE, "broker"),
    ])  # fmt: skip
    assert paper.sources == {"cattle", "human"}
    assert paper.countries == {F.COUNTRY_OF_BIRTH: {"NZ"}}
    assert (paper.cep, paper.covers_all_products) == (CitedCep("2004-123", "2"), True)
    assert (paper.signature, paper.issuer_role) == (Signature.SIGNED, IssuerRole.BROKER)
    assert set(paper.countries) <= set(PLACES)
    assert cited_cep("R0-CEP 2001-004") == CitedCep("2001-004", None)
