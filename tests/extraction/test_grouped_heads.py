"""A head over two others, as "Specification" over "Minimum" and "Maximum", splits its column."""

from supplier_qc.extraction.claims import HeaderField
from supplier_qc.extraction.layout import lines_of
from supplier_qc.extraction.page_content import PageContent, Word
from supplier_qc.extraction.reader import propose
from supplier_qc.extraction.table_headers import headers_at
from supplier_qc.extraction.vocabulary import Column

_HEAD = (
    ("Measurement", 90, 140, 300), ("Method", 234, 265, 300), ("Specifications", 372, 435, 300),
    ("Results", 501, 535, 300), ("Minimum", 351, 379, 313), ("Maximum", 431, 464, 313),
)  # fmt: skip
_ROWS = (
    ("Viscosity", 90, 130, 330), ("D445", 236, 264, 330), ("6.3", 358, 371, 330),
    ("6.7", 441, 454, 330), ("6.51", 508, 528, 330),
    ("Sulfur", 90, 122, 350), ("D2622", 234, 266, 350), ("1.0", 511, 524, 350),
)  # fmt: skip


def page(*words: tuple[str, float, float, float]) -> PageContent:
    found = tuple(Word(text, x0, top, x1, top + 8, 8.0) for text, x0, x1, top in words)
    return PageContent(1, 595, 842, found)


def test_each_half_of_a_grouped_head_is_a_column_of_its_own() -> None:
    (header,) = headers_at(lines_of(page(*_HEAD, *_ROWS)), 0)
    assert [(cell.text, cell.column) for cell in header.cells] == [
        ("Measurement", Column.NAME),
        ("Method", Column.METHOD),
        ("Minimum", Column.SPEC_MIN),
        ("Maximum", Column.SPEC_MAX),
        ("Results", Column.RESULT),
    ]
    assert header.lines == 2


def test_the_rows_below_a_grouped_head_have_their_limits_and_results() -> None:
    proposal = propose([page(*_HEAD, *_ROWS)])
    read = [
        [
            part.literal if part else None
            for part in (row.name, row.spec_min, row.spec_max, row.result)
        ]
        for row in proposal.rows
    ]
    assert read == [["Viscosity", "6.3", "6.7", "6.51"], ["Sulfur", None, None, "1.0"]]


def test_a_product_with_its_formula_is_no_head_over_the_numbers_below() -> None:
    """Each line has a label and one value; only the first has a remark at the right margin."""
    words = (
        ("Product", 71, 110, 187), ("name", 114, 140, 187), ("Citrate", 191, 230, 187),
        ("C6H5K3O7", 478, 551, 187),
        ("EC", 74, 86, 203), ("No.", 90, 107, 203), ("212-755-5", 189, 237, 203),
        ("CAS", 74, 92, 218), ("No.", 96, 114, 218), ("6100-05-6", 189, 236, 218),
    )  # fmt: skip
    assert propose([page(*words)]).rows == ()


def test_a_label_without_a_value_beside_one_with_a_value_is_no_row_of_heads() -> None:
    words = (
        ("Order", 56, 76, 135), ("No", 80, 91, 135), ("Exp.", 356, 370, 135),
        ("Date", 374, 393, 135), ("19-Dec-2027", 429, 477, 135), ("Product", 56, 86, 147),
        ("Magnesium", 208, 250, 147),
    )  # fmt: skip
    found = propose([page(*words)]).fields
    assert found[HeaderField.EXPIRY_DATE].literal == "19-Dec-2027"
