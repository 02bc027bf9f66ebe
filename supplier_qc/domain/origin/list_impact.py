"""What other lists would change in conclusions: before and after, authority by authority."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from supplier_qc.domain.origin.engine import assess_item, status_changes
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.origin.findings import Assessment, FiredRule
from supplier_qc.domain.origin.reference import ReferenceLists
from supplier_qc.domain.origin.vocabulary import Authority, severity, words

Facts = tuple[OriginComponent, ...]


@dataclass(frozen=True, slots=True)
class AuthorityChange:
    """One authority's conclusion by the lists before and by those after; the facts are the same.

    `statuses` are the places whose status differs (T17).
    """

    before: Assessment
    after: Assessment
    statuses: tuple[FiredRule, ...]

    @property
    def authority(self) -> Authority:
        return self.after.authority

    @property
    def is_worse(self) -> bool:
        """A more severe level, or a block where there was none."""
        rises = severity(self.after.level) > severity(self.before.level)
        return rises or (self.after.blocks and not self.before.blocks)

    @property
    def rules_gone(self) -> tuple[FiredRule, ...]:
        return _only(self.before, self.after)

    @property
    def rules_new(self) -> tuple[FiredRule, ...]:
        return _only(self.after, self.before)

    def said(self) -> list[dict[str, object]]:
        """What is said no more (`before`) or anew (`after`), rule by rule, as JSON values."""
        sides = (("before", self.rules_gone), ("after", (*self.rules_new, *self.statuses)))
        return [
            {"side": side, "rule": rule.rule_id, "component": rule.component,
             "sentence": rule.sentence, "facts": list(rule.facts)}
            for side, rules in sides
            for rule in rules
        ]  # fmt: skip

    def words(self) -> str:
        """As in `EU: low before, high now`."""
        before, after = words(self.before.level), words(self.after.level)
        blocks = ", blocks" if self.after.blocks and not self.before.blocks else ""
        return f"{words(self.authority)}: {before} before, {after} now{blocks}"


@dataclass(slots=True)
class Reassessment:
    """Assesses by both lists. Equal facts are assessed once, however many lots share them."""

    authorities: Sequence[Authority]
    before: ReferenceLists
    after: ReferenceLists
    on: date
    _known: dict[str, tuple[AuthorityChange, ...]] = field(default_factory=dict)

    def of(self, facts: Facts) -> tuple[AuthorityChange, ...]:
        """The authorities whose conclusion would be another one; empty when none is."""
        # The text of frozen values tells 30 from 30.0, which are equal but read differently.
        key = repr(facts)
        if key not in self._known:
            self._known[key] = self.alone(facts)
        return self._known[key]

    def alone(self, facts: Facts) -> tuple[AuthorityChange, ...]:
        """The same, without looking at what was assessed before."""
        changes = (self._change(facts, authority) for authority in self.authorities)
        return tuple(change for change in changes if change is not None)

    def _change(self, facts: Facts, authority: Authority) -> AuthorityChange | None:
        before = assess_item(facts, authority, self.before, self.on)
        after = assess_item(facts, authority, self.after, self.on)
        if _concluded(before) == _concluded(after):
            return None
        return AuthorityChange(before, after, status_changes(before, after, self.after))


def cause_words(changes: Iterable[AuthorityChange]) -> str:
    """Why a source is qualified again: the authorities whose conclusion got worse."""
    worse = [change.words() for change in changes if change.is_worse]
    return "; ".join(dict.fromkeys(worse))


def _concluded(assessment: Assessment) -> tuple[object, ...]:
    """What is concluded and why; which rows are cited for it is left out."""
    return (
        assessment.level,
        assessment.blocks,
        assessment.human_verdict,
        assessment.gaps,
        sorted(map(_said, assessment.fired)),
    )


def _said(rule: FiredRule) -> tuple[str, ...]:
    counter = (repr(fact) for fact in rule.counter_facts)
    return (rule.component, rule.rule_id, str(rule.level), rule.sentence, *rule.facts, *counter)


def _only(one: Assessment, other: Assessment) -> tuple[FiredRule, ...]:
    known = {_said(rule) for rule in other.fired}
    return tuple(rule for rule in one.fired if _said(rule) not in known)
