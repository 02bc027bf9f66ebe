"""Whether the result of an identity test names another substance than the product."""

import re
from collections.abc import Iterable

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.domain.measurement.values import ValueKind, read_value
from supplier_qc.domain.specification.statements import says_absent, says_conforms

_IDENTITY = re.compile(r"\b(?:identity|identification|identitat|identite|identidad|identita)\b")
_NAMES = re.compile(
    r"\b(?:identified as|consistent with|positive for|confirmed as|corresponds to|identical to|"
    r"conforms to|matches|spectrum of|is)\s+(?:the\s+|that of\s+|reference\s+|standard\s+)*(.+)$"
)
_GENERAL = frozenset(
    """
    positive negative passed passes conforms conform complies comply confirmed matches match
    identical identity identified standard reference spectrum spectra sample material product
    method test assay result results specification requirements acceptable correct typical
    characteristic band bands peak peaks retention time sequence mass weight protein peptide
    infrared chromatogram corresponds consistent agrees observed present detected meets within
    solution powder white clear species human bovine porcine recombinant
    """.split()  # noqa: SIM905 -- a word list reads best as text
)
_MOST_WORDS = 4
_SHORTEST_NAME = 5


def other_substance(test: str, result: str | None, names: Iterable[str]) -> str | None:
    """The substance that an identity result names, where none of `names` shares a word with it.

    Conservative: a number, a statement of conformity, general words and anything longer than a
    short name say nothing.
    """
    words = folded(result or "")
    if not _IDENTITY.search(folded(test)) or not words:
        return None
    if says_conforms(words) is not None or says_absent(words):
        return None
    if read_value(words).kind is not ValueKind.TEXT:
        return None
    stated = _NAMES.search(words)
    named = _significant(stated[1] if stated else words)
    if not named or len(named) > _MOST_WORDS:
        return None
    known = [word for name in names for word in _significant(name)]
    if not known or any(_related(one, other) for one in named for other in known):
        return None
    return stated[1] if stated else " ".join((result or "").split())


def _significant(text: str) -> list[str]:
    found = re.findall(r"[^\W\d_]+", folded(text))
    return [word for word in found if len(word) >= _SHORTEST_NAME and word not in _GENERAL]


def _related(one: str, other: str) -> bool:
    """Equal, or one begins like the other: heparin and heparinum."""
    shortest = min(len(one), len(other))
    return (
        one in other
        or other in one
        or one[: max(_SHORTEST_NAME, shortest - 2)] == (other[: max(_SHORTEST_NAME, shortest - 2)])
    )
