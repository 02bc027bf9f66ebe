"""A statement of origin into claims; pure, and never raises on any words."""

import re
from collections.abc import Iterable, Iterator, Sequence

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.domain.measurement.dates import decide_day_order
from supplier_qc.domain.origin.statement_papers import (
    DATES,
    PLACES,
    SEVERAL,
    StatementFact,
    value_problems,
)
from supplier_qc.domain.origin.vocabulary import IssuerRole
from supplier_qc.extraction.claims import Claim, StatementClaim
from supplier_qc.extraction.layout import Line, Phrase
from supplier_qc.extraction.page_columns import columns_of_text
from supplier_qc.extraction.page_content import PageContent
from supplier_qc.extraction.statement_labels import Labelled, codes_in, labelled_values
from supplier_qc.extraction.statement_patterns import cep_claims, cited_documents
from supplier_qc.extraction.statement_sentences import said_in_sentences, said_of_sources
from supplier_qc.extraction.statement_signature import signature_claims
from supplier_qc.extraction.statement_text import DATE, PageText, day_of
from supplier_qc.extraction.statement_words import statement_words

LETTER_DATE, LONE_DATE, ROLE, RANGE, LISTED = 0.75, 0.55, 0.7, 0.85, 0.8
MOST_OF_A_FACT = 60
_SPECIES_CELL = re.compile(r"[^\W\d_]+")
_VALID = re.compile(
    r"\b(?:valid (?:until|to|through)|expires on|gültig bis|valable jusqu.au|válido hasta"
    r"|válido até|valido fino al)\s*:?\s*(?:the\s|zum\s|au\s|el\s)?(?P<day>" + DATE.pattern + ")",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"\b(?:valid|gültig)\b[^.;]{0,40}?\b(?:for|für)\s(?:\w+\s){0,2}?"
    r"(?:months?|years?|Monate|Jahre)\b",
    re.IGNORECASE,
)
_CODES = r"(?P<codes>[A-Z0-9][\w./-]*(?:(?:\s?[,;&]\s?|\s(?:and|und|et|y|e)\s)[A-Z0-9][\w./-]*)*)"
_CATALOGUE = re.compile(
    r"\b(?:catalog(?:ue)? (?:no|number|nr)s?|cat\.? ?nos?|article numbers?|item numbers?"
    r"|product (?:codes?|numbers?)|artikel(?:nummern?|-nr)|kat\.-nr|bestellnummern?)\b\.?:?\s*"
    + _CODES,
    re.IGNORECASE,
)
_LOTS = re.compile(
    r"\b(?:lots?|batch(?:es)?|chargen?)\b\.?\s?(?:nos?\b|numbers?\b|nr\b)?\.?:?\s*" + _CODES,
    re.IGNORECASE,
)


def statement_claims(
    pages: Sequence[tuple[PageContent, Sequence[Line]]],
    *,
    issuer: Claim | None,
    recognised: frozenset[int] = frozenset(),
) -> tuple[StatementClaim, ...]:
    """The claims of all pages; `issuer` as the letterhead has it, `recognised` pages are images."""
    found: list[StatementClaim] = []
    if issuer is not None:
        found.append(StatementClaim(StatementFact.ISSUER, _one_line(issuer.literal), issuer))
    texts = []
    for page, page_lines in pages:
        lines = columns_of_text(page_lines, page.width)
        text = PageText.of_lines(lines, page.number)
        texts.append(text)
        found += _of_page(page, lines, text, is_printed=page.number not in recognised)
    first_day = decide_day_order(
        [one[0] for text in texts for one in DATE.finditer(text.text)]
    ).day_first
    dated = [_with_day(one, day_first=first_day) for one in found]
    return tuple(_each_once(dated))


def _of_page(
    page: PageContent, lines: Sequence[Line], text: PageText, *, is_printed: bool
) -> Iterator[StatementClaim]:
    for value in labelled_values(lines):
        yield from _controlled(value)
    yield from _dates(lines, text)
    yield from _numbers(text)
    yield from cited_documents(text)
    yield from cep_claims(text)
    yield from said_of_sources(lines)
    yield from said_in_sentences(lines)
    yield from _phrases(text)
    yield from signature_claims(page, lines, is_printed=is_printed)


def _controlled(value: Labelled) -> Iterator[StatementClaim]:
    """A labelled text as the values that its fact may have; other texts are left out."""
    fact, claim = value.fact, value.claim
    words = statement_words()
    if fact is StatementFact.SOURCE:
        return  # the sentence reader sees rows of tables as sentences of their own
    if fact is StatementFact.TISSUE:
        yield from (StatementClaim(fact, one, claim) for one in _found(claim, words.tissues))
    elif fact in PLACES:
        yield from (StatementClaim(fact, one, claim) for one in _found(claim, words.countries))
    elif fact in DATES:
        match = DATE.search(claim.literal)
        if match is not None:
            dated = Claim(match[0], claim.box, claim.confidence, claim.rule)
            yield StatementClaim(fact, "", dated)
    elif _is_plain(claim.literal):
        yield StatementClaim(fact, _one_line(claim.literal), claim)


def _is_plain(text: str) -> bool:
    return bool(re.search(r"\w", text)) and len(text) <= 120 and not text.endswith("…")


def _found(claim: Claim, names: dict[str, str]) -> list[str]:
    plain = [folded(word).strip(" .,;:()") for word in re.split(r"[\s/]+", claim.literal)]
    text = f" {' '.join(plain)} "
    held = [name for name in names if f" {name} " in text]
    longest = [one for one in held if not any(one != other and one in other for other in held)]
    return list(dict.fromkeys(names[name] for name in longest))


def _dates(lines: Sequence[Line], text: PageText) -> Iterator[StatementClaim]:
    for match in _VALID.finditer(text.text):
        if "CEP" not in text.text[max(0, match.start() - 80) : match.start()]:
            start, end = match.span("day")
            claim = text.claim(start, end, RANGE, "in a sentence")
            yield StatementClaim(StatementFact.VALID_UNTIL, "", claim)
    for match in _SPAN.finditer(text.text):
        claim = text.claim(*match.span(), LONE_DATE, "a span and no day")
        yield StatementClaim(StatementFact.VALID_UNTIL, "", claim)
    for line in lines:
        for phrase in line.phrases:
            found = DATE.search(phrase.text)
            if found is not None and found.end() == len(phrase.text.rstrip(" .")):
                yield from _letter_date(phrase.text[: found.start()], found[0], phrase)


def _letter_date(before: str, literal: str, phrase: Phrase) -> Iterator[StatementClaim]:
    """As in "Vienna, 12 March 2025", or a date that stands alone."""
    place = before.strip()
    is_letter = bool(re.fullmatch(r"[^\W\d_][\w .'-]{1,30},(?: (?:the|den|le))?", place))
    if place and not is_letter:
        return
    claim = Claim(literal, phrase.box, LETTER_DATE if is_letter else LONE_DATE, "date of a letter")
    yield StatementClaim(StatementFact.ISSUED_ON, "", claim)


def _numbers(text: PageText) -> Iterator[StatementClaim]:
    for fact, pattern in (
        (StatementFact.CATALOGUE_NUMBER, _CATALOGUE),
        (StatementFact.LOT_NUMBER, _LOTS),
    ):
        for match in pattern.finditer(text.text):
            claim = text.claim(*match.span("codes"), LISTED, "list in a sentence")
            for code in codes_in(match["codes"]):
                one = Claim(code, claim.box, claim.confidence, claim.rule)
                yield StatementClaim(fact, code, one)


def _phrases(text: PageText) -> Iterator[StatementClaim]:
    known = statement_words().phrases
    for fact, value, name in (
        (StatementFact.ALL_PRODUCTS, "yes", "all_products"),
        (StatementFact.ISSUER_ROLE, IssuerRole.BROKER.value, "broker"),
        (StatementFact.ISSUER_ROLE, IssuerRole.MANUFACTURER.value, "manufacturer"),
    ):
        for first, last in text.phrases(known[name]):
            claim = text.claim_of_words(first, last, ROLE, "in words")
            yield StatementClaim(fact, value, claim)


def _with_day(found: StatementClaim, *, day_first: bool | None) -> StatementClaim:
    if found.fact not in DATES:
        return found
    return StatementClaim(found.fact, day_of(found.claim.literal, day_first=day_first), found.claim)


def _each_once(found: Iterable[StatementClaim]) -> Iterator[StatementClaim]:
    """Of a fact said several times each value once; else the surest, less sure when contested."""
    by_fact: dict[StatementFact, list[StatementClaim]] = {}
    for one in found:
        if not any(value_problems(one.fact, one.value)):
            by_fact.setdefault(one.fact, []).append(one)
    for fact in StatementFact:
        ranked = sorted(by_fact.get(fact, ()), key=lambda one: -one.claim.confidence)
        best: dict[str, StatementClaim] = {}
        for one in ranked:
            best.setdefault(one.value or one.claim.literal, one)
        yield from list(best.values())[: MOST_OF_A_FACT if fact in SEVERAL else 1]


def _one_line(text: str) -> str:
    return " ".join(text.split())
