"""What to do with a paper that is no certificate of analysis: where it belongs, and as what."""

from dataclasses import dataclass

from supplier_qc.domain.catalogue import EvidenceKind


@dataclass(frozen=True, slots=True)
class KindAdvice:
    """`name` with its article; `evidence_kind` is None for what is filed nowhere."""

    name: str
    belongs: str
    evidence_kind: EvidenceKind | None


_OF_THE_VENDOR = "It belongs to the evidence of the vendor"
_ADVICE = {
    "certificate_of_origin": KindAdvice(
        "a certificate of origin",
        f"{_OF_THE_VENDOR}, as a certificate of origin; the origin of the item rests on it.",
        EvidenceKind.CERTIFICATE_OF_ORIGIN,
    ),
    "supplier_statement": KindAdvice(
        "a statement of the supplier",
        f"{_OF_THE_VENDOR}, as a statement on the material; the origin of the item may rest on it.",
        EvidenceKind.MATERIAL_STATEMENT,
    ),
    "specification_sheet": KindAdvice(
        "a specification or data sheet",
        f"{_OF_THE_VENDOR}: it states what the product is meant to be, and no result of a lot.",
        EvidenceKind.OTHER,
    ),
    "questionnaire": KindAdvice(
        "a questionnaire", f"{_OF_THE_VENDOR}, as a questionnaire.", EvidenceKind.QUESTIONNAIRE
    ),
    "safety_data_sheet": KindAdvice(
        "a safety data sheet",
        f"{_OF_THE_VENDOR}, if it is to be kept; it holds no result of a lot.",
        EvidenceKind.OTHER,
    ),
    "invoice_or_packing_list": KindAdvice(
        "an invoice or a packing list",
        "It belongs to purchasing and is no document of quality; reject it here.",
        None,
    ),
    "certificate_of_conformity": KindAdvice(
        "a certificate of conformity",
        "It may stand for its lot, but holds no data; say so at the item below.",
        None,
    ),
}


def kind_advice(kind: str | None) -> KindAdvice | None:
    """None for a certificate of analysis, a laboratory's report, and what is not known."""
    return _ADVICE.get(kind or "")
