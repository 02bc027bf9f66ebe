"""Results sent as data: the three forms say the same, errors are named by line, nothing escapes."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from supplier_qc.config import ROOT
from supplier_qc.domain.uploads import media_type_of, upload_problems
from supplier_qc.extraction.claims import DocumentReading, HeaderField, TextLayer
from supplier_qc.extraction.structured_cells import (
    FORMAT,
    HEADER_NAMES,
    LONGEST_VALUE,
    TEST_NAMES,
)
from supplier_qc.extraction.structured_results import Checked, check_structured, read_structured

DOCS = ROOT / "docs" / "structured-results"
HEADER = {"manufacturer": "Aspen", "catalogue_number": "PL-1", "lot_number": "00417"}
XS = "{http://www.w3.org/2001/XMLSchema}"
PH: dict[str, object] = {"test_name": "pH", "result_text": "7.3", "low": "7.0", "high": "7.6"}


def as_json(header: Mapping[str, object] | None = None, *tests: Mapping[str, object]) -> bytes:
    content = {"format": FORMAT, "header": {**HEADER, **(header or {})}, "tests": tests or [PH]}
    return json.dumps(content, indent=1).encode()


def words(checked: Checked) -> str:
    return " | ".join(f"{one.line}: {one.words}" for one in checked.problems)


@pytest.mark.parametrize("name", ["example.json", "example.xml", "example.csv"])
def test_the_examples_of_the_documentation_have_nothing_wrong(name: str) -> None:
    content = (DOCS / name).read_bytes()
    assert upload_problems(content) == ()
    assert check_structured(content).problems == ()


@pytest.mark.parametrize("name", ["example.json", "example.xml", "example.csv"])
def test_the_three_forms_say_the_same(name: str) -> None:
    found = read_structured((DOCS / name).read_bytes())
    assert found.text_layer is TextLayer.STRUCTURED
    assert found.fields[HeaderField.LOT_NUMBER].literal == "L240917"
    assert found.fields[HeaderField.EXPIRY_DATE].literal == "2028-09-16"
    endotoxin, ph = found.rows[:2]
    assert endotoxin.result is not None
    assert endotoxin.specification is not None
    assert (endotoxin.result.literal, endotoxin.specification.literal) == (
        "< 0.05",
        "NMT 0.5 EU/mL",
    )
    assert ph.spec_min is not None
    assert ph.spec_max is not None
    assert (ph.spec_min.literal, ph.spec_max.literal) == ("7.0", "7.6")


def test_every_value_names_its_line_and_has_no_place_on_a_page() -> None:
    found = read_structured((DOCS / "example.json").read_bytes())
    lines = (DOCS / "example.json").read_text(encoding="utf-8").splitlines()
    claims = [*found.fields.values(), *(row.result for row in found.rows if row.result)]
    for claim in claims:
        assert claim.box is None
        number = int(claim.rule.removeprefix("structured, line "))
        assert claim.literal in lines[number - 1]


def test_what_a_row_has_no_place_for_is_said_in_words() -> None:
    notes = " ".join(read_structured((DOCS / "example.json").read_bytes()).notes)
    assert "): replicate 1, stage release" in notes
    assert "no result: Still in incubation" in notes
    assert "tested at Contract laboratory, Basel" in notes


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (as_json({"lot_number": ""}), "lot_number is missing"),
        (as_json({"manufacturer": None}), "manufacturer is missing"),
        (as_json({"catalogue_number": ""}), "material and catalogue_number are both missing"),
        (as_json({"expiry_date": "16.09.2028"}), "expiry_date is “16.09.2028”"),
        (as_json({"expiry_date": "2028-02-30"}), "expiry_date is “2028-02-30”"),
        (as_json({}, {"result_text": "7.3"}), "test_name is missing"),
        (as_json({}, {"test_name": "pH"}), "neither result_text, value nor absent_reason"),
        (as_json({}, PH | {"absent_reason": "lost"}), "a result or an absent_reason"),
        (as_json({}, PH | {"low": "7,0"}), "write a number with a decimal point"),
        (as_json({}, PH | {"low": 8}), "low 8 is above high 7.6"),
        (as_json({}, PH | {"value": "7.4"}), "value is 7.4, result_text says 7.3"),
        (as_json({}, PH | {"low_comparator": ">"}), "need specification_text"),
        (as_json({}, PH | {"low_comparator": "<"}), "low_comparator takes >= or >"),
        (as_json({}, PH | {"conformance": "pass"}), "conformance takes conforms or"),
        (as_json({}, PH | {"method": "x" * (LONGEST_VALUE + 1)}), "more than 500 characters"),
        (as_json({}, PH | {"method": ["a"]}), "a text or a number"),
        (as_json({}, PH | {"colour": "red"}), "“colour” is not known"),
        (b'{"format": "other/1", "header": {}, "tests": []}', "other formats are not read"),
        (b'{"format": 1', "is missing"),
        (b'{"format": "x", "format": "y"}', "stands twice"),
        (b"[" * 5000, "neither JSON, XML nor CSV"),
        (b'{"a":' * 5000, "nested too deep"),
        (b'{"a": NaN}', "cannot be read"),
        (b"\xff\xfe{", "UTF-8"),
        (as_json()[:-1] + b"\xff}", "UTF-8"),
    ],
)
def test_what_is_wrong_is_named(content: bytes, expected: str) -> None:
    assert expected in words(check_structured(content))


def test_an_error_names_its_own_line() -> None:
    (found,) = check_structured(as_json({}, PH, PH | {"low": "x"})).errors
    assert '"low": "x"' in as_json({}, PH, PH | {"low": "x"}).decode().splitlines()[found.line - 1]


def test_all_errors_are_named_at_once() -> None:
    content = as_json({"lot_number": "", "expiry_date": "soon"}, PH | {"low": "x", "value": "y"})
    assert len(check_structured(content).errors) == 4


XML = '<lot-results format="supplier-qc/lot-results/1"><header>{}</header><tests/></lot-results>'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('<!DOCTYPE lot-results [<!ENTITY a "b">]>' + XML.format("&a;"), "not read"),
        (
            '<!DOCTYPE lot-results [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + XML.format("&a;"),
            "entity is declared",
        ),
        ('<!DOCTYPE lot-results SYSTEM "http://x.example/y.dtd">' + XML, "document type"),
        (XML.format("<lot_number>1</lot_number><lot_number>2</lot_number>"), "stands twice"),
        (XML.format("<a><b>1</b></a>"), "nested too deep"),
        (XML.format("&undeclared;"), "not well formed"),
        (XML.replace("/1", "/2"), "other formats"),
        ("<lot-results><x/></lot-results>", "format attribute"),
        (XML.replace("<tests/>", "<more/>"), "<more> does not belong here"),
        ("<?xml version='1.0' encoding='nonsense'?>" + XML, "encoding"),
    ],
)
def test_xml_that_could_reach_out_or_is_broken_is_refused(content: str, expected: str) -> None:
    data = content if content.startswith("<?xml") else "<?xml version='1.0'?>" + content
    assert expected in words(check_structured(data.encode()))


def test_entities_that_swell_take_no_time() -> None:
    swell = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 30))
    bomb = f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "x">{swell}]><l>&a29;</l>'
    assert check_structured(bomb.encode()).reading is None


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("lot_number;test_name;result_text\nL1;pH;7.3\nL2;pH;7.4\n", "One file holds one lot"),
        ("lot_number,test_name,result_text\nL1,pH,7.3,x\n", "more values than there are columns"),
        ("lot_number,test_name,result_text,unit,unit\n", "A column stands twice: unit"),
        ('lot_number,test_name,result_text\nL1,"pH,7.3\n', "no CSV"),
        ("lot_number,test_name,result_text\n\n,,\n", "There is no test"),
    ],
)
def test_a_table_that_does_not_fit_is_named_by_its_line(content: str, expected: str) -> None:
    assert expected in words(check_structured(content.encode()))


def test_a_value_over_two_lines_does_not_shift_the_lines_after_it() -> None:
    table = 'lot_number,test_name,result_text,low\nL1,"a\nb",1,x\nL1,c,1,y\n'
    found = [one.line for one in check_structured(table.encode()).errors if "decimal" in one.words]
    assert found == [2, 4]


def test_a_broken_file_is_entered_by_hand() -> None:
    found = read_structured(b'{"format": 1')
    assert (found.text_layer, found.rows) == (TextLayer.DAMAGED, ())
    assert "by hand" in found.notes[-1]


def test_a_file_with_errors_is_still_proposed_with_its_errors_named() -> None:
    found = read_structured(as_json({"expiry_date": "soon"}))
    assert len(found.rows) == 1
    assert "expiry_date is “soon”" in found.notes[0]
    assert DocumentReading.from_json(found.to_json()) == found


def test_digits_stay_as_they_were_written() -> None:
    found = read_structured(as_json().replace(b'"7.3"', b"7.30"))
    assert found.rows[0].result is not None
    assert found.rows[0].result.literal == "7.30"


def test_the_schemas_know_the_same_names_as_the_reader() -> None:
    schema = json.loads((DOCS / "lot-results.schema.json").read_text(encoding="utf-8"))
    header, tests = schema["properties"]["header"], schema["properties"]["tests"]["items"]
    assert tuple(header["properties"]) == tuple(HEADER_NAMES)
    assert tuple(tests["properties"]) == TEST_NAMES
    xsd = etree.parse(str(DOCS / "lot-results.xsd"))
    named = [one.get("name") for one in xsd.iterfind(f".//{XS}all/{XS}element")]
    assert tuple(named) == (*HEADER_NAMES, *TEST_NAMES)


def test_the_xml_example_fits_the_schema() -> None:
    schema = etree.XMLSchema(etree.parse(str(DOCS / "lot-results.xsd")))
    assert schema.validate(etree.parse(str(DOCS / "example.xml")))


def test_every_name_is_explained() -> None:
    text = Path(ROOT / "docs" / "structured-results.md").read_text(encoding="utf-8")
    assert [name for name in (*HEADER_NAMES, *TEST_NAMES) if f"`{name}`" not in text] == []


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail(content: bytes) -> None:
    for begin in (b"", b"{", b"<?xml ", b"lot_number,test_name,result_text\n"):
        read_structured(begin + content)
        assert isinstance(media_type_of(begin + content), str)


@given(
    st.dictionaries(st.sampled_from([*HEADER_NAMES, "other"]), st.text(max_size=20)),
    st.lists(
        st.dictionaries(st.sampled_from([*TEST_NAMES, "other"]), st.text(max_size=20)), max_size=4
    ),
)
def test_a_literal_is_never_altered(header: dict[str, str], tests: list[dict[str, str]]) -> None:
    content = json.dumps({"format": FORMAT, "header": header, "tests": tests}).encode()
    found = read_structured(content)
    sent = {*header.values(), *(value for test in tests for value in test.values())}
    signs = {f"{sign} {value}" for sign in "<>" for value in sent}
    claims = [*found.fields.values()]
    claims += [c for row in found.rows for c in (row.name, row.result, row.specification) if c]
    assert {claim.literal for claim in claims} <= sent | signs
