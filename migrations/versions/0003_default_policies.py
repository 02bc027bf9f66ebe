"""how often a source is qualified again, until the user's own policy says otherwise

Revision ID: 0003
Revises: 0002

Three rows, one a risk class. They are conventions of the field and no legal requirement; a user
supersedes them with rows of their own.
"""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | Sequence[str] | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

VALID_FROM = date(2020, 1, 1)
SOURCE = (
    "industry practice without a legal source, 12 to 24 months for critical, 24 to 36 for major "
    "and 36 to 60 for minor materials; the shortest of each is taken"
)
INTERVALS = (("critical", 12), ("major", 24), ("minor", 36))

policy = sa.table(
    "requalification_policy",
    sa.column("id", sa.Integer),
    sa.column("risk_class", sa.String),
    sa.column("interval_months", sa.Integer),
    sa.column("valid_from", sa.Date),
    sa.column("mark", sa.String),
    sa.column("source", sa.Text),
)
qualification = sa.table("qualification", sa.column("policy_row_id", sa.Integer))
NO_DELETE = "requalification_policy_no_delete"


def upgrade() -> None:
    """Add each row, unless one of this risk class and day stayed behind from before."""
    for risk_class, months in INTERVALS:
        there = sa.select(policy.c.id).where(
            policy.c.risk_class == risk_class, policy.c.valid_from == VALID_FROM
        )
        if op.get_bind().execute(there).first() is None:
            op.execute(
                policy.insert().values(
                    risk_class=risk_class,
                    interval_months=months,
                    valid_from=VALID_FROM,
                    mark="C",
                    source=SOURCE,
                )
            )


def downgrade() -> None:
    """Take the rows back, but for those that a decision already rests on."""
    used = sa.select(qualification.c.policy_row_id).where(
        qualification.c.policy_row_id.is_not(None)
    )
    remove = policy.delete().where(
        policy.c.valid_from == VALID_FROM, policy.c.source == SOURCE, policy.c.id.not_in(used)
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {NO_DELETE}")
        op.execute(remove)
        op.execute(
            f"CREATE TRIGGER {NO_DELETE} BEFORE DELETE ON requalification_policy FOR EACH ROW "
            "BEGIN SELECT RAISE(ABORT, 'requalification_policy is never deleted'); END"
        )
        return
    op.execute(f"ALTER TABLE requalification_policy DISABLE TRIGGER {NO_DELETE}")
    op.execute(remove)
    op.execute(f"ALTER TABLE requalification_policy ENABLE TRIGGER {NO_DELETE}")
