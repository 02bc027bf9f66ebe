"""Judges a demo result against the demo specification, with the product's own rules."""

from decimal import Decimal

from supplier_qc.demo.records import SpecificationLine
from supplier_qc.demo.specifications import SPECIFICATIONS
from supplier_qc.domain.measurement.values import read_value
from supplier_qc.domain.specification.lines import LimitLine
from supplier_qc.domain.specification.results import result_from_reading
from supplier_qc.domain.specification.verdicts import Verdict, evaluate

LINES = {
    specification.item: {line.attribute: line for line in specification.lines}
    for specification in SPECIFICATIONS
}


def limit_line(line: SpecificationLine) -> LimitLine:
    return LimitLine(
        attribute=line.attribute,
        operator=line.operator,
        low=_decimal(line.low),
        high=_decimal(line.high),
        unit=line.unit,
        allowed_texts=line.allowed_texts,
        method=line.method,
        lod=_decimal(line.lod),
        loq=_decimal(line.loq),
        is_identity_test=line.is_identity_test,
    )


def verdict(
    item: str, attribute: str, raw: str, unit: str | None, *, decimal_comma: bool = False
) -> Verdict:
    result = result_from_reading(read_value(raw, decimal_comma=decimal_comma), unit)
    return evaluate(result, limit_line(LINES[item][attribute])).verdict


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
