"""Facts that stand without a label: the date under a signature, a sentence on storage."""

import re
from collections.abc import Iterable, Iterator, Sequence

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.domain.measurement.dates import DatePrecision, read_date
from supplier_qc.extraction.claims import Claim, HeaderField
from supplier_qc.extraction.header_fields import Candidate, clean_date, clean_storage
from supplier_qc.extraction.labels import Pair, hits_in
from supplier_qc.extraction.layout import Line, Phrase

SIGNED, STATED, STORED = 0.55, 0.4, 0.6
SIGNATURE_REACH = 60.0  # points between a signature's lines and its date
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_SIGNATURE = re.compile(
    r"\b(?:manager|director|quality|qa|qc|head of|approved|signature|signed|responsib|chemist|"
    r"qualified person|leiter|leitung|responsable|responsabile|gerente)"
)
_STORE = re.compile(
    r"^(?:store|keep|to be (?:stored|kept)|must be stored|lagern|bei .{1,20} lagern|conserver|"
    r"a conserver|conservar|almacenar|armazenar|conservare)\b"
)


def unlabelled_candidates(lines: Sequence[Line], pairs: Iterable[Pair]) -> Iterator[Candidate]:
    """Candidates from phrases that no label of `pairs` has claimed as its value."""
    claimed = {id(word) for pair in pairs for word in pair.words}
    phrases = [phrase for line in lines for phrase in line.phrases if not phrase.from_form]
    signatures = [phrase for phrase in phrases if _SIGNATURE.search(folded(phrase.text))]
    for phrase in phrases:
        if id(phrase.words[0]) in claimed or hits_in(phrase):
            continue
        yield from _date(phrase, signatures)
        yield from _storage(phrase)


def _date(phrase: Phrase, signatures: Sequence[Phrase]) -> Iterator[Candidate]:
    """A phrase that is a date and nothing else; near a signature it is that of the release."""
    is_date = clean_date(phrase.text) == phrase.text and _YEAR.search(phrase.text)
    if not is_date or read_date(phrase.text).precision is not DatePrecision.DAY:
        return
    signed = any(
        abs(phrase.top - signature.top) <= SIGNATURE_REACH
        and min(phrase.x1, signature.x1) > max(phrase.x0, signature.x0)
        for signature in signatures
    )
    confidence = SIGNED if signed else STATED
    claim = Claim(phrase.text, phrase.box, confidence, "date without a label")
    yield Candidate(HeaderField.RELEASE_DATE, claim, "date without a label")


def _storage(phrase: Phrase) -> Iterator[Candidate]:
    if _STORE.match(folded(phrase.text)) is None:
        return
    literal = clean_storage(phrase.text)
    if literal:
        claim = Claim(literal, phrase.box, STORED, "sentence on storage")
        yield Candidate(HeaderField.STORAGE, claim, "sentence on storage")
