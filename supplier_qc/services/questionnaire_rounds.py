"""Rounds of questionnaires: sent, withdrawn, handed over for review, returned, reviewed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.catalogue import EvidenceKind, EvidenceResult
from supplier_qc.domain.entered_text import one_line, optional_line, paragraphs, text_problems
from supplier_qc.domain.evidence_details import EvidenceDetails
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.questionnaires.judging import Judgement, judge
from supplier_qc.domain.questionnaires.rounds import (
    RoundState,
    answering_problems,
    review_problems,
    sending_problems,
)
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.domain.signatures import SignatureMeaning, SignedRecord
from supplier_qc.persistence.tables import (
    ManufacturerItem,
    Organisation,
    QuestionnaireRound,
    QuestionnaireVersion,
    Site,
)
from supplier_qc.queries.questionnaire_rounds import answers_of, dates_of
from supplier_qc.queries.questionnaires import questionnaire_of, versions_in_force
from supplier_qc.services.evidence import EvidenceDraft, file_evidence
from supplier_qc.services.signing import sign
from supplier_qc.services.transaction import Change, changing, check_version

ROUND = "Round of a questionnaire"
_LONGEST_CONCLUSION = 8_000


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """Without `item_id` and `site_id` it is about all that the organisation makes."""

    questionnaire_id: int
    sent_on: date
    due_on: date
    item_id: int | None = None
    site_id: int | None = None
    sent_to: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """`conclusion` says why; `version` is the one of the round that the reviewer saw."""

    result: EvidenceResult
    conclusion: str
    version: int
    password: str


def send_questionnaire(
    sessions: sessionmaker[Session],
    organisation_id: int,
    draft: RoundDraft,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Record that a questionnaire was sent; returns the number of the round."""
    with changing(sessions, AuditAction.QUESTIONNAIRE_SENT, actor=actor, now=now) as change:
        person_id = check_editor(actor)
        organisation = change.get(Organisation, organisation_id, "Vendor")
        version = change.get(QuestionnaireVersion, draft.questionnaire_id, "Questionnaire")
        Refused.unless_empty(_draft_problems(change, organisation, draft))
        sent = QuestionnaireRound(
            questionnaire=version,
            organisation=organisation,
            item_id=draft.item_id,
            site_id=draft.site_id,
            sent_on=draft.sent_on,
            due_on=draft.due_on,
            sent_to=optional_line(draft.sent_to),
            sent_by_id=person_id,
        )
        change.session.add(sent)
        change.session.flush()  # the number is the audit entry's subject
        change.about(sent, label_of(sent))
        return sent.id


def withdraw_round(
    sessions: sessionmaker[Session],
    round_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """End a round that nothing will come of; what was answered stays on file."""
    action = AuditAction.QUESTIONNAIRE_WITHDRAWN
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        check_editor(actor)
        found = open_round(change, round_id, version)
        found.withdrawn_on = now.date()
        change.about(found, label_of(found))


def hand_over_round(
    sessions: sessionmaker[Session],
    round_id: int,
    answered_on: date,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Close the answers and put them up for review; `answered_on` is the day the supplier did.

    Raises Refused with every required question that is open.
    """
    action = AuditAction.QUESTIONNAIRE_HANDED_OVER
    with changing(sessions, action, actor=actor, now=now) as change:
        person_id = check_editor(actor)
        found = open_round(change, round_id, version)
        if found.answered_on is not None:
            raise Refused("The answers wait for their review already.")
        Refused.unless_empty(
            answering_problems(judgement_of(found), answered_on, dates_of(found), now.date())
        )
        found.answered_on, found.answered_by_id = answered_on, person_id
        change.about(found, label_of(found))


def return_round(
    sessions: sessionmaker[Session],
    round_id: int,
    *,
    version: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Open the answers again, for example to ask the supplier about some of them."""
    action = AuditAction.QUESTIONNAIRE_RETURNED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        if not actor.may(Permission.REVIEW_QUESTIONNAIRE):
            raise NotPermitted("Your roles do not include the review of questionnaires.")
        found = open_round(change, round_id, version)
        if found.answered_on is None:
            raise Refused("The answers are open already.")
        found.answered_on = found.answered_by_id = None
        change.about(found, label_of(found))


def review_round(
    sessions: sessionmaker[Session],
    round_id: int,
    review: Review,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Sign the result and put it on file as evidence; returns the number of the evidence.

    The answers and the round are fixed from then on. Raises Refused with every reason against it,
    NotPermitted or WrongPassword.
    """
    conclusion = paragraphs(review.conclusion)
    action = AuditAction.QUESTIONNAIRE_REVIEWED
    with changing(sessions, action, actor=actor, now=now, reason=conclusion) as change:
        found = open_round(change, round_id, review.version)
        change.about(found, label_of(found))
        Refused.unless_empty(_review_problems(found, review.result, conclusion, actor))
        evidence = file_evidence(
            change, found.organisation, _paper(found, review.result), found.document
        )
        found.evidence, found.result, found.conclusion = evidence, review.result, conclusion
        found.reviewed_by_id, found.reviewed_at = actor.person_id, now
        change.session.flush()  # the signature is bound to the version that results
        sign(
            change,
            SignedRecord(found.__tablename__, found.id, found.version, signed_content(found)),
            meaning=SignatureMeaning.REVIEWED,
            password=review.password,
            permission=Permission.REVIEW_QUESTIONNAIRE,
        )
        return evidence.id


def signed_content(found: QuestionnaireRound) -> dict[str, object]:
    """All that the reviewer saw and concluded. Where the vendor is merged this stays as it was."""
    return {
        "questionnaire_id": found.questionnaire_id,
        "sent_on": found.sent_on,
        "answered_on": found.answered_on,
        "answers": [
            [one.question_id, one.state.value, one.value, one.remark, one.evidence_id]
            for one in sorted(found.answers, key=lambda answer: answer.question_id)
        ],
        "result": found.result.value if found.result else None,
        "conclusion": found.conclusion,
        "evidence_id": found.evidence_id,
    }


def check_editor(actor: Actor) -> int:
    """The person's number; raises NotPermitted for who may not send and type."""
    if not actor.may(Permission.EDIT_CATALOGUE) or actor.person_id is None:
        raise NotPermitted("Your roles do not include sending and answering questionnaires.")
    return actor.person_id


def open_round(change: Change, round_id: int, version: int) -> QuestionnaireRound:
    """The round as the person saw it; refused once it is reviewed or withdrawn."""
    found = change.get(QuestionnaireRound, round_id, ROUND)
    check_version(found, version)
    if dates_of(found).state in {RoundState.REVIEWED, RoundState.WITHDRAWN}:
        raise Refused("The round has ended; nothing of it is changed any more.")
    return found


def judgement_of(found: QuestionnaireRound) -> Judgement:
    return judge(questionnaire_of(found.questionnaire), answers_of(found))


def label_of(found: QuestionnaireRound) -> str:
    version = found.questionnaire
    return f"{version.title}, version {version.number}, {found.organisation.name}"


def _review_problems(
    found: QuestionnaireRound, result: EvidenceResult, conclusion: str, actor: Actor
) -> Iterator[str]:
    if found.answered_on is None:
        yield "The answers are not handed over for review yet."
    typed_by = {one.entered_by_id for one in found.answers}
    if found.answered_by_id is not None:
        typed_by.add(found.answered_by_id)
    yield from review_problems(judgement_of(found), result, actor.person_id, typed_by)
    yield from text_problems("The conclusion", conclusion, longest=_LONGEST_CONCLUSION)


def _paper(found: QuestionnaireRound, result: EvidenceResult) -> EvidenceDraft:
    version = found.questionnaire
    return EvidenceDraft(
        kind=EvidenceKind.QUESTIONNAIRE,
        title=one_line(f"Questionnaire: {version.title}"),
        item_id=found.item_id,
        site_id=found.site_id,
        reference=f"Round {found.id}, version {version.number} of the questions",
        issued_by=found.organisation.name,
        issued_on=found.answered_on,
        details=EvidenceDetails(result=result),
    )


def _draft_problems(change: Change, organisation: Organisation, draft: RoundDraft) -> Iterator[str]:
    today = change.now.date()
    if draft.questionnaire_id not in versions_in_force(change.session, today):
        yield "This version is not in force; choose the one that is."
    if organisation.retired_on is not None:
        yield f"{organisation.name} is retired; bring it back first."
    yield from sending_problems(draft.sent_on, draft.due_on, today)
    yield from text_problems("Sent to", optional_line(draft.sent_to), longest=200)
    if draft.item_id is not None and draft.site_id is not None:
        yield "A round is about an item or a site, not both; an item has one site."
    yield from _scope_problems(change, organisation, draft)


def _scope_problems(change: Change, organisation: Organisation, draft: RoundDraft) -> Iterator[str]:
    if draft.site_id is not None:
        site = change.session.get(Site, draft.site_id)
        if site is None or site.organisation_id != organisation.id:
            yield "The site is not one of this vendor."
        elif site.retired_on is not None:
            yield f"The site {site.name} is retired."
    if draft.item_id is not None:
        item = change.session.get(ManufacturerItem, draft.item_id)
        if item is None or item.site.organisation_id != organisation.id:
            yield "The item is not made by this vendor."
        elif item.retired_on is not None:
            yield f"The item {item.name} is retired."
