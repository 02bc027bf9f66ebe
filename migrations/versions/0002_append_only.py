"""what is only ever added stays as it was added

Revision ID: 0002
Revises: 0001

The database itself refuses to change or remove audit entries, signatures, documents and frozen
baselines, to alter what a reader found on a page or what an edition of a list says, and to touch
the lines of a specification that is no longer a draft.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0002"
down_revision: str | Sequence[str] | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

APPEND_ONLY = (
    "audit_entry",
    "signature",
    "document",
    "control_baseline",
    "control_baseline_lot",
    "origin_assessment",
    "dossier_export",
    "reference_row",
    "reference_verification",
    "origin_reassessment",
)
KEPT = (
    "person",
    "organisation",
    "site",
    "material",
    "manufacturer_item",
    "certificate",
    "lot",
    "lot_result",
    "qualification",
    "evidence",
    "notice",
    "message",
    "residual_limit",
    "requalification_policy",
    "list_edition",
    "requalification_cause",
)
LITERALS = (
    ("certificate_field", "literal"),
    ("certificate_row", "literals"),
    ("lot_result", "literal"),
)
AS_LOADED = (("list_edition", "kind"), ("list_edition", "sha256"), ("list_edition", "label"))
NOT_DRAFT = (
    "(SELECT status FROM specification WHERE specification.id = OLD.specification_id) <> 'draft'"
)


def _triggers() -> list[tuple[str, str, str, str, str]]:
    """Name, table, event, condition and message of each trigger."""
    triggers = []
    for table in APPEND_ONLY:
        for event in ("UPDATE", "DELETE"):
            name = f"{table}_no_{event.lower()}"
            triggers.append((name, table, event, "", f"{table} is append-only"))
    triggers += [
        (f"{table}_no_delete", table, "DELETE", "", f"{table} is never deleted") for table in KEPT
    ]
    for table, column in LITERALS:
        message = f"{table}.{column} is what stood on the page"
        condition = f"OLD.{column} IS NOT NULL AND NEW.{column} <> OLD.{column}"
        triggers.append((f"{table}_{column}_kept", table, "UPDATE", condition, message))
    for table, column in AS_LOADED:
        condition = f"NEW.{column} <> OLD.{column}"
        message = f"{table}.{column} stays as it was loaded"
        triggers.append((f"{table}_{column}_kept", table, "UPDATE", condition, message))
    for event in ("UPDATE", "DELETE"):
        name = f"specification_line_no_{event.lower()}"
        message = "the specification is no longer a draft"
        triggers.append((name, "specification_line", event, NOT_DRAFT, message))
    return triggers


def upgrade() -> None:
    for name, table, event, condition, message in _triggers():
        if op.get_bind().dialect.name == "sqlite":
            _create_on_sqlite(name, table, event, condition, message)
        else:
            _create_on_postgresql(name, table, event, condition, message)


def _create_on_sqlite(name: str, table: str, event: str, condition: str, message: str) -> None:
    when = f"WHEN {condition} " if condition else ""
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when}"
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _create_on_postgresql(name: str, table: str, event: str, condition: str, message: str) -> None:
    # JSON has no equality on PostgreSQL, so both sides are compared as text.
    condition = condition.replace(
        "NEW.literals <> OLD.literals", "NEW.literals::text <> OLD.literals::text"
    )
    test = condition or "true"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {test or 'true'} THEN RAISE EXCEPTION '{message}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        f"RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def downgrade() -> None:
    for name, table, _event, _condition, _message in _triggers():
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
