"""The pure part of the reader, on words made by hand and on any words at all."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supplier_qc.extraction.claims import DocumentReading, HeaderField, TextLayer
from supplier_qc.extraction.column_words import match_column
from supplier_qc.extraction.page_content import (
    Direction,
    FormValue,
    PageContent,
    Rule,
    Turn,
    Word,
)
from supplier_qc.extraction.reader import propose
from supplier_qc.extraction.triage import ProbedPage, judge_document, judge_page
from supplier_qc.extraction.truth_shape import as_truth_object, printed_date
from supplier_qc.extraction.vocabulary import Column, labels_of

A4 = (595.0, 842.0)


def _page(*lines: tuple[float, tuple[tuple[float, str], ...]]) -> PageContent:
    """A page from (top, ((left, text), ...)) with 5 points a letter and a 9 point font."""
    words = []
    for top, parts in lines:
        for left, text in parts:
            at = left
            for word in text.split():
                words.append(Word(word, at, top, at + 5 * len(word), top + 9, 9))
                at += 5 * len(word) + 3
    return PageContent(1, *A4, tuple(words))


def _value(page: PageContent, field: HeaderField) -> str | None:
    claim = propose([page]).fields.get(field)
    return claim.literal if claim else None


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        (((50, "Lot No.: 00071"),), HeaderField.LOT_NUMBER, "00071"),
        (((50, "Lot No."), (200, "00071")), HeaderField.LOT_NUMBER, "00071"),
        (((50, "Lot #1"),), HeaderField.LOT_NUMBER, "1"),
        (((50, "Batch:B-12; Exp: 03/2027"),), HeaderField.LOT_NUMBER, "B-12"),
        (((50, "Batch:B-12; Exp: 03/2027"),), HeaderField.EXPIRY_DATE, "03/2027"),
        (((50, "Chargen-Nr."), (200, "17 A")), HeaderField.LOT_NUMBER, "17 A"),
        (((50, "Quality Release Date"), (250, "12 MAR 2025")), HeaderField.RELEASE_DATE,
         "12 MAR 2025"),
        (((50, "Customer Order Date"), (250, "12 MAR 2025")), HeaderField.RELEASE_DATE, None),
        (((50, "Shelf life"), (250, "36 months")), HeaderField.EXPIRY_DATE, None),
        (((50, "Storage: ☐ +5 °C ☒ -80 °C"),), HeaderField.STORAGE, "-80 °C"),
    ],
)  # fmt: skip
def test_a_label_finds_its_value(
    line: tuple[tuple[float, str], ...],
    field: HeaderField,
    value: str | None,
) -> None:
    assert _value(_page((100, line)), field) == value


def test_a_value_that_is_printed_twice_is_more_certain() -> None:
    once = _page((100, ((50, "Lot: A-1"),)))
    twice = _page((100, ((50, "Lot: A-1"),)), (300, ((50, "Batch number: A-1"),)))

    first, second = (propose([page]).fields[HeaderField.LOT_NUMBER] for page in (once, twice))
    assert second.confidence > first.confidence


def test_two_lots_in_one_file_are_both_named_and_lower_the_confidence() -> None:
    page = _page((100, ((50, "Lot: A-1"),)), (300, ((50, "Lot: B-2"),)))

    proposal = propose([page])
    assert proposal.lots_seen == ("A-1", "B-2")
    assert any("A-1, B-2" in note for note in proposal.notes)
    assert proposal.fields[HeaderField.LOT_NUMBER].confidence < 0.95


def test_letters_stacked_on_the_margin_are_no_cells() -> None:
    rows = tuple(
        (100 + 20 * number, ((50, name), (400, "max. 5 ppm")))
        for number, name in enumerate(("Arsenic", "Lead", "Mercury"))
    )
    page = _page(*rows)
    stamp = tuple(
        Word(letter, 560, 100 + 7 * number, 572, 104 + 7 * number, 5)
        for number, letter in enumerate("Stamp42")
    )
    stamped = PageContent(1, *A4, (*page.words, *stamp))

    assert propose([stamped]).rows == propose([page]).rows
    assert [row.result.literal for row in propose([stamped]).rows if row.result] == [
        "max. 5 ppm"
    ] * 3


def test_a_form_value_beats_the_empty_line_beside_its_label() -> None:
    page = _page((100, ((50, "Expiration Date"),)))
    form = FormValue("Text7", "31MAR2026", 200, 99, 300, 111)
    filled = PageContent(1, *A4, page.words, (form,))

    assert _value(filled, HeaderField.EXPIRY_DATE) == "31MAR2026"


@pytest.mark.parametrize(
    ("printed", "column"),
    [
        ("Result", Column.RESULT),
        ("Test Results", Column.RESULT),
        ("Ergebnis", Column.RESULT),
        ("Résultat", Column.RESULT),
        ("Result (mg/g)", Column.RESULT),
        ("Acceptance Criteria", Column.SPECIFICATION),
        ("Spec. values", Column.SPECIFICATION),
        ("Prüfmethode", Column.METHOD),
        ("Pass/Fail", Column.VERDICT),
        ("Masseinheit", Column.UNIT),
    ],
)
def test_a_column_word_has_its_meaning(printed: str, column: Column) -> None:
    assert column in match_column(printed)[0]


@pytest.mark.parametrize("printed", ["12.5", "Total yeast and mould", "Complies with USP 43", ""])
def test_a_value_is_no_column_word(printed: str) -> None:
    assert match_column(printed)[0] == ()


def test_a_unit_in_the_column_head_is_kept_apart() -> None:
    assert match_column("Result (mg/g)")[2] == "mg/g"


def test_a_label_of_the_customer_is_not_taken_for_ours() -> None:
    assert all(label.field is None for label in labels_of("Customer Part Number"))


@pytest.mark.parametrize(
    ("literal", "day_first", "expected"),
    [
        ("28MAR2025", None, "2025-03-28"),
        ("06.2024", None, "2024-06"),
        ("03/04/2025", True, "2025-04-03"),
        ("03/04/2025", False, "2025-03-04"),
        ("JANUARY, 2025", None, "2025-01"),
        ("when empty", None, "when empty"),
    ],
)
def test_dates_are_written_one_way_and_never_invented(
    literal: str,
    day_first: bool | None,  # noqa: FBT001  # a table of cases
    expected: str,
) -> None:
    assert printed_date(literal, day_first) == expected


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (ProbedPage("", 0.0, has_marks=False), TextLayer.EMPTY),
        (ProbedPage("", 0.9, has_marks=True), TextLayer.SCAN),
        (ProbedPage("\x12\x1f -$\x1b,'*0\r\n\x04'%($\"\x1b&\x1d" * 9, 0.0, has_marks=True),
         TextLayer.GARBLED),
        (ProbedPage("0EFGHIJK LMNMNOOOP Q;R1S43 M09T09;6:05 U@GVW 9H QXPYOOOOO " * 9, 0.0,
                    has_marks=True), TextLayer.GARBLED),
        (ProbedPage("https://drive.example/view 1/1 12/24/2025", 0.8, has_marks=True),
         TextLayer.HEADER_ONLY),
        (ProbedPage("Certificate of analysis: lot 7, the result of the test is 5.", 0.0,
                    has_marks=True), TextLayer.TEXT),
    ],
)  # fmt: skip
def test_a_text_layer_is_judged_by_what_it_says(page: ProbedPage, kind: TextLayer) -> None:
    assert judge_page(page) is kind


def test_one_readable_page_makes_the_file_readable() -> None:
    assert judge_document([TextLayer.SCAN, TextLayer.TEXT]) is TextLayer.TEXT


_texts = st.one_of(
    st.text(min_size=1, max_size=12),
    st.sampled_from(
        ["Test", "Result", "Specification", "Lot", "Lot:", "No.", "Date:", "Method", "Unit", "Min",
         "Max", "<", "≥", "5.0", "7,5", "%", "Page", "1", "2025-03-04", "conforms", "Sample",
         "Name", "|", "©", "www.maker.com", "country", "of", "origin", "France", "Inc.", "(mg/g)"]
    ),
)  # fmt: skip
_places = st.floats(-50, 900, allow_nan=False)
_words = st.builds(
    lambda text, x, top, wide, high: Word(text, x, top, x + wide, top + high, max(high, 0.1)),
    _texts,
    _places,
    _places,
    st.floats(0, 300),
    st.floats(0, 40),
)
_rules = st.builds(
    lambda direction, at, start, length: Rule(direction, at, start, start + length),
    st.sampled_from(Direction),
    _places,
    _places,
    st.floats(0, 600),
)
_forms = st.builds(
    lambda name, text, x, top: FormValue(name, text, x, top, x + 80, top + 12),
    _texts,
    _texts,
    _places,
    _places,
)
_pages = st.builds(
    PageContent,
    number=st.just(1),
    width=st.just(A4[0]),
    height=st.just(A4[1]),
    words=st.lists(_words, max_size=60).map(tuple),
    form_values=st.lists(_forms, max_size=4).map(tuple),
    rules=st.lists(_rules, max_size=25).map(tuple),
    turn=st.sampled_from(Turn),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_pages)
def test_no_words_make_the_reader_raise(page: PageContent) -> None:
    proposal = propose([page])

    reading = DocumentReading(TextLayer.TEXT, fields=proposal.fields, rows=proposal.rows)
    as_truth_object(reading)
    assert DocumentReading.from_json(reading.to_json()) == reading


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_pages)
def test_no_sign_appears_that_is_not_printed(page: PageContent) -> None:
    texts = [word.text for word in page.words] + [value.text for value in page.form_values]
    printed = set(re.sub(r"\s", "", "".join(texts)))
    proposal = propose([page])

    claims = [*proposal.fields.values()]
    claims += [
        claim
        for row in proposal.rows
        for claim in (row.name, row.method, row.specification, row.result, row.unit)
        if claim
    ]
    for claim in claims:
        # Several ticked boxes are listed with semicolons, the one sign the reader may add.
        assert set(re.sub(r"[\s;]", "", claim.literal)) <= printed


def test_a_date_under_a_signature_is_a_weak_release_date() -> None:
    page = _page(
        (600, ((50, "Keira Dunmallow, Quality Manager"),)),
        (613, ((50, "5 February 2026"),)),
    )

    claim = propose([page]).fields[HeaderField.RELEASE_DATE]
    assert claim.literal == "5 February 2026"
    assert claim.confidence < 0.6


def test_an_origin_that_is_no_country_is_not_proposed_as_one() -> None:
    assert _value(_page((100, ((50, "Origin: Bovine"),))), HeaderField.COUNTRY_OF_ORIGIN) is None
    assert (
        _value(_page((100, ((50, "Origin: Denmark, Germany"),))), HeaderField.COUNTRY_OF_ORIGIN)
        == "Denmark, Germany"
    )


def test_two_tables_beside_each_other_do_not_mix() -> None:
    page = _page(
        (100, ((50, "Analyte"), (150, "Result"), (320, "Analyte"), (420, "Result"))),
        (115, ((50, "Lead"), (150, "0.1"), (320, "Arsenic"), (420, "0.2"))),
        (130, ((50, "Cadmium"), (150, "ND"), (320, "Mercury"), (420, "ND"))),
    )

    rows = {
        (row.name.literal, row.result.literal)
        for row in propose([page]).rows
        if row.name and row.result
    }
    assert rows == {("Lead", "0.1"), ("Arsenic", "0.2"), ("Cadmium", "ND"), ("Mercury", "ND")}
