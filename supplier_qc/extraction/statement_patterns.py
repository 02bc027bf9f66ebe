"""Guidelines and certificates of suitability, which are cited in few and fixed forms."""

import re
from collections.abc import Iterator

from supplier_qc.domain.origin.statement_papers import StatementFact
from supplier_qc.extraction.claims import StatementClaim
from supplier_qc.extraction.statement_text import DATE, PageText

CITED, DATED = 0.93, 0.85
AFTER_CEP = 170  # signs within which the validity of a CEP stands
_DAY = rf"(?P<day>{DATE.pattern})"


def _pattern(*parts: str) -> re.Pattern[str]:
    return re.compile("".join(parts), re.IGNORECASE)


_EMA = _pattern(
    r"\bEMA?E?A?(?:/CPMP|/CHMP|/CVMP)?[/ -]?\s?410/0?1",
    r"(?:[\s,;(-]*(?:r[eé]v(?:ision)?\.?)[\s.]*(?P<rev>\d+))?",
)
_CHAPTERS = r"(?P<number>5\.2\.8|5\.2\.12|1483)\b"
_PHARMACOPOEIA = _pattern(
    r"(?:\bPh\.?\s?Eur\.?|\bEP\b|European Pharmacopoeia|Europäische[sn]? Arzneibuch(?:es|s)?",
    r"|\bmonograph\b|\bchapter\b|\bKapitel\b|\bMonographie\b)[^;:]{0,60}?\b",
    _CHAPTERS,
)
_FURTHER_NUMBER = _pattern(r"^[\s,]*(?:and|und|or|&|,)[^.;:]{0,25}?\b", _CHAPTERS)
_OTHERS = (
    (
        _pattern(r"(?:Decision\s|Entscheidung\s)?\b2007/453/E[CG]\b"),
        "Decision 2007/453/EC",
    ),
    (
        _pattern(r"(?:\(E[CG]\)\s?)?(?:No\.?\s?|Nr\.?\s?)?\b999/2001\b"),
        "Regulation (EC) 999/2001",
    ),
    (
        _pattern(r"\b9\s?CFR(?:\sPart)?\s?§?\s?(?P<number>\d{2,3}(?:\.\d+)?)"),
        "9 CFR {number}",
    ),
)
_CEP = _pattern(
    r"\b(?P<prefix>R[0-9]-)?CEP\s?(?:No\.?\s)?(?P<number>[0-9]{4}-[0-9]{3})",
    r"(?:[\s,-]*Rev\.?\s?(?P<rev>[0-9]+))?",
)
_FROM = _pattern(r"(?:valid from|from|gültig ab|gültig vom)\s", _DAY)
_UNTIL = _pattern(
    r"(?:valid until|until|valid to|to|expir\w+(?: on)?|gültig bis|bis)(?: zum)?\s", _DAY
)


def cited_documents(text: PageText) -> Iterator[StatementClaim]:
    for match in _EMA.finditer(text.text):
        named = "EMA/410/01" + (f" rev. {int(match['rev'])}" if match["rev"] else "")
        yield _cited(text, match, named)
    for match in _PHARMACOPOEIA.finditer(text.text):
        yield _cited(text, match, f"Ph. Eur. {match['number']}")
        further = _FURTHER_NUMBER.match(text.text[match.end() :])
        if further is not None:
            start = match.end()
            claim = text.claim(start, start + further.end(), CITED, "as it is cited")
            yield StatementClaim(StatementFact.GUIDELINE, f"Ph. Eur. {further['number']}", claim)
    for pattern, name in _OTHERS:
        for match in pattern.finditer(text.text):
            yield _cited(text, match, name.format(**match.groupdict()))


def cep_claims(text: PageText) -> Iterator[StatementClaim]:
    """The first CEP with its revision, and the days of its validity that stand behind it."""
    match = _CEP.search(text.text)
    if match is None:
        return
    revision = f"-Rev {int(match['rev']):02}" if match["rev"] else ""
    value = f"{(match['prefix'] or '').upper()}CEP {match['number']}{revision}"
    claim = text.claim(*match.span(), CITED, "as it is cited")
    yield StatementClaim(StatementFact.CEP, value, claim)
    behind = text.text[match.end() : match.end() + AFTER_CEP]
    for fact, pattern in (
        (StatementFact.CEP_VALID_FROM, _FROM),
        (StatementFact.CEP_VALID_UNTIL, _UNTIL),
    ):
        found = pattern.search(behind)
        if found is not None:
            start, end = (match.end() + place for place in found.span("day"))
            dated = text.claim(start, end, DATED, "behind the number of the CEP")
            yield StatementClaim(fact, "", dated)


def _cited(text: PageText, match: re.Match[str], named: str) -> StatementClaim:
    claim = text.claim(*match.span(), CITED, "as it is cited")
    return StatementClaim(StatementFact.GUIDELINE, named, claim)
