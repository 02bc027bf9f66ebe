"""Our own specifications of the demo items. Every limit is illustrative, none is a requirement.

Methods name the chapter that laboratories usually quote for the test; the chapters themselves
were not opened for this story.
"""

from supplier_qc.demo.records import Specification, SpecificationLine
from supplier_qc.domain.specification.operator import Operator

_ENDOTOXIN = "Ph. Eur. 2.6.14"
_STERILITY = "Ph. Eur. 2.6.1"
_MYCOPLASMA = "Ph. Eur. 2.6.7"
_OSMOLALITY = "Ph. Eur. 2.2.35"
_PH = "Ph. Eur. 2.2.3"
_LOOKED_AT = "Visual"


def _at_most(
    attribute: str, high: str, unit: str, method: str, *, loq: str | None = None
) -> SpecificationLine:
    return SpecificationLine(attribute, Operator.AT_MOST, method, unit, high=high, loq=loq)


def _less_than(
    attribute: str, high: str, unit: str, method: str, *, loq: str | None = None
) -> SpecificationLine:
    return SpecificationLine(attribute, Operator.LESS_THAN, method, unit, high=high, loq=loq)


def _at_least(attribute: str, low: str, unit: str, method: str) -> SpecificationLine:
    return SpecificationLine(attribute, Operator.AT_LEAST, method, unit, low=low)


def _greater_than(attribute: str, low: str, unit: str, method: str) -> SpecificationLine:
    return SpecificationLine(attribute, Operator.GREATER_THAN, method, unit, low=low)


def _between(
    attribute: str, low: str, high: str, unit: str | None, method: str
) -> SpecificationLine:
    return SpecificationLine(attribute, Operator.BETWEEN, method, unit, low=low, high=high)


def _report(attribute: str, unit: str, method: str) -> SpecificationLine:
    return SpecificationLine(attribute, Operator.REPORT_ONLY, method, unit)


def _text(attribute: str, method: str, *allowed: str) -> SpecificationLine:
    return SpecificationLine(attribute, Operator.EQUALS_TEXT, method, allowed_texts=allowed)


def _identity(attribute: str, method: str, *allowed: str) -> SpecificationLine:
    return SpecificationLine(
        attribute, Operator.EQUALS_TEXT, method, allowed_texts=allowed, is_identity_test=True
    )


_NO_GROWTH = _text("Sterility", _STERILITY, "No growth", "Sterile", "Steril")
_NO_MYCOPLASMA = _text("Mycoplasma", _MYCOPLASMA, "Not detected", "Negative")

SPECIFICATIONS = (
    Specification(
        "lysate",
        "Human platelet lysate for expansion",
        (
            _text(
                "Appearance",
                _LOOKED_AT,
                "Slightly turbid, yellow",
                "Clear, yellow",
                "Clear to slightly turbid, yellow",
            ),
            _between("pH", "6.8", "7.8", None, _PH),
            _between("Osmolality", "270", "350", "mOsm/kg", _OSMOLALITY),
            _between("Total protein", "35", "70", "g/L", "Biuret"),
            _at_most("Endotoxin", "1.0", "EU/mL", _ENDOTOXIN, loq="0.10"),
            _NO_GROWTH,
            _NO_MYCOPLASMA,
            _at_most("Fibrinogen", "50", "µg/mL", "ELISA", loq="5"),
            _at_most("Haemoglobin", "25", "mg/dL", "Photometry"),
            _between("PDGF-AB", "20", "50", "ng/mL", "ELISA"),
            _at_least("TGF-b1", "35", "ng/mL", "ELISA"),
            _report("bFGF", "pg/mL", "ELISA"),
            _report("VEGF", "pg/mL", "ELISA"),
            _at_least("Growth promotion, vs reference lot", "80", "%", "MSC, 2 donors, 3 passages"),
        ),
    ),
    Specification(
        "serum",
        "Foetal bovine serum for the first bank",
        (
            _text("Appearance", _LOOKED_AT, "Clear, amber", "Clear, straw to amber"),
            _between("pH", "6.7", "8.0", None, _PH),
            _between("Osmolality", "270", "345", "mOsm/kg", _OSMOLALITY),
            _at_most("Endotoxin", "10", "EU/mL", _ENDOTOXIN),
            _at_most("Haemoglobin", "25", "mg/dL", "Photometry"),
            _at_most("IgG", "500", "µg/mL", "Immunodiffusion"),
            _between("Total protein", "30", "45", "g/L", "Biuret"),
            _NO_GROWTH,
            _NO_MYCOPLASMA,
            _text("BVDV, infectious virus", "Culture, 3 passages", "Not detected"),
            _greater_than("Growth promotion, vs reference lot", "80", "%", "MSC, 3 passages"),
            _identity("Species", "Immunodiffusion", "Bovine"),
        ),
    ),
    Specification(
        "medium",
        "Alpha-MEM basal medium",
        (
            _text("Appearance", _LOOKED_AT, "Clear, red", "Klar, rot"),
            _between("pH", "7.0", "7.4", None, _PH),
            _between("Osmolality", "270", "310", "mOsm/kg", _OSMOLALITY),
            _less_than("Endotoxin", "0.25", "EU/mL", _ENDOTOXIN, loq="0.05"),
            _between("Glucose", "0.90", "1.10", "g/L", "HPLC"),
            _NO_GROWTH,
            _at_least("Growth promotion, vs reference lot", "90", "%", "MSC, 2 passages"),
        ),
    ),
    Specification(
        "dpbs",
        "DPBS without calcium and magnesium",
        (
            _text("Appearance", _LOOKED_AT, "Clear, colourless", "Klar, farblos"),
            _between("pH", "7.1", "7.5", None, _PH),
            _between("Osmolality", "275", "304", "mOsm/kg", _OSMOLALITY),
            _less_than("Endotoxin", "0.25", "EU/mL", _ENDOTOXIN, loq="0.05"),
            _NO_GROWTH,
        ),
    ),
    Specification(
        "protease",
        "Recombinant protease for harvest",
        (
            _text("Appearance", _LOOKED_AT, "Clear, colourless"),
            _between("Activity", "0.8", "1.4", "U/mL", "BAPNA substrate"),
            _at_most("Endotoxin", "1.0", "EU/mL", _ENDOTOXIN, loq="0.10"),
            _NO_GROWTH,
            _identity("Identity", "Peptide map", "Conforms"),
        ),
    ),
    Specification(
        "trypsin",
        "Porcine trypsin",
        (
            _text("Appearance", _LOOKED_AT, "White to off-white powder"),
            _at_least("Activity", "2500", "USP U/mg", "BAEE substrate"),
            _at_most("Chymotrypsin", "50", "USP U/mg", "BTEE substrate"),
            _at_most("Loss on drying", "5.0", "%", "Ph. Eur. 2.2.32"),
            _at_most("Bioburden", "10", "CFU/g", "Ph. Eur. 2.6.12"),
            _text("Porcine parvovirus", "Culture", "Not detected"),
            _text("Porcine circovirus 1 and 2", "PCR", "Not detected"),
            _identity("Identity", "Peptide map", "Conforms"),
        ),
    ),
    Specification(
        "fgf2",
        "FGF-2 for expansion",
        (
            _text("Appearance", _LOOKED_AT, "White lyophilised cake", "White lyophilized cake"),
            SpecificationLine(
                "Identity",
                Operator.BETWEEN,
                "Mass spectrometry",
                "kDa",
                low="17.0",
                high="17.2",
                is_identity_test=True,
            ),
            _at_least("Purity", "95", "%", "SDS-PAGE, densitometry"),
            _at_most("ED50", "1.0", "ng/mL", "3T3 proliferation"),
            _at_most("Endotoxin", "0.1", "EU/µg", _ENDOTOXIN, loq="0.01"),
            _at_most("Host cell DNA", "10", "pg/µg", "qPCR", loq="1"),
            _NO_GROWTH,
        ),
    ),
    Specification(
        "transferrin",
        "Holo-transferrin, under evaluation",
        (
            _text("Appearance", _LOOKED_AT, "Red-brown powder"),
            _at_least("Purity", "95", "%", "SDS-PAGE"),
            _between("Iron", "1000", "1600", "µg/g", "Colorimetry"),
            _at_most("Endotoxin", "10", "EU/mg", _ENDOTOXIN),
            _report("Loss on drying", "%", "Gravimetry"),
        ),
    ),
    Specification(
        "heparin",
        "Heparin for the lysate medium",
        (
            _text("Appearance", _LOOKED_AT, "Clear, colourless to pale yellow"),
            _between("Activity", "4500", "5500", "IU/mL", "Anti-factor IIa"),
            _between("pH", "5.5", "8.0", None, _PH),
            _at_most("Oversulfated chondroitin sulfate", "0.5", "%", "NMR"),
            _less_than("Endotoxin", "0.01", "EU/IU", _ENDOTOXIN),
            _text("Ruminant DNA", "PCR", "Not detected"),
        ),
    ),
    Specification(
        "dmso",
        "DMSO for formulation",
        (
            _text("Appearance", _LOOKED_AT, "Clear, colourless"),
            _identity("Identity", "Infrared", "Conforms"),
            _at_least("Assay", "99.7", "%", "Gas chromatography"),
            _at_most("Water", "0.2", "%", "Karl Fischer"),
            _at_most("Absorbance at 275 nm", "0.30", "AU", "Photometry"),
            _at_most("Endotoxin", "0.5", "EU/mL", _ENDOTOXIN, loq="0.05"),
            _NO_GROWTH,
        ),
    ),
    Specification(
        "albumin",
        "Human albumin for formulation",
        (
            _between("Total protein", "190", "210", "g/L", "Biuret"),
            _between("pH", "6.4", "7.4", None, _PH),
            _at_most("Polymers and aggregates", "10", "%", "Size exclusion"),
            _at_most("Aluminium", "200", "µg/L", "Atomic absorption"),
            _less_than("Endotoxin", "0.5", "EU/mL", _ENDOTOXIN),
            _NO_GROWTH,
        ),
    ),
    Specification(
        "cryobag",
        "Cryostorage bag, 50 mL",
        (
            _text("Appearance", _LOOKED_AT, "No defect"),
            _between("Film thickness", "0.30", "0.40", "mm", "Micrometer"),
            _at_least("Burst pressure", "30", "kPa", "Burst test"),
            _text("Leak test", "Pressure decay", "No leak"),
            _at_most("Endotoxin", "20", "EU/device", _ENDOTOXIN),
            _NO_GROWTH,
        ),
    ),
)
