"""What is taken as a certificate's file, judged by its bytes and never by its name."""

import re

LARGEST_BYTES = 100 * 2**20
"""The service's own ceiling; the pages refuse smaller uploads already (SUPPLIER_QC_UPLOAD_MB)."""

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
    if _HEADER not in content[:_HEADER_WITHIN]:
        problems.append("the file is not a PDF; its first bytes are not those of one.")
    return tuple(problems)


def shown_filename(filename: str) -> str:
    """The last part of the name, without control characters; kept for people, never a path."""
    last = re.split(r"[/\\]", filename)[-1]
    printable = "".join(sign for sign in last if sign.isprintable()).strip()
    return printable[:_LONGEST_NAME] or "unnamed.pdf"
