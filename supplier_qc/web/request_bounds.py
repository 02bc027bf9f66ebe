"""What no record can hold is refused before a view runs, on both databases alike."""

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, Map

LARGEST_NUMBER = 2**31 - 1
"""The largest number of a record: what PostgreSQL's integer holds."""

_MOST_DIGITS = len(str(LARGEST_NUMBER))


class RecordNumberConverter(IntegerConverter):
    """`<int:…>` of every route: an address with a larger number is found nowhere."""

    # As many digits as a record's number can have, so that nothing longer is even read.
    regex = rf"\d{{1,{_MOST_DIGITS}}}"

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_NUMBER)


def record_number(text: str | None) -> int | None:
    """The number in a filter of a list; None where it is no number of a record."""
    if not text or not text.isdecimal() or len(text) > _MOST_DIGITS:
        return None
    number = int(text)
    return number if number <= LARGEST_NUMBER else None


def install(app: Flask) -> None:
    """Before any blueprint is registered: a route keeps the converter it was made with."""
    app.url_map.converters["int"] = RecordNumberConverter
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    """PostgreSQL keeps no NUL in a text, and nobody types one."""
    sent = (request.args, request.form)
    if any("\0" in text for fields in sent for values in fields.values() for text in values):
        abort(400)
