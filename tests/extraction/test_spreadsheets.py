"""Files that are offered as a workbook and are damaged: refused in words, whatever is wrong."""

from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from supplier_qc.domain.refusals import Refused
from supplier_qc.extraction.spreadsheets import read_spreadsheets


def a_workbook() -> bytes:
    book, packed = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    for number in range(20):
        sheet.append([f"Lot {number}", number, "text that is long enough to be packed"])
    book.save(packed)
    return packed.getvalue()


WORKBOOK = a_workbook()


def flipped(content: bytes, at: int, value: int) -> bytes:
    return content[:at] + bytes([value]) + content[at + 1 :]


@settings(max_examples=50)
@given(st.integers(4, len(WORKBOOK) - 1), st.integers(0, 255))
def test_a_workbook_with_a_wrong_byte_is_read_or_refused(at: int, value: int) -> None:
    with suppress(Refused):
        sheets, _ = read_spreadsheets(flipped(WORKBOOK, at, value), "answers.xlsx")
        assert sheets


def in_the_packed_sheet() -> int:
    """The place of a byte among the packed ones of the first sheet."""
    name = b"xl/worksheets/sheet1.xml"
    return WORKBOOK.index(name) + len(name) + 20


def with_flag_of_a_password() -> bytes:
    """Bit 0 of the flags of each part, in its own header and in the directory."""
    content = bytearray(WORKBOOK)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


def without_a_workbook_in_it() -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo("readme.txt"), "nothing")
    return packed.getvalue()


PACKED = in_the_packed_sheet()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(with_flag_of_a_password(), id="parts with a password"),
        pytest.param(without_a_workbook_in_it(), id="another archive"),
        pytest.param(WORKBOOK[:200], id="cut off"),
        pytest.param(flipped(WORKBOOK, PACKED, WORKBOOK[PACKED] ^ 0xFF), id="packed bytes damaged"),
    ],
)
def test_what_is_no_sound_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        read_spreadsheets(content, "answers.xlsx")
