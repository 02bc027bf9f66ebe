"""The materials of the demo process and the items that manufacturers offer for them.

Products and catalogue numbers are invented. Exactly one critical material, the platelet
lysate, has a single maker.
"""

from supplier_qc.demo.records import Item, Material
from supplier_qc.domain.catalogue import Grade, MaterialCategory, RiskClass

_STARTING, _RAW, _ANCILLARY, _EXCIPIENT, _CONSUMABLE, _CONTAINER = (
    MaterialCategory.STARTING,
    MaterialCategory.RAW,
    MaterialCategory.ANCILLARY,
    MaterialCategory.EXCIPIENT,
    MaterialCategory.CONSUMABLE,
    MaterialCategory.PRIMARY_CONTAINER,
)
_CRITICAL, _MAJOR, _MINOR = RiskClass.CRITICAL, RiskClass.MAJOR, RiskClass.MINOR
_DRUG, _DEVICE, _GMP, _IVD, _RUO, _UNKNOWN = (
    Grade.LICENSED_DRUG,
    Grade.DEVICE,
    Grade.GMP_FOR_FURTHER_MANUFACTURE,
    Grade.IVD,
    Grade.RUO,
    Grade.UNKNOWN,
)

MATERIALS = (
    Material(
        "aspirate", "M-001", "Bone-marrow aspirate, allogeneic", _STARTING, _CRITICAL,
        "Isolation", "source of the cells", in_final_product=True,
    ),
    Material(
        "lysate", "M-010", "Human platelet lysate", _ANCILLARY, _CRITICAL,
        "Expansion", "growth supplement, 8 % of the medium", in_final_product=False,
    ),
    Material(
        "serum", "M-011", "Foetal bovine serum", _ANCILLARY, _CRITICAL,
        "Master cell bank", "growth supplement of the first bank", in_final_product=False,
    ),
    Material(
        "medium", "M-012", "Alpha-MEM basal medium", _ANCILLARY, _MAJOR,
        "Expansion", "basal medium", in_final_product=False,
    ),
    Material(
        "xeno-free-medium", "M-013", "Xeno-free expansion medium", _ANCILLARY, _MAJOR,
        "Process development", "candidate to replace medium and lysate", in_final_product=False,
    ),
    Material(
        "glutamine", "M-014", "L-alanyl-L-glutamine, 200 mM", _ANCILLARY, _MINOR,
        "Expansion", "stable glutamine source", in_final_product=False,
    ),
    Material(
        "dpbs", "M-015", "DPBS without calcium and magnesium", _ANCILLARY, _MAJOR,
        "Harvest", "wash before and after detachment", in_final_product=False,
    ),
    Material(
        "protease", "M-016", "Recombinant trypsin-like protease", _ANCILLARY, _CRITICAL,
        "Harvest", "detaches the cells", in_final_product=False,
    ),
    Material(
        "trypsin", "M-017", "Trypsin, porcine", _ANCILLARY, _MAJOR,
        "Harvest", "detaches the cells of the first bank", in_final_product=False,
    ),
    Material(
        "fgf2", "M-018", "FGF-2, recombinant human", _ANCILLARY, _MAJOR,
        "Expansion", "growth factor, 5 ng/mL", in_final_product=False,
    ),
    Material(
        "tgfb1", "M-019", "TGF-beta 1, recombinant human", _RAW, _MINOR,
        "Release testing", "chondrogenic differentiation assay", in_final_product=False,
    ),
    Material(
        "insulin", "M-020", "Insulin, recombinant human", _ANCILLARY, _MAJOR,
        "Process development", "part of the xeno-free supplement", in_final_product=False,
    ),
    Material(
        "transferrin", "M-021", "Holo-transferrin", _ANCILLARY, _MAJOR,
        "Process development", "iron carrier of the xeno-free supplement", in_final_product=False,
    ),
    Material(
        "bsa", "M-022", "Bovine serum albumin, low endotoxin", _RAW, _MAJOR,
        "Isolation", "blocks adhesion in the separation buffer", in_final_product=False,
    ),
    Material(
        "heparin", "M-023", "Heparin sodium, 5000 IU/mL", _ANCILLARY, _MAJOR,
        "Expansion", "keeps the lysate medium from gelling", in_final_product=False,
    ),
    Material(
        "gentamicin", "M-024", "Gentamicin sulfate solution, 50 mg/mL", _ANCILLARY, _MAJOR,
        "Isolation", "antibiotic in the first passage only", in_final_product=False,
    ),
    Material(
        "gradient", "M-025", "Density gradient medium, 1.077 g/mL", _ANCILLARY, _MAJOR,
        "Isolation", "separates the mononuclear cells", in_final_product=False,
    ),
    Material(
        "ascorbate", "M-026", "L-ascorbic acid 2-phosphate", _RAW, _MINOR,
        "Expansion", "antioxidant", in_final_product=False,
    ),
    Material(
        "microcarriers", "M-027", "Gelatin-coated microcarriers", _CONSUMABLE, _MAJOR,
        "Expansion", "growth surface in the stirred vessel", in_final_product=False,
    ),
    Material(
        "dmso", "M-030", "Dimethyl sulfoxide", _EXCIPIENT, _CRITICAL,
        "Formulation", "cryoprotectant, 7.5 % in the product", in_final_product=True,
    ),
    Material(
        "cryo-medium", "M-031", "Cryopreservation medium, 10 % DMSO", _EXCIPIENT, _MAJOR,
        "Working cell bank", "freezes the working bank", in_final_product=False,
    ),
    Material(
        "albumin", "M-032", "Human albumin, 200 g/L", _EXCIPIENT, _CRITICAL,
        "Formulation", "stabiliser, 5 % in the product", in_final_product=True,
    ),
    Material(
        "saline", "M-033", "Sodium chloride 0.9 % for infusion", _EXCIPIENT, _MAJOR,
        "Formulation", "wash and vehicle", in_final_product=True,
    ),
    Material(
        "cryobag", "M-040", "Cryostorage bag, 50 mL", _CONTAINER, _CRITICAL,
        "Fill", "final container", in_final_product=False,
    ),
    Material(
        "cryovial", "M-041", "Cryovial, 2 mL, closed", _CONTAINER, _MAJOR,
        "Cell bank", "container of the cell banks", in_final_product=False,
    ),
    Material(
        "culture-bag", "M-042", "Single-use stirred vessel, 10 L", _CONSUMABLE, _MAJOR,
        "Expansion", "culture vessel", in_final_product=False,
    ),
    Material(
        "filter", "M-043", "Sterilising filter capsule, 0.2 µm", _CONSUMABLE, _MAJOR,
        "Medium preparation", "sterilises the complete medium", in_final_product=False,
    ),
)  # fmt: skip  # one row a material and an item, so that they read as a list

_FROZEN, _FRIDGE, _ROOM = "-20 °C or below", "2 to 8 °C", "15 to 25 °C"

ITEMS = (
    Item("aspirate", "aspirate", "vinderholm", "BM-25", "Bone-marrow aspirate, 25 mL", _GMP,
         "25 mL bag", "18 to 24 °C", 1),
    Item("aspirate-second", "aspirate", "steinlohe", "KM-0020", "Knochenmarkaspirat, 20 ml", _GMP,
         "20 mL bag", "18 to 24 °C", 1),
    Item("lysate", "lysate", "larkfen-marsh", "00410-500", "Lysate PL-100, fibrinogen-depleted",
         _GMP, "500 mL bottle", _FROZEN, 24),
    Item("serum", "serum", "emberwattle", "EW-1105", "Foetal bovine serum, gamma-irradiated",
         _GMP, "500 mL bottle", _FROZEN, 60),
    Item("serum-second", "serum", "cerrolindo", "SFB-050", "Suero fetal bovino, filtered", _RUO,
         "500 mL bottle", _FROZEN, 48),
    Item("medium", "medium", "quellmoor", "07-2210", "Alpha-MEM mit Nukleosiden", _GMP,
         "1000 mL bag", _FRIDGE, 18),
    Item("xeno-free-medium", "xeno-free-medium", "quellmoor-2", "07-9004", "Xeno-free MSC medium",
         _RUO, "500 mL bottle", _FRIDGE, 9),
    Item("glutamine", "glutamine", "quellmoor", "07-0033", "L-Alanyl-L-glutamine 200 mM", _GMP,
         "100 mL bottle", _FRIDGE, 24),
    Item("dpbs", "dpbs", "quellmoor", "07-0101", "DPBS ohne Ca/Mg", _GMP, "1000 mL bag", _ROOM, 36),
    Item("dpbs-second", "dpbs", "brackenfold", "B2240", "DPBS, no calcium, no magnesium", _RUO,
         "500 mL bottle", _ROOM, 24, distributor="waddenkroon"),
    Item("protease", "protease", "zelenvrat", "00318", "Recombinant protease R3", _GMP,
         "100 mL bottle", _FRIDGE, 18),
    Item("protease-second", "protease", "quillwater", "QW-7720", "Detachment protease, recombinant",
         _GMP, "100 mL bottle", _FROZEN, 24),
    Item("trypsin", "trypsin", "zelenvrat", "00127", "Trypsin, porcine pancreas, irradiated", _GMP,
         "1 g vial", _FROZEN, 36),
    Item("fgf2", "fgf2", "quillwater", "QW-0233-050", "Recombinant human FGF-2, lyophilised", _GMP,
         "50 µg vial", _FROZEN, 36),
    Item("tgfb1", "tgfb1", "quillwater", "QW-0301-010", "Recombinant human TGF-beta 1", _RUO,
         "10 µg vial", _FROZEN, 24),
    Item("insulin", "insulin", "quillwater-fill", "QW-5100", "Insulin, human, yeast-derived", _GMP,
         "1 g vial", _FROZEN, 36),
    Item("transferrin", "transferrin", "brackenfold", "B0089", "Holo-transferrin", _UNKNOWN,
         "1 g vial", _FRIDGE, 36, distributor="waddenkroon"),
    Item("bsa", "bsa", "emberwattle", "EW-3300", "Bovine serum albumin, heat shock", _GMP,
         "100 g jar", _FRIDGE, 48),
    Item("heparin", "heparin", "tordezuela", "054-5000", "Heparina sódica 5000 UI/ml", _DRUG,
         "5 mL vial", _ROOM, 36, distributor="waddenkroon"),
    Item("gentamicin", "gentamicin", "tordezuela", "071-0050", "Gentamicina 50 mg/ml", _DRUG,
         "10 mL vial", _ROOM, 24, distributor="waddenkroon"),
    Item("gradient", "gradient", "clairvaucq", "CC-1077", "Gradient 1.077", _IVD, "500 mL bottle",
         _ROOM, 36),
    Item("ascorbate", "ascorbate", "brackenfold", "B0152", "L-Ascorbic acid 2-phosphate", _RUO,
         "25 g jar", _FRIDGE, 36, distributor="waddenkroon"),
    Item("microcarriers", "microcarriers", "cerrolindo", "MP-180-G", "Microportadores con gelatina",
         _GMP, "100 g jar", _ROOM, 36),
    Item("dmso", "dmso", "clairvaucq", "CC-0070", "DMSO, cryopreservation grade", _GMP,
         "50 mL vial", _ROOM, 36),
    Item("dmso-second", "dmso", "tordezuela", "090-0100", "Dimetilsulfóxido", _GMP, "100 mL bottle",
         _ROOM, 24),
    Item("cryo-medium", "cryo-medium", "clairvaucq", "CC-0210", "Cryo medium 10", _GMP,
         "100 mL bottle", _FRIDGE, 24),
    Item("albumin", "albumin", "steinlohe", "0200-100", "Humanalbumin 200 g/l", _DRUG,
         "100 mL bottle", _FRIDGE, 36),
    Item("albumin-second", "albumin", "tordezuela", "020-2000", "Albúmina humana 200 g/l", _DRUG,
         "50 mL bottle", _FRIDGE, 36, distributor="waddenkroon"),
    Item("saline", "saline", "tordezuela", "009-0500", "Cloruro sódico 0,9 %", _DRUG, "500 mL bag",
         _ROOM, 24, distributor="waddenkroon"),
    Item("cryobag", "cryobag", "aonagi", "ACB-050-2P", "Cryo bag 50, two ports", _DEVICE,
         "box of 20", _ROOM, 36),
    Item("cryobag-second", "cryobag", "hollinsgate", "HG-CB50", "Freezing bag 50 mL", _DEVICE,
         "box of 10", _ROOM, 36),
    Item("cryovial", "cryovial", "aonagi", "ACV-002", "Closed vial 2 mL", _DEVICE, "tray of 100",
         _ROOM, 60),
    Item("culture-bag", "culture-bag", "aonagi", "ASV-010", "Stirred vessel 10 L", _GMP, "1 piece",
         _ROOM, 24),
    Item("filter", "filter", "hollinsgate", "HG-0020-S", "Filter capsule 0.2 µm, 300 cm²", _GMP,
         "box of 5", _ROOM, 36),
)  # fmt: skip  # one row a material and an item, so that they read as a list
