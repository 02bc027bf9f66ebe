"""Disposition of a lot: states, moves and what blocks a release."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Disposition(StrEnum):
    QUARANTINE = "quarantine"
    RELEASED = "released"
    REJECTED = "rejected"


class ResultSource(StrEnum):
    CERTIFICATE = "certificate"  # the manufacturer's value
    OWN_TEST = "own_test"  # tested here
    BY_HAND = "by_hand"  # copied from paper, no file
    CONFORMITY = "conformity"  # stated on a certificate of conformity, which holds no data


FROM_A_FILE = frozenset({ResultSource.CERTIFICATE, ResultSource.CONFORMITY})
"""Sources whose results name the row of the certificate they came from."""

_NO_SPECIFICATION = (
    "The item has no approved specification, so no result can be judged. "
    "Have a specification approved first."
)

MOVES: dict[Disposition, frozenset[Disposition]] = {
    Disposition.QUARANTINE: frozenset({Disposition.RELEASED, Disposition.REJECTED}),
    Disposition.RELEASED: frozenset({Disposition.QUARANTINE, Disposition.REJECTED}),
    Disposition.REJECTED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class LotReviewFacts:
    """What a release decision rests on; attribute names are those of our specification."""

    disposition: Disposition
    specification_version: int | None
    failed: Sequence[str]
    not_evaluable: Sequence[str]
    missing: Sequence[str]
    identity_lines: Sequence[str]
    identity_tested_here: Sequence[str]
    identity_required: bool
    expires_on: date | None
    open_certificates: int


def release_blockers(facts: LotReviewFacts, today: date) -> tuple[str, ...]:
    """Every reason why the lot cannot be released today; empty when it can.

    The identity test by the user for each lot follows 21 CFR 211.84(d)(2) (secondary source);
    it is asked for only where the specification marks a line as an identity test.
    """
    return (
        *_move_blockers(facts, Disposition.RELEASED),
        *_specification_blockers(facts),
        *_result_blockers(facts),
        *_expiry_blockers(facts, today),
        *_identity_blockers(facts),
    )


def reject_blockers(facts: LotReviewFacts) -> tuple[str, ...]:
    return _move_blockers(facts, Disposition.REJECTED)


def quarantine_blockers(facts: LotReviewFacts) -> tuple[str, ...]:
    return _move_blockers(facts, Disposition.QUARANTINE)


_STANDS = {
    Disposition.QUARANTINE: "in quarantine",
    Disposition.RELEASED: "released",
    Disposition.REJECTED: "rejected",
}
_BECOMES = {
    Disposition.QUARANTINE: "put back into quarantine",
    Disposition.RELEASED: "released",
    Disposition.REJECTED: "rejected",
}


def _move_blockers(facts: LotReviewFacts, target: Disposition) -> tuple[str, ...]:
    if target in MOVES[facts.disposition]:
        return ()
    return (f"A lot that is {_STANDS[facts.disposition]} cannot be {_BECOMES[target]}.",)


def _specification_blockers(facts: LotReviewFacts) -> tuple[str, ...]:
    if facts.specification_version is None:
        return (_NO_SPECIFICATION,)
    return ()


def _result_blockers(facts: LotReviewFacts) -> tuple[str, ...]:
    blockers = []
    if facts.open_certificates:
        blockers.append(
            f"{facts.open_certificates} certificate of this lot is still under review."
            if facts.open_certificates == 1
            else f"{facts.open_certificates} certificates of this lot are still under review."
        )
    blockers += [f"{name}: fails our limit." for name in facts.failed]
    blockers += [f"{name}: could not be judged." for name in facts.not_evaluable]
    blockers += [f"{name}: no result." for name in facts.missing]
    return tuple(blockers)


def _expiry_blockers(facts: LotReviewFacts, today: date) -> tuple[str, ...]:
    if facts.expires_on is None:
        return ("The lot has no expiry date.",)
    if facts.expires_on < today:
        return (f"The lot expired on {facts.expires_on.isoformat()}.",)
    return ()


def _identity_blockers(facts: LotReviewFacts) -> tuple[str, ...]:
    if not facts.identity_required:
        return ()
    untested = [name for name in facts.identity_lines if name not in facts.identity_tested_here]
    source = "21 CFR 211.84(d)(2) expects one by the user for each lot; secondary source"
    return tuple(
        f"{name}: no identity test of our own for this lot ({source})." for name in untested
    )
