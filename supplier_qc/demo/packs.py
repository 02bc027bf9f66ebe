"""What the demo's distributors and makers sell, and how much of it a batch takes.

Numbers, prices and lead times are invented.
"""

from supplier_qc.demo.records import CultureTest, MaterialUse, Pack
from supplier_qc.domain.media_suitability import (
    CultureProcess,
    SuitabilityResult,
    TissueSource,
)

DOSES_PER_BATCH = 12

PACKS = (
    Pack("lysate", "larkfen", "00410-500", "500", "mL", "412.00", "EUR", 42),
    Pack("lysate", "waddenkroon", "WK-00410", "500", "mL", "486.50", "EUR", 10),
    Pack("serum", "emberwattle", "EW-1105", "500", "mL", "1120.00", "AUD", 75),
    Pack("medium", "quellmoor", "07-2210", "1000", "mL", "64.80", "EUR", 14),
    Pack("protease", "zelenvrat", "00318", "100", "mL", "3150.00", "CZK", 21),
    Pack("protease-second", "quillwater", "QW-7720", "100", "mL", "155.00", "GBP", 28),
    Pack("fgf2", "quillwater", "QW-0233-050", "50", "µg", "498.00", "GBP", 35),
    Pack("heparin", "waddenkroon", "WK-054-5000", "5", "mL", "18.40", "EUR", 7),
    Pack("dmso", "clairvaucq", "CC-0070", "50", "mL", "37.90", "EUR", 18),
    Pack("dmso-second", "tordezuela", "090-0100", "100", "mL", None, None, None),
    Pack("albumin", "steinlohe", "0200-100", "100", "mL", "71.20", "EUR", 12),
    Pack("albumin-second", "waddenkroon", "WK-020-2000", "50", "mL", "39.00", "EUR", 7),
    Pack("saline", "waddenkroon", "WK-009", "500", "mL", "2.35", "EUR", 5),
)

USES = (
    MaterialUse("lysate", "Expansion, passage 1", "250", "mL"),
    MaterialUse("lysate", "Expansion, passages 2 and 3", "1.5", "L"),
    MaterialUse("medium", "Expansion, all passages", "18", "L"),
    MaterialUse("protease", "Harvest", "120", "mL"),
    MaterialUse("fgf2", "Expansion, passages 2 and 3", "90", "µg"),
    MaterialUse("dmso", "Formulation", "45", "mL"),
    MaterialUse("albumin", "Formulation", "60", "mL"),
    MaterialUse("saline", "Formulation", "2", "L"),
)

_MARROW, _CORD = TissueSource.BONE_MARROW, TissueSource.CORD_TISSUE
_FLAT, _BEADS = CultureProcess.PLANAR, CultureProcess.MICROCARRIER
_GOOD, _LIMITS = SuitabilityResult.SUITABLE, SuitabilityResult.WITH_LIMITS
_OPEN = SuitabilityResult.INCONCLUSIVE

CULTURE_TESTS = (
    CultureTest("lysate", _MARROW, _FLAT, _GOOD, "PD-011", "5 %, three donors"),
    CultureTest("lysate", _MARROW, _BEADS, _LIMITS, "PD-019", "up to 2 L; attachment falls above"),
    CultureTest("xeno-free-medium", _MARROW, _FLAT, _OPEN, "PD-023", "one donor of three grew"),
    CultureTest("xeno-free-medium", _CORD, _FLAT, _GOOD, "PD-024", None),
)
