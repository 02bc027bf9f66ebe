"""Rules W-01 to W-15: what is to be held against a statement of origin, as it is on paper.

A statement is a claim of its issuer and weak evidence by itself. What cannot be judged is said and
is never good.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from supplier_qc.domain.origin.cited_guidelines import guideline_findings
from supplier_qc.domain.origin.description import phrase
from supplier_qc.domain.origin.evidence_age import age_problem
from supplier_qc.domain.origin.facts import OpenEnded, OriginComponent, possible_tissues
from supplier_qc.domain.origin.nesting import walk
from supplier_qc.domain.origin.paper_findings import Light, PaperFinding
from supplier_qc.domain.origin.reference import ReferenceLists
from supplier_qc.domain.origin.statement_papers import (
    HUMAN,
    Signature,
    StatementFact,
    StatementPaper,
    cited_cep,
    is_of_source,
    place_words,
    source_words,
)
from supplier_qc.domain.origin.statements import TSE_STATEMENT
from supplier_qc.domain.origin.text_mentions import TextMention, recorded_of
from supplier_qc.domain.origin.vocabulary import IssuerRole, SourceClass, Species, words


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredItem:
    """An item that the paper is held to cover, with its recorded origin.

    `is_covered` and `names_site` are None while nobody has said. `mentions` are those of the
    item's confirmed certificates.
    """

    label: str
    site: str
    is_covered: bool | None
    names_site: bool | None
    components: tuple[OriginComponent, ...] = ()
    mentions: tuple[TextMention, ...] = ()


def lint_paper(
    paper: StatementPaper, items: Sequence[CoveredItem], lists: ReferenceLists, on: date
) -> tuple[PaperFinding, ...]:
    """All findings on the paper and on each item, in the order of the rules."""
    findings = [*_of_paper(paper, lists, on)]
    if not items:
        findings.append(
            PaperFinding("W-03", Light.UNKNOWN, "No item is named that the paper is to cover.")
        )
    for item in items:
        findings += _of_item(paper, item)
    return tuple(sorted(findings, key=lambda one: one.rule_id))


# --- the paper by itself --------------------------------------------------------------------------


def _of_paper(paper: StatementPaper, lists: ReferenceLists, on: date) -> Iterator[PaperFinding]:
    yield from _age(paper, lists, on)
    if paper.valid_until is not None and paper.valid_until < on:
        yield PaperFinding(
            "W-02", Light.WEAK, f"It was valid until {paper.valid_until.isoformat()}."
        )
    yield from _issuer(paper)
    yield from guideline_findings(paper.guidelines, lists, on)
    yield from _signature(paper)
    yield from _cep_validity(paper, on)


def _age(paper: StatementPaper, lists: ReferenceLists, on: date) -> Iterator[PaperFinding]:
    problem = age_problem(TSE_STATEMENT, paper.issued_on, lists, on)
    if problem is not None:
        judged = paper.issued_on is None or lists.policy(TSE_STATEMENT, on) is not None
        yield PaperFinding("W-01", Light.WEAK if judged else Light.UNKNOWN, f"The paper {problem}.")


def _issuer(paper: StatementPaper) -> Iterator[PaperFinding]:
    if paper.issuer_role is IssuerRole.BROKER:
        yield PaperFinding(
            "W-05", Light.WEAK, "It was issued by a broker and not by the manufacturer."
        )
    elif paper.issuer_role is None:
        yield PaperFinding(
            "W-05", Light.UNKNOWN, "Whether the manufacturer or a broker issued it is not stated."
        )


def _signature(paper: StatementPaper) -> Iterator[PaperFinding]:
    if paper.signature is Signature.UNSIGNED:
        yield PaperFinding("W-07", Light.WEAK, "Nobody has signed it.")
    elif paper.signature is Signature.DECLARED_VALID:
        yield PaperFinding(
            "W-07", Light.WEAK, "Nobody has signed it: it declares itself valid without that."
        )
    elif paper.signature is None:
        yield PaperFinding("W-07", Light.UNKNOWN, "Whether it is signed is not stated.")


def _cep_validity(paper: StatementPaper, on: date) -> Iterator[PaperFinding]:
    if paper.cep is None:
        return
    named = f"CEP {paper.cep.number}"
    if paper.cep_valid_until is not None and paper.cep_valid_until < on:
        ended = paper.cep_valid_until.isoformat()
        yield PaperFinding("W-08", Light.WEAK, f"{named} expired on {ended}.")
    elif paper.cep_valid_from is not None and paper.cep_valid_from > on:
        begins = paper.cep_valid_from.isoformat()
        yield PaperFinding("W-08", Light.WEAK, f"{named} is valid only from {begins}.")
    elif paper.cep_valid_until is None:
        yield PaperFinding(
            "W-08",
            Light.UNKNOWN,
            f"Until when {named} is valid is not stated: look it up in the EDQM database.",
        )


# --- the paper beside one item --------------------------------------------------------------------


def _of_item(paper: StatementPaper, item: CoveredItem) -> Iterator[PaperFinding]:
    for rule, found in _ITEM_RULES:
        for one in found(paper, item):
            yield PaperFinding(rule, one.light, one.sentence, item.label, one.component)
    if not item.components:
        yield PaperFinding(
            "W-14",
            Light.UNKNOWN,
            "No origin is recorded, so that nothing can be set beside the paper.",
            item.label,
        )


class _Found(NamedTuple):
    """`component` names the recorded part that the sentence is about."""

    light: Light
    sentence: str
    component: str = ""


_Findings = Iterator[_Found]


def _item_coverage(paper: StatementPaper, item: CoveredItem) -> _Findings:
    if item.is_covered is False:
        yield _Found(Light.WEAK, "The paper does not name our item.")
    elif item.is_covered is None and not paper.covers_all_products:
        yield _Found(Light.UNKNOWN, "Whether the paper covers our item is not said.")


def _site_coverage(paper: StatementPaper, item: CoveredItem) -> _Findings:
    del paper
    if item.names_site is False:
        yield _Found(Light.WEAK, f"The paper does not name the site {item.site}.")
    elif item.names_site is None:
        yield _Found(
            Light.UNKNOWN, f"Whether the paper holds for the site {item.site} is not said."
        )


def _other_revision(paper: StatementPaper, item: CoveredItem) -> _Findings:
    if paper.cep is None:
        return
    recorded = [part.cep for part in _parts(item) if part.cep is not None]
    numbered = [(cep, cited_cep(cep.number) or cited_cep(f"CEP {cep.number}")) for cep in recorded]
    same = [cep for cep, read in numbered if read and read.number == paper.cep.number]
    if recorded and not same:
        names = ", ".join(cep.number for cep in recorded)
        yield _Found(Light.CONTRADICTED, f"It cites CEP {paper.cep.number}; recorded is {names}.")
    for cep, read in numbered:
        if cep in same:
            revision = _plain(cep.revision) or (read.revision if read else None)
            yield from _revision(paper.cep.number, paper.cep.revision, revision)
            yield from _other_end(paper, cep.valid_to)


def _revision(number: str, cited: str | None, recorded: str | None) -> _Findings:
    if cited is None or recorded is None:
        yield _Found(Light.UNKNOWN, f"The revision of CEP {number} is not stated on both sides.")
    elif cited != recorded:
        yield _Found(
            Light.CONTRADICTED,
            f"It cites revision {cited} of CEP {number}; recorded is revision {recorded}.",
        )


def _other_end(paper: StatementPaper, recorded: date | OpenEnded | None) -> _Findings:
    stated = paper.cep_valid_until
    if stated is not None and isinstance(recorded, date) and recorded != stated:
        yield _Found(
            Light.CONTRADICTED,
            f"By the paper the CEP ends on {stated.isoformat()}, by the record on "
            f"{recorded.isoformat()}.",
        )


def _plain(revision: str | None) -> str | None:
    """The number of a revision, so that "Rev 02" and "2" are one."""
    digits = "".join(sign for sign in revision or "" if sign.isdigit())
    return digits.lstrip("0") or ("0" if digits else None)


def _other_species(paper: StatementPaper, item: CoveredItem) -> _Findings:
    for source in sorted(paper.sources):
        if item.components and not recorded_of(source, item.components):
            yield _Found(
                Light.CONTRADICTED,
                f"It names {source_words(source)} origin; no such component is recorded.",
            )


def _other_country(paper: StatementPaper, item: CoveredItem) -> _Findings:
    for part in _parts(item):
        if part.source is not SourceClass.ANIMAL or not _is_meant(part, paper):
            continue
        for fact, what, place in (
            (StatementFact.COUNTRY_OF_BIRTH, "birth", part.birth),
            (StatementFact.COUNTRY_OF_REARING, "rearing", part.rearing),
            (StatementFact.COUNTRY_OF_SLAUGHTER, "slaughter or collection", part.slaughter),
        ):
            stated = paper.countries.get(fact) or paper.countries.get(
                StatementFact.COUNTRY_OF_ORIGIN, frozenset()
            )
            if stated:
                yield from _country(part.name, what, stated, place.country if place else None)


def _country(name: str, what: str, stated: frozenset[str], recorded: str | None) -> _Findings:
    if recorded is None:
        yield _Found(
            Light.UNKNOWN,
            f"Of “{name}” the country of {what} is not recorded; the paper names "
            f"{place_words(stated)}.",
            name,
        )
    elif recorded not in stated:
        yield _Found(
            Light.CONTRADICTED,
            f"Of “{name}” {place_words([recorded])} is recorded as the country of {what}; the "
            f"paper names {place_words(stated)}.",
            name,
        )


def _is_meant(part: OriginComponent, paper: StatementPaper) -> bool:
    """A paper on bovine serum says nothing of where the porcine heparin comes from."""
    species = {one for one in paper.sources if one != HUMAN}
    return not species or part.species is None or part.species in species


def _denied(paper: StatementPaper, item: CoveredItem) -> _Findings:
    for source in sorted(paper.denied):
        for part in recorded_of(source, item.components):
            near = f" ({words(part.exposure)})" if part.exposure else ""
            yield _Found(
                Light.CONTRADICTED,
                f"It denies {source_words(source)} origin, but “{part.name}”{near} is recorded.",
                part.name,
            )


def _not_named(paper: StatementPaper, item: CoveredItem) -> _Findings:
    """A source that is recorded and that the paper neither names nor denies is not covered."""
    for part in _parts(item):
        if part.source not in (SourceClass.ANIMAL, SourceClass.HUMAN):
            continue
        said = paper.sources | paper.denied
        if not any(is_of_source(source, part.species, part.source) for source in said):
            of = source_words(HUMAN if part.source is SourceClass.HUMAN else part.species or "")
            yield _Found(
                Light.WEAK,
                f"It says nothing of “{part.name}”{f' ({of})' if of else ''}, which is recorded.",
                part.name,
            )


def _other_tissue(paper: StatementPaper, item: CoveredItem) -> _Findings:
    for part in _parts(item):
        recorded = possible_tissues(part)
        is_animal = part.source is SourceClass.ANIMAL
        if not is_animal or not paper.tissues or not _is_meant(part, paper):
            continue
        named = ", ".join(sorted(map(phrase, paper.tissues)))
        if not recorded:
            yield _Found(
                Light.UNKNOWN,
                f"Of “{part.name}” no tissue is recorded; the paper names {named}.",
                part.name,
            )
        elif not recorded & paper.tissues:
            own = ", ".join(sorted(map(phrase, recorded)))
            yield _Found(
                Light.CONTRADICTED,
                f"Of “{part.name}” {own} is recorded as the tissue; the paper names {named}.",
                part.name,
            )


def _against_certificates(paper: StatementPaper, item: CoveredItem) -> _Findings:
    for mention in _each_once(item.mentions):
        if not mention.is_denied and _denies(paper, mention.source):
            said = source_words(mention.source)
            yield _Found(
                Light.CONTRADICTED,
                f"It denies {said} origin, but {mention.paper}, page {mention.page}, names it: "
                f"“{mention.literal}”",
            )
        elif mention.is_denied and _names(paper, mention.source):
            said = source_words(mention.source)
            yield _Found(
                Light.CONTRADICTED,
                f"It names {said} origin, but {mention.paper}, page {mention.page}, denies it: "
                f"“{mention.literal}”",
            )


def _each_once(mentions: Sequence[TextMention]) -> list[TextMention]:
    return list(
        {(one.source, one.is_denied, one.paper): one for one in reversed(mentions)}.values()
    )[::-1]


def _denies(paper: StatementPaper, source: str) -> bool:
    """Whether what the paper denies takes in this source."""
    if source == HUMAN:
        return HUMAN in paper.denied
    species = Species(source) if source in set(Species) else None
    return any(
        source == denied or is_of_source(denied, species, SourceClass.ANIMAL)
        for denied in paper.denied
    )


def _names(paper: StatementPaper, denied: str) -> bool:
    """Whether a source that the paper names falls under what a certificate denies."""
    if denied == HUMAN:
        return False  # "not for use in humans" denies no origin
    return any(
        is_of_source(denied, Species(source), SourceClass.ANIMAL)
        for source in paper.sources
        if source != HUMAN
    )


def _parts(item: CoveredItem) -> list[OriginComponent]:
    return [part for component in item.components for _, part in walk(component)]


_ITEM_RULES: tuple[tuple[str, Callable[[StatementPaper, CoveredItem], _Findings]], ...] = (
    ("W-03", _item_coverage),
    ("W-04", _site_coverage),
    ("W-08", _other_revision),
    ("W-09", _other_species),
    ("W-10", _other_country),
    ("W-11", _denied),
    ("W-12", _not_named),
    ("W-13", _other_tissue),
    ("W-15", _against_certificates),
)


def light_of(findings: Sequence[PaperFinding]) -> Light:
    """The worst of the findings; without any the paper stands."""
    return max((one.light for one in findings), key=list(Light).index, default=Light.STANDS)


def light_words(light: Light) -> str:
    return _LIGHT_WORDS[light]


_LIGHT_WORDS: dict[StrEnum, str] = {
    Light.STANDS: "Nothing is found against it",
    Light.UNKNOWN: "Cannot be judged in full",
    Light.WEAK: "Weak evidence",
    Light.CONTRADICTED: "Contradicts what is on file",
}
