"""What the demo story is made of: plain records that name each other by key.

Keys are short words of the story (`larkfen`, `lysate`); they never reach a page. Numbers are
text in the way a paper prints them, so that each passes through the product's own reading.
"""

from dataclasses import dataclass
from datetime import date

from supplier_qc.domain.catalogue import (
    ContactFunction,
    EvidenceKind,
    Grade,
    MaterialCategory,
    OrganisationRole,
    RiskClass,
    UseScope,
)
from supplier_qc.domain.evidence_details import NO_DETAILS, EvidenceDetails
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.media_suitability import (
    CultureProcess,
    SuitabilityResult,
    TissueSource,
)
from supplier_qc.domain.origin.facts import OriginComponent
from supplier_qc.domain.people import Role
from supplier_qc.domain.qualification.states import QualificationStatus
from supplier_qc.domain.residuals.kinds import LimitBasis, StepKind
from supplier_qc.domain.specification.operator import Operator


@dataclass(frozen=True, slots=True)
class Person:
    username: str
    full_name: str
    roles: frozenset[Role]
    password: str


@dataclass(frozen=True, slots=True)
class Site:
    """`country` is ISO 3166-1 alpha-2."""

    key: str
    name: str
    address: str
    country: str


@dataclass(frozen=True, slots=True)
class Contact:
    full_name: str
    function: ContactFunction
    email: str


@dataclass(frozen=True, slots=True)
class Vendor:
    key: str
    legal_name: str
    roles: frozenset[OrganisationRole]
    sites: tuple[Site, ...]
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """What the process needs, whoever makes it. `code` is the user's own number."""

    key: str
    code: str
    name: str
    category: MaterialCategory
    risk_class: RiskClass
    process_step: str
    function: str
    in_final_product: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One manufacturer's article for a material; the catalogue number is text, zeros included.

    `distributor` is the vendor it is bought from when that is not the manufacturer.
    """

    key: str
    material: str
    site: str
    catalogue_number: str
    name: str
    grade: Grade
    pack: str
    storage: str
    shelf_life_months: int
    distributor: str | None = None


@dataclass(frozen=True, slots=True)
class SpecificationLine:
    """One line of our own specification; `low`, `high`, `lod` and `loq` are decimals in `unit`."""

    attribute: str
    operator: Operator
    method: str
    unit: str | None = None
    low: str | None = None
    high: str | None = None
    allowed_texts: tuple[str, ...] = ()
    lod: str | None = None
    loq: str | None = None
    is_identity_test: bool = False


@dataclass(frozen=True, slots=True)
class Specification:
    item: str
    title: str
    lines: tuple[SpecificationLine, ...]


@dataclass(frozen=True, slots=True)
class LotResult:
    """`raw` is the result as the certificate prints it, comparator included."""

    attribute: str
    raw: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Lot:
    """A received lot. `covariates` are pairs of a name and what is known of it."""

    item: str
    lot_number: str
    manufactured_on: date
    received_on: date
    expires_on: date
    disposition: Disposition
    results: tuple[LotResult, ...]
    covariates: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """A seller's number for an item; `quantity` and `price` as text, the price with its currency.

    `lead_time_days` runs from order to dock.
    """

    item: str
    seller: str
    sku: str
    quantity: str
    unit: str
    price: str | None
    currency: str | None
    lead_time_days: int | None


@dataclass(frozen=True, slots=True)
class MaterialUse:
    """What a batch of the demo product takes of a material in one step."""

    material: str
    process_step: str
    amount: str
    unit: str


@dataclass(frozen=True, slots=True)
class CultureTest:
    """A medium or supplement tried with cells of one source in one process."""

    item: str
    tissue: TissueSource
    process: CultureProcess
    result: SuitabilityResult
    report: str
    note: str | None


@dataclass(frozen=True, slots=True)
class ItemOrigin:
    item: str
    components: tuple[OriginComponent, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A paper of a vendor, or of one item of theirs; without `expires_on` it is kept as it is."""

    vendor: str
    item: str | None
    kind: EvidenceKind
    title: str
    reference: str
    issued_on: date
    expires_on: date | None
    details: EvidenceDetails = NO_DETAILS


@dataclass(frozen=True, slots=True)
class Qualification:
    """An item for a use; both dates are None while nothing is decided."""

    item: str
    use: UseScope
    status: QualificationStatus
    decided_on: date | None
    requalify_on: date | None
    conditions: str = ""
    condition_due_on: date | None = None


@dataclass(frozen=True, slots=True)
class ProcessStep:
    """A wash has volumes in mL, a medium exchange the share of the medium that is exchanged."""

    position: int
    name: str
    kind: StepKind
    residual_volume_ml: str | None = None
    added_volume_ml: str | None = None
    exchanged_fraction: str | None = None


@dataclass(frozen=True, slots=True)
class ResidualLimit:
    """A limit per dose or per kilogram of the patient, with what it rests on.

    Marks: V read in the primary text, V2 secondary, K unverified knowledge, C convention.
    """

    amount: str
    unit: str
    basis: LimitBasis
    source: str
    mark: str


@dataclass(frozen=True, slots=True)
class MeasuredResidual:
    """A result in the final product; `raw` as reported, `loq` in the same unit."""

    raw: str
    unit: str
    method: str
    loq: str


@dataclass(frozen=True, slots=True)
class ResidualReagent:
    """`from_position` is the first step that dilutes it; beyond the last step none does."""

    name: str
    material: str
    reagent_class: str
    start_concentration: str
    start_unit: str
    from_position: int
    limit: ResidualLimit | None
    measured: MeasuredResidual | None
    note: str


@dataclass(frozen=True, slots=True)
class Product:
    """Volume in mL of one dose, weight in kg of the lightest patient."""

    name: str
    route: str
    dose_volume_ml: str
    cells_per_dose: str
    lowest_patient_weight_kg: str
    doses: int
    steps: tuple[ProcessStep, ...]
    residuals: tuple[ResidualReagent, ...]


@dataclass(frozen=True, slots=True)
class Story:
    people: tuple[Person, ...]
    vendors: tuple[Vendor, ...]
    materials: tuple[Material, ...]
    items: tuple[Item, ...]
    specifications: tuple[Specification, ...]
    lots: tuple[Lot, ...]
    origins: tuple[ItemOrigin, ...]
    evidence: tuple[Evidence, ...]
    qualifications: tuple[Qualification, ...]
    product: Product
