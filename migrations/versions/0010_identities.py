"""other names, distributors' numbers, composition and suitability

Revision ID: 0010
Revises: 0009
"""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from alembic import op

from supplier_qc.domain.search import search_key
from supplier_qc.persistence.row_guards import append_only, guard_rows, never_deleted, unguard_rows
from supplier_qc.persistence.table_changes import change_table

revision: str = "0010"
down_revision: str | Sequence[str] | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FOUND_BY = (
    ("organisation", "name", "SELECT id, name FROM organisation"),
    ("site", "name", "SELECT id, name FROM site"),
    ("material", "code", "SELECT id, code FROM material"),
    ("material", "name", "SELECT id, name FROM material"),
    ("manufacturer_item", "catalogue_number", "SELECT id, catalogue_number FROM manufacturer_item"),
    ("manufacturer_item", "name", "SELECT id, name FROM manufacturer_item"),
    ("lot", "manufacturer_lot", "SELECT id, manufacturer_lot FROM lot"),
    ("lot", "internal_number", "SELECT id, internal_number FROM lot"),
    ("evidence", "reference", "SELECT id, reference FROM evidence"),
    ("evidence", "title", "SELECT id, title FROM evidence"),
    (
        "certificate",
        "file",
        "SELECT certificate.id, filename FROM certificate, document WHERE document.id = document_id",
    ),
    *(
        (
            "certificate",
            field,
            f"SELECT certificate_id, coalesce(value, literal) FROM certificate_field WHERE field = '{field}'",  # noqa: S608 -- names of our own
        )
        for field in ("lot_number", "catalog_number", "product_name", "purchase_order")
    ),
)
"""Which records were on file before they were found by their names: kind, name, where it stands."""


PREPARATIONS = (
    "not_recorded",
    "other",
    "lysate_depleted",
    "lysate_not_depleted",
    "lysate_not_stated",
)
TOXICITIES = ("not_recorded", "toxic", "not_toxic")
INTENDED_USES = ("not_stated", "as_licensed", "for_further_manufacture", "diagnostic", "research")
SOURCE_CLASSES = (
    "animal",
    "human",
    "synthetic_or_mineral",
    "plant",
    "microbial",
    "unanswered",
)
SPECIES = (
    "cattle",
    "buffalo",
    "sheep",
    "goat",
    "deer",
    "pig",
    "horse",
    "rabbit",
    "rodent",
    "bird",
    "fish",
    "primate",
    "other",
)
DERIVATIVES = (
    "serum_foetal",
    "serum_newborn",
    "serum_calf",
    "serum_donor",
    "serum_adult",
    "albumin",
    "transferrin",
    "thrombin",
    "gelatin",
    "collagen",
    "tallow_derivative",
    "milk_derivative",
    "wool_derivative",
    "charcoal",
    "peptone",
    "heparin",
    "trypsin",
    "other",
)
MERGED = {
    "fk_organisation_merged_into_id_organisation": (
        "FOREIGN KEY(merged_into_id) REFERENCES organisation (id)"
    ),
    "ck_organisation_not_merged_into_itself": "CHECK (merged_into_id <> id)",
    "ck_organisation_merged_is_retired": (
        "CHECK (merged_into_id IS NULL OR retired_on IS NOT NULL)"
    ),
}
GUARDS = (
    *append_only("import_run"),
    *never_deleted("distributor_item", "co_material_rule", "media_suitability"),
)
LYSATE_SOURCE = (
    "lysate from which fibrinogen was not removed gels in medium without heparin (synapse.koreamed"
    ".org/articles/1144543); the heparin is porcine as a rule, so confirm the species"
)


def upgrade() -> None:
    _search_terms()
    _retired_and_merged()
    _facts_of_identity()
    _distributor_items()
    _material_uses()
    _co_material_rules()
    _imports()
    _media_suitability()
    guard_rows(op.get_bind(), GUARDS)


def downgrade() -> None:
    unguard_rows(op.get_bind(), GUARDS)
    for table in (
        "media_suitability",
        "import_run",
        "own_number",
        "co_material_rule",
        "material_use",
        "distributor_item",
    ):
        op.drop_table(table)
    connection = op.get_bind()
    doses = "ck_product_doses_per_batch_positive"
    change_table(connection, "product", columns_gone=("doses_per_batch",), without=(doses,))
    _without(connection, "manufacturer_item", "intended_use", "preparation")
    _without(connection, "material", "toxicity")
    op.drop_table("organisation_alias")
    op.drop_index("ix_organisation_merged_into_id", "organisation")
    change_table(
        connection,
        "organisation",
        columns_gone=("retired_on", "merged_into_id"),
        without=tuple(MERGED),
    )
    for table in ("site", "manufacturer_item"):
        change_table(connection, table, columns_gone=("retired_on",))
    op.drop_table("search_term")


def _without(connection: sa.Connection, table: str, *columns: str) -> None:
    checks = tuple(f"ck_{table}_{column}" for column in columns)
    change_table(connection, table, columns_gone=columns, without=checks)


def _controlled(name: str, values: Sequence[str], *, nullable: bool = False) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kind, nullable=nullable)


def _retired_and_merged() -> None:
    connection = op.get_bind()
    retired = sa.Column("retired_on", sa.Date(), nullable=True)
    merged = sa.Column("merged_into_id", sa.Integer(), nullable=True)
    change_table(connection, "organisation", columns=(retired, merged), constraints=MERGED)
    op.create_index("ix_organisation_merged_into_id", "organisation", ["merged_into_id"])
    for table in ("site", "manufacturer_item"):
        column = sa.Column("retired_on", sa.Date(), nullable=True)
        change_table(connection, table, columns=(column,))
    op.create_table(
        "organisation_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.CheckConstraint("trim(name) <> ''", name=op.f("ck_organisation_alias_name_not_blank")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_alias_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_alias")),
        sa.UniqueConstraint(
            "organisation_id", "name", name=op.f("uq_organisation_alias_organisation_id_name")
        ),
    )
    op.create_index(
        op.f("ix_organisation_alias_organisation_id"), "organisation_alias", ["organisation_id"]
    )


def _facts_of_identity() -> None:
    connection = op.get_bind()
    for table, name, values in (
        ("material", "toxicity", TOXICITIES),
        ("manufacturer_item", "intended_use", INTENDED_USES),
        ("manufacturer_item", "preparation", PREPARATIONS),
    ):
        listed = ", ".join(f"'{value}'" for value in values)
        change_table(
            connection,
            table,
            columns=(sa.Column(name, sa.String(length=40), nullable=False),),
            constraints={f"ck_{table}_{name}": f"CHECK ({name} IN ({listed}))"},
            fill={name: f"'{values[0]}'"},
        )
    change_table(
        connection,
        "product",
        columns=(sa.Column("doses_per_batch", sa.Integer(), nullable=True),),
        constraints={"ck_product_doses_per_batch_positive": "CHECK (doses_per_batch > 0)"},
    )


def _distributor_items() -> None:
    decimal = sa.Text().with_variant(sa.Numeric(), "postgresql")
    op.create_table(
        "distributor_item",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("distributor_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=60), nullable=False),
        sa.Column("pack_quantity", decimal, nullable=False),
        sa.Column("pack_unit", sa.String(length=40), nullable=False),
        sa.Column("price", decimal, nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("priced_on", sa.Date(), nullable=True),
        sa.Column("lead_time_days", sa.Integer(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.CheckConstraint("trim(sku) <> ''", name=op.f("ck_distributor_item_sku_not_blank")),
        sa.CheckConstraint(
            "(price IS NULL) = (currency IS NULL) AND (price IS NULL) = (priced_on IS NULL)",
            name=op.f("ck_distributor_item_price_has_currency_and_day"),
        ),
        sa.CheckConstraint(
            "length(currency) = 3", name=op.f("ck_distributor_item_currency_of_three_letters")
        ),
        sa.CheckConstraint(
            "lead_time_days >= 0", name=op.f("ck_distributor_item_lead_time_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["distributor_id"],
            ["organisation.id"],
            name=op.f("fk_distributor_item_distributor_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["manufacturer_item.id"],
            name=op.f("fk_distributor_item_item_id_manufacturer_item"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distributor_item")),
        sa.UniqueConstraint(
            "distributor_id", "sku", name=op.f("uq_distributor_item_distributor_id_sku")
        ),
    )
    for column in ("distributor_id", "item_id"):
        op.create_index(op.f(f"ix_distributor_item_{column}"), "distributor_item", [column])


def _material_uses() -> None:
    decimal = sa.Text().with_variant(sa.Numeric(), "postgresql")
    op.create_table(
        "material_use",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("process_step", sa.String(length=200), nullable=False),
        sa.Column("amount_per_batch", decimal, nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "trim(process_step) <> ''", name=op.f("ck_material_use_process_step_not_blank")
        ),
        sa.ForeignKeyConstraint(
            ["material_id"], ["material.id"], name=op.f("fk_material_use_material_id_material")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_material_use_product_id_product")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_use")),
        sa.UniqueConstraint(
            "material_id",
            "product_id",
            "process_step",
            name=op.f("uq_material_use_material_id_product_id_process_step"),
        ),
    )
    for column in ("material_id", "product_id"):
        op.create_index(op.f(f"ix_material_use_{column}"), "material_use", [column])


def _co_material_rules() -> None:
    table = op.create_table(
        "co_material_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        _controlled("preparation", PREPARATIONS),
        sa.Column("component", sa.String(length=200), nullable=False),
        _controlled("source_class", SOURCE_CLASSES),
        _controlled("species", SPECIES, nullable=True),
        _controlled("derivative", DERIVATIVES),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("mark", sa.String(length=2), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "valid_to > valid_from", name=op.f("ck_co_material_rule_validity_in_order")
        ),
        sa.CheckConstraint("mark IN ('V', 'V2', 'K', 'C')", name=op.f("ck_co_material_rule_mark")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_co_material_rule")),
        sa.UniqueConstraint(
            "preparation",
            "component",
            "valid_from",
            name=op.f("uq_co_material_rule_preparation_component_valid_from"),
        ),
    )
    op.bulk_insert(
        table,
        [
            {"preparation": preparation, "component": "Heparin", "source_class": "animal"}
            | {"species": "pig", "derivative": "heparin", "valid_from": date(2020, 1, 1)}
            | {"mark": "V", "source": LYSATE_SOURCE}
            for preparation in ("lysate_not_depleted", "lysate_not_stated")
        ],
    )


def _imports() -> None:
    op.create_table(
        "own_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_type", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.CheckConstraint("trim(number) <> ''", name=op.f("ck_own_number_number_not_blank")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_number")),
        sa.UniqueConstraint(
            "subject_type", "number", name=op.f("uq_own_number_subject_type_number")
        ),
    )
    op.create_index("ix_own_number_subject", "own_number", ["subject_type", "subject_id"])
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_import_run_sha256_hex")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_import_run_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_index(op.f("ix_import_run_sha256"), "import_run", ["sha256"])


def _media_suitability() -> None:
    op.create_table(
        "media_suitability",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        _controlled("tissue", ("bone_marrow", "adipose", "cord_tissue", "cord_blood")),
        _controlled("process", ("planar", "microcarrier", "hollow_fibre", "fixed_bed")),
        _controlled("result", ("suitable", "with_limits", "inconclusive", "not_suitable")),
        sa.Column("tested_on", sa.Date(), nullable=False),
        sa.Column("report", sa.String(length=200), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "trim(report) <> ''", name=op.f("ck_media_suitability_report_not_blank")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["manufacturer_item.id"],
            name=op.f("fk_media_suitability_item_id_manufacturer_item"),
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["evidence.id"],
            name=op.f("fk_media_suitability_evidence_id_evidence"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_suitability")),
    )
    op.create_index(op.f("ix_media_suitability_item_id"), "media_suitability", ["item_id"])


def _search_terms() -> None:
    table = op.create_table(
        "search_term",
        sa.Column("subject_type", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("literal", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject_type", "subject_id", "field", name="pk_search_term"),
    )
    op.create_index("ix_search_term_key", "search_term", ["key"])
    for kind, field, statement in FOUND_BY:
        found = op.get_bind().execute(sa.text(statement)).all()
        rows = [
            {"subject_type": kind, "subject_id": number, "field": field}
            | {"literal": literal, "key": search_key(literal)}
            for number, literal in found
            if search_key(literal)
        ]
        if rows:
            op.bulk_insert(table, rows)
