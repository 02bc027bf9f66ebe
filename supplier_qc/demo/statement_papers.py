"""Draws the demo's statements of origin: one of a maker as it should be, one of a broker.

Companies, people and numbers are fictional. Equal dates give equal bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from supplier_qc.demo.certificates_drawing import (
    SANS,
    SANS_BOLD,
    SERIF,
    SERIF_BOLD,
    Sheet,
    long_date,
)
from supplier_qc.domain.months import months_after

_LEFT, _WIDTH = 60, 475


@dataclass(frozen=True, slots=True)
class StatementPaper:
    file_name: str
    title: str
    issuer: str
    address: str
    lines: tuple[str, ...]
    dated: str
    signatory: str
    function: str
    is_signed: bool

    @property
    def pdf(self) -> bytes:
        sheet = Sheet(self)
        plain, bold = (SANS, SANS_BOLD) if self.is_signed else (SERIF, SERIF_BOLD)
        sheet.put(_LEFT, 780, self.issuer, bold, 14)
        sheet.put(_LEFT, 766, self.address, plain, 8)
        sheet.put(_LEFT, 725, self.title, bold, 13)
        sheet.put(_LEFT, 704, self.dated, plain)
        foot = _paragraphs(sheet, self.lines, plain)
        if self.is_signed:
            sheet.signature(_LEFT, foot - 48, self.signatory)
        sheet.put(_LEFT, foot - 64, self.signatory, plain)
        sheet.put(_LEFT, foot - 76, self.function, plain)
        return sheet.finished()


def _paragraphs(sheet: Sheet, lines: Sequence[str], font: str) -> float:
    top = 684.0
    for line in lines:
        top = sheet.paragraph(_LEFT, top, _WIDTH, line, font, 9) - 7
    return top


def makers_statement(today: date) -> StatementPaper:
    """Of the serum of the story, and in all points as its origin is recorded."""
    issued = months_after(today, -2)
    return StatementPaper(
        file_name="emberwattle-tse-statement.pdf",
        title="TSE Statement",
        issuer="Emberwattle Sera Pty Ltd",
        address="88 Dry Creek Track, Emberwattle 0099, Australia    emberwattle.example",
        lines=(
            (
                "To whom it may concern: as the manufacturer of foetal bovine serum, catalogue "
                "number EW-1105, we state the following."
            ),
            (
                "The blood is taken in a closed system from foetuses of healthy cattle that were "
                "born, reared and slaughtered in Australia."
            ),
            "The serum meets the note for guidance EMA/410/01 rev. 3 and Ph. Eur. chapter 5.2.8.",
            "Manufacturing site: Emberwattle",
            f"This statement is valid until {long_date(months_after(issued, 24))}.",
        ),
        dated=f"Emberwattle, {long_date(issued)}",
        signatory="Keira Dunmallow",
        function="Quality Manager",
        is_signed=True,
    )


def brokers_statement(today: date) -> StatementPaper:
    """Of another serum: what a broker passes on, by a superseded edition, and unsigned."""
    return StatementPaper(
        file_name="palmacera-declaration.pdf",
        title="BSE/TSE Declaration",
        issuer="Palmacera Trading LLC",
        address="Suite 90, 12 Quay Row, Port Alder    palmacera.example",
        lines=(
            "Dear customer, as the distributor we pass on what our supplier has declared to us.",
            "Product code: SFB-050",
            "The bovine serum is collected in Mexico and the United States of America.",
            "It follows EMEA/410/01 Rev. 2 and is not derived from porcine material.",
            "This letter was electronically generated.",
        ),
        dated=f"Port Alder, {long_date(months_after(today, -31))}",
        signatory="Odile Ransome",
        function="Sales Manager",
        is_signed=False,
    )
