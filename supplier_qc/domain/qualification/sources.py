"""How many sources a material has: a mark where one alone stands between it and a shortage."""

from enum import StrEnum

from supplier_qc.domain.catalogue import RiskClass


class SourceMark(StrEnum):
    NO_SOURCE = "no_source"
    SINGLE_SOURCE = "single_source"
    ONE_APPROVED_SOURCE = "one_approved_source"
    NO_APPROVED_SOURCE = "no_approved_source"
    SEVERAL_APPROVED = "several_approved"


def source_mark(sites: int, approved_sites: int) -> SourceMark:
    """`sites` make an item of the material, `approved_sites` are approved for some use.

    A second site that was never approved is no second source yet.
    """
    if sites == 0:
        return SourceMark.NO_SOURCE
    if approved_sites == 0:
        return SourceMark.NO_APPROVED_SOURCE
    if sites == 1:
        return SourceMark.SINGLE_SOURCE
    return SourceMark.ONE_APPROVED_SOURCE if approved_sites == 1 else SourceMark.SEVERAL_APPROVED


def source_words(mark: SourceMark, risk_class: RiskClass) -> str:
    """The mark in words; a critical material says so, since that is where it hurts."""
    words = {
        SourceMark.NO_SOURCE: "No source",
        SourceMark.NO_APPROVED_SOURCE: "No approved source",
        SourceMark.SINGLE_SOURCE: "Single source",
        SourceMark.ONE_APPROVED_SOURCE: "One approved source",
        SourceMark.SEVERAL_APPROVED: "Several approved sources",
    }[mark]
    is_marked = mark is not SourceMark.SEVERAL_APPROVED and risk_class is RiskClass.CRITICAL
    return f"{words}, critical" if is_marked else words
