"""The demo product, the steps that dilute what the process adds, and its residual reagents.

Volumes, concentrations and results are invented. The limits carry their basis and mark; where
one is a convention or an analogy, its source says so.
"""

from supplier_qc.demo.records import (
    MeasuredResidual,
    ProcessStep,
    Product,
    ResidualLimit,
    ResidualReagent,
)
from supplier_qc.domain.residuals.kinds import LimitBasis, StepKind

_EXCHANGE, _WASH = StepKind.MEDIUM_EXCHANGE, StepKind.BATCH_WASH

STEPS = (
    ProcessStep(1, "First medium change after plating", _EXCHANGE, exchanged_fraction="0.95"),
    ProcessStep(2, "Last medium exchange before harvest", _EXCHANGE, exchanged_fraction="0.80"),
    ProcessStep(3, "Wash 1", _WASH, residual_volume_ml="20", added_volume_ml="480"),
    ProcessStep(4, "Wash 2", _WASH, residual_volume_ml="20", added_volume_ml="480"),
    ProcessStep(5, "Wash 3", _WASH, residual_volume_ml="20", added_volume_ml="480"),
    ProcessStep(6, "Final formulation", _WASH, residual_volume_ml="20", added_volume_ml="140"),
)
_AFTER_ALL_STEPS = len(STEPS) + 1

RESIDUALS = (
    ResidualReagent(
        name="Bovine serum albumin",
        material="bsa",
        reagent_class="protein_serum",
        start_concentration="5000",
        start_unit="µg/mL",
        from_position=1,
        limit=ResidualLimit(
            "50",
            "ng/dose",
            LimitBasis.ANALOGY,
            "Rabies vaccine specifications (PMC3579903, table 3): a vaccine standard, quoted by "
            "analogy and not written for cell products",
            "V",
        ),
        measured=MeasuredResidual("<0.5", "ng/mL", "ELISA", loq="0.5"),
        note="Binds to the cells, so the calculated value alone is too low.",
    ),
    ResidualReagent(
        name="DMSO",
        material="dmso",
        reagent_class="small_molecule",
        start_concentration="82.5",
        start_unit="mg/mL",
        from_position=_AFTER_ALL_STEPS,
        limit=ResidualLimit(
            "1",
            "g/kg",
            LimitBasis.CONVENTION,
            "Practice in blood stem-cell transplantation (J Transl Med 2025;23:932): a clinical "
            "convention",
            "V",
        ),
        measured=MeasuredResidual("81.9", "mg/mL", "Gas chromatography", loq="0.1"),
        note="Cryoprotectant, 7.5 % by volume; added at the formulation and not washed out.",
    ),
    ResidualReagent(
        name="Recombinant protease",
        material="protease",
        reagent_class="enzyme",
        start_concentration="50",
        start_unit="µg/mL",
        from_position=3,
        limit=None,
        measured=MeasuredResidual("<1.0", "ng/mL", "ELISA", loq="1.0"),
        note="No general limit is known; a health-based exposure limit is being derived.",
    ),
    ResidualReagent(
        name="Trypsin, porcine",
        material="trypsin",
        reagent_class="enzyme",
        start_concentration="250",
        start_unit="µg/mL",
        from_position=3,
        limit=None,
        measured=None,
        note="Used for the first bank only; carried here until the bank is replaced.",
    ),
    ResidualReagent(
        name="Gentamicin",
        material="gentamicin",
        reagent_class="antibiotic",
        start_concentration="50",
        start_unit="µg/mL",
        from_position=1,
        limit=ResidualLimit(
            "50",
            "ng/dose",
            LimitBasis.ANALOGY,
            "Antibiotics in a vaccine standard (PMC3579903, table 3), quoted by analogy and not "
            "written for cell products",
            "V",
        ),
        measured=MeasuredResidual("<5", "ng/mL", "LC-MS/MS", loq="5"),
        note="In the first passage only. The method in use cannot show the limit.",
    ),
    ResidualReagent(
        name="Heparin",
        material="heparin",
        reagent_class="polysaccharide",
        start_concentration="2",
        start_unit="IU/mL",
        from_position=2,
        limit=ResidualLimit(
            "100",
            "IU/dose",
            LimitBasis.OWN,
            "Own justification: a small part of a usual human dose; a convention to be confirmed",
            "C",
        ),
        measured=None,
        note="The last medium before harvest is made without heparin.",
    ),
)

PRODUCT = Product(
    name="MSC suspension, cryopreserved",
    route="intravenous",
    dose_volume_ml="40",
    cells_per_dose="80000000",
    lowest_patient_weight_kg="10",
    doses=4,
    steps=STEPS,
    residuals=RESIDUALS,
)
