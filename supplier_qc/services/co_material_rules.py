"""Which preparation pulls in which material: rules that are superseded, never edited."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.entered_text import one_line, text_problems
from supplier_qc.domain.origin.co_materials import CoMaterialRule, rule_problems
from supplier_qc.domain.people import Actor, Permission
from supplier_qc.domain.refusals import NotPermitted, Refused
from supplier_qc.persistence.tables import CoMaterialRuleRow
from supplier_qc.queries.co_materials import list_rules
from supplier_qc.services.evidence_policy import OWN_RULE
from supplier_qc.services.transaction import changing


def supersede_co_material_rule(
    sessions: sessionmaker[Session],
    rule: CoMaterialRule,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Put a rule in the place of the one for the same preparation and component, or add it.

    Returns its number. Components recorded before stay; items are asked again when they change.
    """
    action = AuditAction.CO_MATERIAL_RULE_SUPERSEDED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        if not actor.may(Permission.DECIDE_QUALIFICATION):
            raise NotPermitted("Your roles do not include the rules on co-materials.")
        component = one_line(rule.component)
        Refused.unless_empty(
            [
                *rule_problems(rule, list_rules(change.session), now.date()),
                *text_problems("The material", component, longest=200, required=True),
                *text_problems("The source", one_line(rule.source), longest=300, required=True),
            ]
        )
        table = CoMaterialRuleRow
        for one in change.session.scalars(
            select(table).where(table.preparation == rule.preparation).with_for_update()
        ):
            if one.component.casefold() == component.casefold():
                one.valid_to = one.valid_to or rule.valid_from
        added = CoMaterialRuleRow(
            preparation=rule.preparation,
            component=component,
            source_class=rule.source_class,
            species=rule.species,
            derivative=rule.derivative,
            valid_from=rule.valid_from,
            mark=OWN_RULE,
            source=one_line(rule.source),
        )
        change.session.add(added)
        change.session.flush()  # the number is the audit entry's subject
        change.about(added, f"{component} by {rule.preparation.value}")
        return added.id
