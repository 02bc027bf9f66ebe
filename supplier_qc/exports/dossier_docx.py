"""A dossier table as an editable Word document in submission form.

Landscape A4 with 2.5 cm at the bound side and text of 9 points (FDA PDF specifications,
secondary source); the table's heading row repeats on every page.
"""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from supplier_qc.exports.dossier_table import (
    SOURCE_HEADINGS,
    DossierTable,
    reference,
    source_lines,
)

_SOURCE_SHARES = (0.5, 0.5, 1.6, 2.2, 2.4, 1.6, 2.2, 1.1)
_TEXT_WIDTH_CM = 29.7 - 2.5 - 1.5
_LONG_WORDS_JOINED = re.compile(r"(?<=[^\W\d]{4})/(?=[^\W\d]{4})")


def dossier_docx(table: DossierTable) -> bytes:
    """The document's bytes: heading, facts, table, remarks, numbered sources."""
    import docx

    document = docx.Document()
    _set_up(document, table)
    document.add_heading(f"{table.section} {table.title}", level=1)
    _facts(document, table)
    _table(
        document,
        [*(column.heading for column in table.columns), "Sources"],
        [
            [*row.cells, reference(numbers)]
            for row, numbers in zip(table.rows, table.source_numbers(), strict=True)
        ],
        [*(column.share for column in table.columns), 1.1],
    )
    if not table.rows:
        document.add_paragraph("No material is in scope of this table.")
    _remarks(document, table)
    document.add_heading("Sources of the rows", level=2)
    _table(document, SOURCE_HEADINGS, source_lines(table), _SOURCE_SHARES)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _set_up(document: Any, table: DossierTable) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21.0)
    page.left_margin, page.right_margin = Cm(2.5), Cm(1.5)
    page.top_margin, page.bottom_margin = Cm(2.0), Cm(1.8)
    style = document.styles["Normal"]
    style.font.name = "Arial"
    style.font.size = Pt(9)
    _heading_styles(document)
    cut_off = table.cut_off_at.strftime("%Y-%m-%d %H:%M UTC")
    _left_and_right(page.header.paragraphs[0], f"{table.section} {table.title}", table.status)
    _left_and_right(page.footer.paragraphs[0], f"Data cut-off {cut_off}", "Page ")
    _page_numbers(page.footer.paragraphs[0])
    properties = document.core_properties
    properties.title = f"{table.section} {table.title}"
    properties.author = table.author
    properties.created = properties.modified = table.cut_off_at.replace(tzinfo=None)
    properties.language = "en"


def _heading_styles(document: Any) -> None:
    from docx.shared import Pt, RGBColor

    for name, points in (("Heading 1", 14), ("Heading 2", 11)):
        font = document.styles[name].font
        font.name = "Arial"
        font.size = Pt(points)
        font.color.rgb = RGBColor(0, 0, 0)


def _left_and_right(paragraph: Any, left: str, right: str) -> None:
    """Two texts at the ends of one line; the style's own tab stops are those of portrait A4."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm

    stops = paragraph.paragraph_format.tab_stops
    for stop in paragraph.style.paragraph_format.tab_stops:
        stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(Cm(_TEXT_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.text = f"{left}\t{right}"


def _page_numbers(paragraph: Any) -> None:
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, instruction: str) -> None:
    """A field that Word fills, such as the page number."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)  # noqa: SLF001 -- python-docx has no other way to add a field


def _facts(document: Any, table: DossierTable) -> None:
    for name, value in (("Status", table.status), *table.facts):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = 0
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(value)
    document.add_paragraph().paragraph_format.space_after = 0


def _remarks(document: Any, table: DossierTable) -> None:
    if not table.remarks:
        return
    document.add_heading("Remarks", level=2)
    for remark in table.remarks:
        document.add_paragraph(remark, style="List Bullet")


def _table(
    document: Any,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    shares: Sequence[float],
) -> None:
    from docx.shared import Cm

    grid = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    grid.autofit = False
    _narrow_margins(grid)
    widths = [Cm(_TEXT_WIDTH_CM * share / sum(shares)) for share in shares]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    _fill(grid.rows[0], headings, widths, bold=True)
    _repeat_on_each_page(grid.rows[0])
    for row in rows:
        added = grid.add_row()
        _fill(added, row, widths, bold=False)
        _keep_together(added)


def _fill(row: Any, texts: Sequence[str], widths: Sequence[int], *, bold: bool) -> None:
    from docx.shared import Pt

    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        run = paragraph.add_run(_breakable(text))
        run.bold = bold
        run.font.size = Pt(9)


def _breakable(text: str) -> str:
    """Long words joined by a slash may part after it; numbers, units and checksums stay whole."""
    return _LONG_WORDS_JOINED.sub("/\u200b", text)


def _narrow_margins(grid: Any) -> None:
    """1 mm at each side of a cell, so that the headings keep whole words."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "57")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    grid._tbl.tblPr.append(margins)  # noqa: SLF001 -- python-docx has no other way


def _repeat_on_each_page(row: Any) -> None:
    _row_property(row, "w:tblHeader")


def _keep_together(row: Any) -> None:
    _row_property(row, "w:cantSplit")


def _row_property(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 -- python-docx has no other way
