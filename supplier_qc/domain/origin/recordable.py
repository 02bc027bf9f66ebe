"""What may be recorded: facts that can be read, stored and shown again."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from supplier_qc.domain.countries import COUNTRIES
from supplier_qc.domain.origin.facts import OriginComponent, OriginFactsRefused
from supplier_qc.domain.origin.facts_json import component_from_json
from supplier_qc.domain.origin.nesting import walk

LONGEST_NAME = 200
LONGEST_TEXT = 2_000
DEEPEST = 40
"""Levels of lists and objects; a component within a component takes two."""
MOST_PARTS = 100
_LARGEST_EXPONENT = 9


def recordable_component(data: object) -> OriginComponent:
    """The component that the JSON describes; raises OriginFactsRefused with all problems."""
    OriginFactsRefused.unless_empty(dict.fromkeys(_storage_problems(data)))
    component = component_from_json(data)
    OriginFactsRefused.unless_empty(dict.fromkeys(recording_problems(component)))
    return _in_order(component)


def _in_order(component: OriginComponent) -> OriginComponent:
    """Tests in one order, so that the order of entry makes no assessment outdated."""
    return replace(
        component,
        tests=tuple(sorted(component.tests, key=lambda test: (test.agent, test.result))),
        components=tuple(_in_order(child) for child in component.components),
    )


def recording_problems(component: OriginComponent) -> Iterator[str]:
    """Why facts that can be read are not recorded."""
    parts = [part for _, part in walk(component)]
    if len(parts) > MOST_PARTS:
        yield f"{len(parts)} components are more than the {MOST_PARTS} that one record holds."
    for part in parts:
        if len(part.name) > LONGEST_NAME:
            yield f"The name has {len(part.name)} characters; at most {LONGEST_NAME} are kept."
        yield from (f"{part.name}: {reason}" for reason in _country_problems(part))
        yield from (f"{part.name}: {reason}" for reason in _number_problems(part))


def _country_problems(part: OriginComponent) -> Iterator[str]:
    places = (part.birth, part.rearing, part.slaughter)
    codes = {place.country for place in places if place is not None}
    if part.human is not None:
        codes |= part.human.donor_countries
    for code in sorted(codes - COUNTRIES.keys()):
        yield f"{code} is not the code of a country (ISO 3166-1)."


def _number_problems(part: OriginComponent) -> Iterator[str]:
    numbers = {"the age of the animals": part.age_months}
    for step in part.process:
        kind = step.kind.value.replace("_", " ")
        numbers |= {
            f"the temperature of the {kind}": step.temperature_c,
            f"the duration of the {kind}": step.minutes,
            f"the pressure of the {kind}": step.pressure_bar,
            f"the dose of the {kind}": step.dose_kgy,
            f"the pH of the {kind}": step.ph,
            f"the pore size of the {kind}": step.pore_size_nm,
        }
        numbers |= {
            f"the reduction of {claim.family.value} by the {kind}": claim.log10
            for claim in step.log_reductions
        }
    for what, number in numbers.items():
        if number is not None and not _is_plausible(number):
            yield f"{what} is too large or too finely given to be a measured value."
    pool = part.human.pool_donors if part.human else None
    if pool is not None and pool >= 10**_LARGEST_EXPONENT:
        yield "the pool holds more donors than there are."


def _is_plausible(number: Decimal) -> bool:
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and (
        exponent >= -_LARGEST_EXPONENT and number.adjusted() < _LARGEST_EXPONENT
    )


def _storage_problems(data: object) -> Iterator[str]:
    """What would stop the facts from being read or stored; without recursion, whatever comes."""
    open_values: list[tuple[object, int]] = [(data, 1)]
    while open_values:
        value, depth = open_values.pop()
        if depth > DEEPEST:
            yield "The facts are nested more deeply than any component is."
            return
        if isinstance(value, dict):
            open_values += [(entry, depth + 1) for pair in value.items() for entry in pair]
        elif isinstance(value, list):
            open_values += [(entry, depth + 1) for entry in value]
        elif isinstance(value, str):
            yield from _text_problems(value)


def _text_problems(text: str) -> Iterator[str]:
    if len(text) > LONGEST_TEXT:
        yield f"A text of {len(text)} characters is longer than the {LONGEST_TEXT} that are kept."
    if not all(sign.isprintable() or sign in "\n\r\t" for sign in text):
        yield "A text holds a character that cannot be stored or seen."
