"""Who signed a statement, and whether anybody did."""

import re
from collections.abc import Iterator, Sequence

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.domain.origin.statement_papers import Signature, StatementFact
from supplier_qc.extraction.claims import Claim, StatementClaim
from supplier_qc.extraction.layout import Line, Phrase
from supplier_qc.extraction.page_content import PageContent, Picture
from supplier_qc.extraction.statement_text import PageText
from supplier_qc.extraction.statement_words import statement_words

WORDED, PICTURED, EMPTY, NAMED = 0.85, 0.7, 0.5, 0.8
REACH = 90.0  # points from a signatory's name up to the picture of the signature
AT_MOST = (260.0, 120.0)  # points; a larger picture is no signature
AT_LEAST = (20.0, 8.0)
LONGEST_NAME, LONGEST_FUNCTION = 6, 9  # words
NAME_ABOVE = 2.2  # of the font size
_NAME = re.compile(
    r"^(?:(?:Dr|Prof|Mag|Ing|Dipl|Mr|Mrs|Ms|M)\.?-?\s?)*[A-ZÄÖÜÁÉ][\w.'’-]*"
    r"(?:\s[A-ZÄÖÜÁÉa-z][\w.'’-]*){1,4}(?:,? ?(?:PhD|MSc|MBA))?$"
)


def signature_claims(
    page: PageContent, lines: Sequence[Line], *, is_printed: bool
) -> Iterator[StatementClaim]:
    """The signatory of one page and what stands in the place of a signature.

    On a recognised page (`is_printed` False) a missing picture says nothing.
    """
    text = PageText.of_lines(lines, page.number)
    worded = list(_worded(text))
    yield from worded
    signatory = _signatory(lines)
    if signatory is None:
        return
    name, function = signatory
    yield StatementClaim(StatementFact.SIGNATORY, name.text, _claim(name, "above a function"))
    yield StatementClaim(
        StatementFact.SIGNATORY_FUNCTION, function.text, _claim(function, "under a name")
    )
    if not worded and is_printed:
        yield _pictured(page, name)


def _worded(text: PageText) -> Iterator[StatementClaim]:
    known = statement_words().phrases
    for value, name in (
        (Signature.DECLARED_VALID, "declared_valid"),
        (Signature.SIGNED, "signed"),
    ):
        for first, last in text.phrases(known[name]):
            claim = text.claim_of_words(first, last, WORDED, "in words")
            yield StatementClaim(StatementFact.SIGNATURE, value, claim)
            return


def _signatory(lines: Sequence[Line]) -> tuple[Phrase, Phrase] | None:
    """The last name that stands right above a function."""
    phrases = [phrase for line in lines for phrase in line.phrases]
    for function in reversed(phrases):
        words = folded(function.text).replace(",", " ").split()
        if not 0 < len(words) <= LONGEST_FUNCTION or function.text.rstrip().endswith("."):
            continue
        if not _is_function(words):
            continue
        above = [
            phrase
            for phrase in phrases
            if abs(phrase.x0 - function.x0) < function.size
            and 0 < function.top - phrase.top < NAME_ABOVE * function.size
            and _NAME.match(phrase.text)
            and len(phrase.words) <= LONGEST_NAME
        ]
        if above:
            return above[-1], function
    return None


def _is_function(words: Sequence[str]) -> bool:
    text = f" {' '.join(words)} "
    return any(f" {known} " in text for known in statement_words().functions) or any(
        word.endswith(("leiter", "leiterin", "beauftragte", "beauftragter")) for word in words
    )


def _pictured(page: PageContent, name: Phrase) -> StatementClaim:
    if any(_is_signature(picture, name) for picture in page.pictures):
        claim = Claim(name.text, name.box, PICTURED, "a picture stands above the name")
        return StatementClaim(StatementFact.SIGNATURE, Signature.SIGNED, claim)
    claim = Claim(name.text, name.box, EMPTY, "nothing stands above the name")
    return StatementClaim(StatementFact.SIGNATURE, Signature.UNSIGNED, claim)


def _is_signature(picture: Picture, name: Phrase) -> bool:
    wide, high = picture.x1 - picture.x0, picture.bottom - picture.top
    sized = AT_LEAST[0] <= wide <= AT_MOST[0] and AT_LEAST[1] <= high <= AT_MOST[1]
    above = -name.size < name.top - picture.bottom + 2 * name.size < REACH
    near = picture.x0 < name.x1 + AT_MOST[0] / 2 and picture.x1 > name.x0 - AT_MOST[0] / 2
    return sized and above and near


def _claim(phrase: Phrase, rule: str) -> Claim:
    return Claim(phrase.text, phrase.box, NAMED, rule)
