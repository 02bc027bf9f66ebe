"""What is taken as a certificate's file, judged by its bytes and never by its name."""

import re

PDF = "application/pdf"
JSON = "application/json"
XML = "application/xml"
CSV = "text/csv"
STRUCTURED = frozenset({JSON, XML, CSV})
"""Results as data, see docs/structured-results.md; there is no page to look at."""

CSV_NEEDS = frozenset({"lot_number", "test_name", "result_text"})
"""Columns by which a table is known as results of a lot."""

LARGEST_BYTES = 100 * 2**20
"""The service's own ceiling; the pages refuse smaller uploads already (SUPPLIER_QC_UPLOAD_MB)."""

LARGEST_STRUCTURED_BYTES = 5 * 2**20

UNKNOWN = "application/octet-stream"

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_HEADER = b"%PDF-"
_HEADER_WITHIN = 1024  # readers accept junk before the header within the first kilobyte
_LONGEST_NAME = 255


def upload_problems(content: bytes) -> tuple[str, ...]:
    """Every reason why the bytes are not taken; empty when they are."""
    if not content:
        return ("the file is empty.",)
    problems = []
    if len(content) > LARGEST_BYTES:
        problems.append(f"the file is larger than {LARGEST_BYTES // 2**20} MB.")
    if media_type_of(content) == UNKNOWN:
        problems.append(
            "the file is not a PDF; its first bytes are not those of one, nor of results as "
            "JSON, XML or CSV."
        )
    if media_type_of(content) in STRUCTURED and len(content) > LARGEST_STRUCTURED_BYTES:
        problems.append(
            f"structured results are larger than {LARGEST_STRUCTURED_BYTES // 2**20} MB."
        )
    return tuple(problems)


def media_type_of(content: bytes) -> str:
    """The media type the bytes show; `application/octet-stream` for anything else."""
    if _HEADER in content[:_HEADER_WITHIN]:
        return PDF
    begin = content[:_HEADER_WITHIN].removeprefix(_BYTE_ORDER_MARK).lstrip()
    if begin.startswith(b"{"):
        return JSON
    if begin.startswith((b"<?xml", b"<lot-results")):
        return XML
    return CSV if _is_our_table(begin) else UNKNOWN


def _is_our_table(begin: bytes) -> bool:
    first_line = begin.split(b"\n", 1)[0].decode("utf-8", "replace")
    named = {word.strip(' "\r').lower() for word in re.split("[,;\t]", first_line)}
    return named >= CSV_NEEDS


def shown_filename(filename: str) -> str:
    """The last part of the name, without control characters; kept for people, never a path."""
    last = re.split(r"[/\\]", filename)[-1]
    printable = "".join(sign for sign in last if sign.isprintable()).strip()
    return printable[:_LONGEST_NAME] or "unnamed.pdf"
