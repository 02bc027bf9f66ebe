"""Facts that stand without a label: the date under a signature, a sentence on storage."""

import re
from collections.abc import Iterable, Iterator, Sequence

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.domain.measurement.dates import DatePrecision, read_date
from supplier_qc.extraction.claims import Claim, HeaderField
from supplier_qc.extraction.header_fields import Candidate, clean_date, clean_storage
from supplier_qc.extraction.labels import LabelHit, Pair, hits_in
from supplier_qc.extraction.layout import Line, Phrase, box_of
from supplier_qc.extraction.page_content import Word

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
        hits = hits_in(phrase)
        if _is_remark(hits):
            yield from _storage(phrase)
        elif id(phrase.words[0]) not in claimed and not hits:
            yield from _date(phrase, signatures)
            yield from _storage(phrase)


def _is_remark(hits: Sequence[LabelHit]) -> bool:
    """As in "Note: keep in a dark place": the label says nothing about the value."""
    return (
        bool(hits) and hits[0].start == 0 and all(label.field is None for label in hits[0].labels)
    )


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
    words = _after_colon(phrase.words)
    text = " ".join(word.text for word in words)
    if _STORE.match(folded(text)) is None:
        return
    literal = clean_storage(text)
    if literal:
        claim = Claim(literal, box_of(words, phrase.page), STORED, "sentence on storage")
        yield Candidate(HeaderField.STORAGE, claim, "sentence on storage")


def _after_colon(words: Sequence[Word]) -> Sequence[Word]:
    """The words behind a label such as "Note:", or all of them."""
    if words[0].text.endswith(":") and len(words) > 1:
        return words[1:]
    return words
