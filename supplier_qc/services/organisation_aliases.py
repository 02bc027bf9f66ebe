"""Other names by which an organisation is known."""

from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from supplier_qc.domain.audit import AuditAction
from supplier_qc.domain.entered_text import compared, one_line, text_problems
from supplier_qc.domain.people import Actor
from supplier_qc.domain.refusals import Refused
from supplier_qc.persistence.tables import Organisation, OrganisationAlias
from supplier_qc.services.transaction import changing
from supplier_qc.services.vendors import VENDOR


def add_alias(
    sessions: sessionmaker[Session],
    organisation_id: int,
    name: str,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    action = AuditAction.ORGANISATION_ALIAS_ADDED
    with changing(sessions, action, actor=actor, now=now) as change:
        organisation = change.get(Organisation, organisation_id, VENDOR)
        name = one_line(name)
        problems = list(text_problems("The other name", name, longest=200, required=True))
        known = [organisation.name, *(alias.name for alias in organisation.aliases)]
        if compared(name) in {compared(one) for one in known}:
            problems.append(f"{organisation.name} is known by this name already.")
        Refused.unless_empty(problems)
        alias = OrganisationAlias(organisation_id=organisation.id, name=name)
        change.session.add(alias)
        change.session.flush()  # its search term carries its number
        change.about(organisation, organisation.name)
        return alias.id


def remove_alias(
    sessions: sessionmaker[Session],
    alias_id: int,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Take a name away that was wrong; the audit trail keeps it."""
    action = AuditAction.ORGANISATION_ALIAS_REMOVED
    with changing(sessions, action, actor=actor, now=now, reason=reason) as change:
        alias = change.get(OrganisationAlias, alias_id, "Other name")
        change.about(alias.organisation, alias.organisation.name)
        change.session.delete(alias)
