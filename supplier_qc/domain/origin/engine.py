"""From origin facts to a conclusion per target authority, and the worst across authorities."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from supplier_qc.domain.origin.country_status import PlaceStatus, place_words
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.findings import (
    NOTHING,
    Assessment,
    ComponentLevel,
    CounterFact,
    Findings,
    FiredRule,
    HumanVerdict,
    OverallAssessment,
)
from supplier_qc.domain.origin.human import judge_human
from supplier_qc.domain.origin.reference import ReferenceLists, citations
from supplier_qc.domain.origin.ruminant import judge
from supplier_qc.domain.origin.statements import lint
from supplier_qc.domain.origin.virus import virus_findings
from supplier_qc.domain.origin.vocabulary import (
    Authority,
    BseStatus,
    IndirectOrigin,
    Level,
    ListAuthority,
    SourceClass,
    Species,
    words,
)
from supplier_qc.domain.origin.weighing import worst_level

_PATH = " › "


@dataclass(frozen=True, slots=True)
class _Question:
    """For whom, by which list and on which day a component is judged."""

    authority: Authority
    list_authority: ListAuthority
    lists: ReferenceLists
    on: date


@dataclass(frozen=True, slots=True)
class _Part:
    """What one component by itself contributes."""

    path: str
    level: Level
    findings: Findings
    places: tuple[PlaceStatus, ...] = ()
    human_verdict: HumanVerdict | None = None


def assess(
    component: OriginComponent, authority: Authority, lists: ReferenceLists, on: date
) -> Assessment:
    """The conclusion on a component and all that is beneath it, for one authority."""
    return assess_item((component,), authority, lists, on)


def assess_item(
    components: Sequence[OriginComponent], authority: Authority, lists: ReferenceLists, on: date
) -> Assessment:
    """The conclusion on an item with all its components; none at all is unknown."""
    target = lists.target_list(authority, on)
    if target is None:
        return _unjudged(
            authority, on, f"No row says which country list {words(authority)} goes by."
        )
    if not components:
        return _unjudged(authority, on, "No component with its origin is recorded.")
    question = _Question(authority, target.list_authority, lists, on)
    parts = tuple(part for component in components for part in _parts(component, "", question))
    return _assembled(parts, question)


def assess_all(
    components: Sequence[OriginComponent],
    authorities: Sequence[Authority],
    lists: ReferenceLists,
    on: date,
) -> OverallAssessment:
    """Each authority by itself, the worst of them, and where their lists disagree (T16)."""
    by_authority = tuple(
        assess_item(components, authority, lists, on) for authority in sorted(set(authorities))
    )
    level = worst_level(tuple(assessment.level for assessment in by_authority))
    return OverallAssessment(
        by_authority=by_authority,
        level=level,
        blocks=not by_authority or any(assessment.blocks for assessment in by_authority),
        disagreements=_disagreements(by_authority, level, lists, on),
    )


def status_changes(
    previous: Assessment, current: Assessment, lists: ReferenceLists
) -> tuple[FiredRule, ...]:
    """T17: places whose status differs from the one that the previous assessment used."""
    before = {(p.component, p.role, p.place): p for p in previous.places}
    return tuple(
        FiredRule(
            rule_id="T17",
            component=place.component,
            level=current.level,
            facts=(f"before: {old.words()}", f"now: {place.words()}"),
            sentence="The status of a country changed since the last assessment, so it was made "
            f"again: {words(previous.level)} before, {words(current.level)} now.",
            citations=place.citations + lists.basis("T17", current.on),
        )
        for place in current.places
        if (old := before.get((place.component, place.role, place.place))) is not None
        and old.status is not place.status
    )


# --- one component -------------------------------------------------------------------------------


def _parts(component: OriginComponent, above: str, question: _Question) -> Iterator[_Part]:
    """The component and, with their paths, all components beneath it."""
    path = f"{above}{_PATH}{component.name}" if above else component.name
    part = _by_source(component, path, question)
    indirect = _indirect_origin(component, path, question)
    level = worst_level((part.level, *(rule.level for rule in indirect.fired if rule.level)))
    statements = lint(component, path, question.lists, question.on)
    yield replace(part, level=level, findings=part.findings + indirect + statements)
    for child in component.components:
        yield from _parts(child, path, question)


def _by_source(component: OriginComponent, path: str, question: _Question) -> _Part:
    if component.source is SourceClass.UNANSWERED:
        return _unknown(path, question, "source: unanswered", "The class of the source is not "
                        "answered.", "Stating the source")  # fmt: skip
    if component.source is SourceClass.HUMAN:
        human = judge_human(component.human, path, question.lists, question.on)
        return _Part(path, Level.NOT_APPLICABLE, human.findings, human_verdict=human.verdict)
    if component.source is SourceClass.ANIMAL:
        return _animal(component, path, question)
    return _Part(path, Level.NOT_APPLICABLE, NOTHING)


def _animal(component: OriginComponent, path: str, question: _Question) -> _Part:
    species = component.species
    if species is None:
        return _unknown(path, question, "species: not stated", "The species is not stated.",
                        "Stating the species")  # fmt: skip
    rows = question.lists.species_rows(species, question.on)
    if not rows:
        return _unknown(
            path,
            question,
            f"species: {words(species)}",
            f"No row says whether {words(species)} is relevant for TSE.",
            "A row for the species",
        )
    if any(row.is_tse_relevant for row in rows):
        return _relevant(component, species, path, question)
    return _irrelevant(component, species, path, question)


def _relevant(
    component: OriginComponent, species: Species, path: str, question: _Question
) -> _Part:
    lists, on = question.lists, question.on
    result = judge(component, species, path, question.list_authority, lists, on)
    virus = virus_findings(component, path, question.authority, result.places, lists, on)
    none_on_file = Findings(gaps=("No statement of the manufacturer on TSE is on file.",))
    statements = NOTHING if component.statements else none_on_file
    return _Part(path, result.level, result.findings + virus + statements, result.places)


def _irrelevant(
    component: OriginComponent, species: Species, path: str, question: _Question
) -> _Part:
    lists, on = question.lists, question.on
    cited = citations(lists.species_rows(species, on)) + lists.basis("T03", on)
    rule = FiredRule(
        rule_id="T03",
        component=path,
        level=Level.NOT_APPLICABLE,
        facts=(f"species: {words(species)}",),
        sentence=f"{words(species).capitalize()} is not a species relevant for TSE; the virus "
        "findings remain.",
        citations=cited,
    )
    virus = virus_findings(component, path, question.authority, (), lists, on)
    return _Part(path, Level.NOT_APPLICABLE, Findings((rule,)) + virus)


def _unknown(path: str, question: _Question, fact: str, reason: str, remedy: str) -> _Part:
    return _Part(path, Level.UNKNOWN, _blocking(path, question, fact, reason, remedy))


def _blocking(path: str, question: _Question, fact: str, reason: str, remedy: str) -> Findings:
    """T02: what is not answered is unknown, and unknown blocks."""
    rule = FiredRule(
        rule_id="T02",
        component=path,
        level=Level.UNKNOWN,
        facts=(fact,),
        sentence=f"{reason} What is not known is never taken as low.",
        citations=question.lists.basis("T02", question.on),
        counter_facts=(CounterFact(f"{remedy} would let the level be judged.", None),),
    )
    return Findings((rule,), (reason,))


def _indirect_origin(component: OriginComponent, path: str, question: _Question) -> Findings:
    """Every component answers whether anything else of animal or human origin is behind it."""
    answer = component.indirect_origin
    fact = f"indirect origin: {words(answer)}"
    if answer is IndirectOrigin.UNANSWERED:
        return _blocking(path, question, fact, "Whether anything of animal or human origin was "
                         "used in the making is not answered.", "Answering it")  # fmt: skip
    if answer is IndirectOrigin.SOME and not component.components:
        return _blocking(path, question, fact, "Something of animal or human origin was used in "
                         "the making, and it is not named.", "Naming it")  # fmt: skip
    if component.source in {SourceClass.ANIMAL, SourceClass.HUMAN, SourceClass.UNANSWERED}:
        return NOTHING
    rule = FiredRule(
        rule_id="T01",
        component=path,
        level=Level.NOT_APPLICABLE,
        facts=(f"source: {words(component.source)}", fact),
        sentence="No animal or human origin, and the question of indirect origin is answered.",
        citations=question.lists.basis("T01", question.on),
    )
    return Findings((rule,))


# --- all components ------------------------------------------------------------------------------


def _assembled(parts: tuple[_Part, ...], question: _Question) -> Assessment:
    level = worst_level(tuple(part.level for part in parts))
    verdict = _human_verdict(parts)
    gaps = {f"{part.path}: {gap}" for part in parts for gap in part.findings.gaps}
    return Assessment(
        authority=question.authority,
        on=question.on,
        level=level,
        blocks=level in {Level.CRITICAL, Level.UNKNOWN} or verdict is HumanVerdict.GAPS,
        fired=tuple(sorted((rule for part in parts for rule in part.findings.fired), key=_order)),
        gaps=tuple(sorted(gaps)),
        list_edition=_edition_words(question),
        places=tuple(sorted((place for part in parts for place in part.places), key=repr)),
        component_levels=tuple(
            sorted((ComponentLevel(part.path, part.level) for part in parts), key=repr)
        ),
        human_verdict=verdict,
    )


def _order(rule: FiredRule) -> tuple[str, str, str]:
    return (rule.component, rule.rule_id, repr(rule))


def _human_verdict(parts: tuple[_Part, ...]) -> HumanVerdict | None:
    verdicts = {part.human_verdict for part in parts} - {None}
    if not verdicts:
        return None
    return HumanVerdict.GAPS if HumanVerdict.GAPS in verdicts else HumanVerdict.COMPLETE


def _edition_words(question: _Question) -> str:
    edition = question.lists.list_edition(question.list_authority, question.on)
    if edition is None:
        return f"no {words(question.list_authority)} list loaded"
    return f"{words(question.list_authority)}: {edition.citation.words()}"


def _unjudged(authority: Authority, on: date, reason: str) -> Assessment:
    return Assessment(
        authority=authority,
        on=on,
        level=Level.UNKNOWN,
        blocks=True,
        fired=(),
        gaps=(reason,),
        list_edition="none",
        places=(),
        component_levels=(),
        human_verdict=None,
    )


def _disagreements(
    assessments: tuple[Assessment, ...], level: Level, lists: ReferenceLists, on: date
) -> tuple[FiredRule, ...]:
    """T16: one rule for each place whose status differs between the lists."""
    by_place: dict[tuple[str, str, str], list[tuple[Authority, PlaceStatus]]] = defaultdict(list)
    for assessment in assessments:
        for place in assessment.places:
            where = place_words(place.place) if place.place else ""
            by_place[place.component, place.role, where].append((assessment.authority, place))
    return tuple(
        _disagreement(judged, level, lists, on)
        for _, judged in sorted(by_place.items())
        if len(_statuses_by_authority(judged)) > 1
    )


def _statuses_by_authority(
    judged: list[tuple[Authority, PlaceStatus]],
) -> set[frozenset[BseStatus | None]]:
    """The different answers; components of one name may give an authority more than one."""
    answers: dict[Authority, set[BseStatus | None]] = defaultdict(set)
    for authority, place in judged:
        answers[authority].add(place.status)
    return {frozenset(statuses) for statuses in answers.values()}


def _disagreement(
    judged: list[tuple[Authority, PlaceStatus]], level: Level, lists: ReferenceLists, on: date
) -> FiredRule:
    facts = tuple(f"{words(authority)}: {place.words()}" for authority, place in judged)
    cited = {citation for _, place in judged for citation in place.citations}
    return FiredRule(
        rule_id="T16",
        component=judged[0][1].component,
        level=level,
        facts=facts,
        sentence="The lists disagree; each authority is shown by its own list, and the overall "
        f"flag takes the worst, {words(level)}.",
        citations=tuple(sorted(cited, key=lambda citation: citation.words()))
        + lists.basis("T16", on),
    )
