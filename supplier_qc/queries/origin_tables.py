"""EU Tables A, B and C, and the table of adventitious agents, from the recorded origin facts.

Table A follows the questions of the EU form beside EMA/410/01 (read in a secondary source): the
material with its manufacturer, species and tissue, country of the animals, TSE certificate of
suitability, use. Tables B and C ask the same of other animals and of human donors. The last is the
summary that section 3.2.A.2 of the common technical document rests on.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from supplier_qc.domain.catalogue import label
from supplier_qc.domain.origin.description import fact_pairs, phrase, step_words
from supplier_qc.domain.origin.engine import assess_item
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.findings import Assessment
from supplier_qc.domain.origin.listing import Listing, OriginTable, listings
from supplier_qc.domain.origin.reference import ReferenceLists
from supplier_qc.domain.origin.virus import reduction_claims
from supplier_qc.domain.origin.vocabulary import Level, SourceClass, words
from supplier_qc.exports.dossier_table import Column, DossierTable, TableRow
from supplier_qc.queries.dossier_records import DossierItem, DossierScope, list_items
from supplier_qc.queries.origin_facts import facts_of, stored_components
from supplier_qc.queries.reference_lists import reference_lists

NOT_STATED = "not stated"
STATUS = "Draft for editing; not a signed snapshot"

TITLES = {
    OriginTable.A: "Materials of species relevant for TSE",
    OriginTable.B: "Materials of other animal species",
    OriginTable.C: "Materials of human origin",
}
_QUESTIONS: dict[OriginTable, tuple[str, ...]] = {
    OriginTable.A: (
        "Species",
        "Tissue or fluid",
        "Material class",
        "Country of birth",
        "Country of rearing",
        "Country of slaughter or collection",
        "Slaughtered or collected on",
        "TSE certificate of suitability",
        "Use",
    ),
    OriginTable.B: (
        "Species",
        "Tissue or fluid",
        "Material class",
        "Country of slaughter or collection",
        "Slaughtered or collected on",
        "Use",
    ),
    OriginTable.C: (
        "Tissue or fluid",
        "Countries of the donors",
        "Licence",
        "Donors tested by serology",
        "Donors tested by nucleic-acid testing",
        "Pool",
        "Pathogen reduction",
        "Use",
    ),
}
"""Labels of `description.fact_pairs`, in the order of the form."""

_AGENTS_TITLE = "Tests, and steps that remove or inactivate"
_OPEN_TITLE = "Parts of materials that no table can list yet"


@dataclass(frozen=True, slots=True)
class _Listed:
    """One part of one item, with what is concluded of the whole item."""

    found: DossierItem
    listing: Listing
    assessment: Assessment


def origin_tables(
    session: Session, scope: DossierScope, *, now: datetime, author: str
) -> tuple[DossierTable, ...]:
    """Tables A, B, C, adventitious agents, and what cannot be placed, as the data stand at `now`.

    The number of statements does not grow with the items.
    """
    items = list_items(session, scope)
    lists = reference_lists(session)
    listed = list(_listed(session, items, scope, lists, now))
    parts = [
        (table.name, f"Table {table.name}", TITLES[table], _table_columns(table))
        for table in OriginTable
    ]
    rows = {
        table.name: [_table_row(one, table) for one in listed if one.listing.table is table]
        for table in OriginTable
    }
    parts.append(("agents", "Adventitious agents", _AGENTS_TITLE, _AGENT_COLUMNS))
    rows["agents"] = [_agents_row(one) for one in listed if one.listing.table is not None]
    parts.append(("open", "Not placed", _OPEN_TITLE, _OPEN_COLUMNS))
    rows["open"] = list(_open_rows(items, listed))
    return tuple(
        DossierTable(
            section=name,
            title=title,
            status=STATUS,
            facts=_facts(scope, items),
            columns=columns,
            rows=rows[key],
            remarks=(),
            cut_off_at=now,
            author=author,
        )
        for key, name, title, columns in parts
    )


def _listed(
    session: Session,
    items: Sequence[DossierItem],
    scope: DossierScope,
    lists: ReferenceLists,
    now: datetime,
) -> Iterator[_Listed]:
    stored = stored_components(session, [found.item.id for found in items])
    for found in items:
        facts = facts_of(stored.get(found.item.id, ()))
        assessment = assess_item(facts, scope.authority, lists, now.date())
        for listing in listings(facts, lists, now.date()):
            yield _Listed(found, listing, assessment)


def _facts(scope: DossierScope, items: Sequence[DossierItem]) -> tuple[tuple[str, str], ...]:
    return (
        ("Target authority", words(scope.authority)),
        ("Use", label(scope.use)),
        ("Sources", "all proposed" if scope.include_not_approved else "approved only"),
        ("Materials looked at", str(len(items))),
    )


def _columns(headings: Iterable[str]) -> tuple[Column, ...]:
    return tuple(Column(heading, 1.0) for heading in headings)


def _table_columns(table: OriginTable) -> tuple[Column, ...]:
    shown = ("Material and part", "Manufacturer and site", *_QUESTIONS[table], "Conclusion")
    return _columns(shown)


_AGENT_COLUMNS = _columns(
    (
        "Material and part",
        "Species and tissue",
        "Tested, not detected",
        "Detected",
        "Steps that remove or inactivate",
        "Claimed reduction, with evidence",
        "Open findings",
    )
)
_OPEN_COLUMNS = _columns(("Material and part", "Manufacturer and site", "What is open"))


def _table_row(one: _Listed, table: OriginTable) -> TableRow:
    pairs = dict(fact_pairs(one.listing.part))
    answers = (pairs.get(question) or NOT_STATED for question in _QUESTIONS[table])
    return TableRow((_name(one), _maker(one.found), *answers, _conclusion(one, table)), ())


def _name(one: _Listed) -> str:
    item = one.found.item
    return f"{one.found.material.name} ({item.catalogue_number}): {one.listing.path}"


def _maker(found: DossierItem) -> str:
    """The manufacturer and never a broker, as the form asks."""
    address = ", ".join(line.strip() for line in found.site.address.splitlines() if line.strip())
    return f"{found.manufacturer.name}, {found.site.name}, {address}, {found.site.country}"


def _conclusion(one: _Listed, table: OriginTable) -> str:
    authority = words(one.assessment.authority)
    if table is OriginTable.C:
        verdict = one.assessment.human_verdict
        return f"{authority}: donor evidence {words(verdict)}" if verdict else NOT_STATED
    levels = [
        found.level
        for found in one.assessment.component_levels
        if found.component == one.listing.path
    ]
    level = levels[0] if levels else Level.UNKNOWN
    return f"{authority}: TSE risk {words(level)}"


def _agents_row(one: _Listed) -> TableRow:
    part = one.listing.part
    pairs = dict(fact_pairs(part))
    claims = (
        f"{words(claim.family)} {claim.log10} log10"
        + (f" (steps of one kind: {', '.join(claim.repeated)})" if claim.repeated else "")
        for claim in reduction_claims(part.process)
    )
    return TableRow(
        (
            _name(one),
            _source(part),
            pairs.get("Tested, not detected") or NOT_STATED,
            pairs.get("Detected") or "nothing recorded",
            "; ".join(map(step_words, part.process)) or "none recorded",
            "; ".join(claims) or "none claimed",
            " ".join(_open_findings(one)) or "none",
        ),
        (),
    )


def _source(part: OriginComponent) -> str:
    origin = "human" if part.source is SourceClass.HUMAN else None
    species = phrase(part.species) if part.species else None
    tissue = phrase(part.tissue) if part.tissue else "tissue not stated"
    return f"{origin or species or NOT_STATED}, {tissue}"


def _open_findings(one: _Listed) -> list[str]:
    """What the rules of virus safety and of human donors miss in this part."""
    open_gaps = set(one.assessment.gaps)
    return [
        rule.sentence
        for rule in one.assessment.fired
        if rule.component == one.listing.path
        and rule.rule_id.startswith(("V", "H"))
        and f"{rule.component}: {rule.sentence}" in open_gaps
    ]


def _open_rows(items: Sequence[DossierItem], listed: Sequence[_Listed]) -> Iterator[TableRow]:
    with_facts = {one.found.item.id for one in listed}
    for found in items:
        if found.item.id not in with_facts:
            name = f"{found.material.name} ({found.item.catalogue_number})"
            yield TableRow((name, _maker(found), "No origin facts are recorded."), ())
    for one in listed:
        if one.listing.open_question:
            yield TableRow((_name(one), _maker(one.found), one.listing.open_question), ())
