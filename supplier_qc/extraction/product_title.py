"""The product's name where it stands as a title, without a label."""

import re
from collections.abc import Iterator, Sequence

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.extraction.claims import Claim, HeaderField
from supplier_qc.extraction.header_fields import Candidate, clean_date
from supplier_qc.extraction.labels import hits_in
from supplier_qc.extraction.layout import Line, Phrase
from supplier_qc.extraction.vocabulary import key, vocabulary

TITLE_ZONE = 0.35  # of the page height, from the top
LONGEST_TITLE = 12
# Together below what any label gives, so that a labelled name wins.
TITLE, LARGE_TITLE, NEAR_TITLE = 0.35, 0.1, 0.15
LARGER = 1.15  # than the usual print of the page
_SUBJECT = re.compile(
    r"^(?:re|subject|betreff|objet|asunto|oggetto|assunto)\s*:\s*(?P<rest>.+)$", re.IGNORECASE
)
_OF = re.compile(
    r"^.*\b(?:origin|statement|declaration|certificate|status)\s+(?:of|for|on)\s+", re.IGNORECASE
)


def is_document_title(text: str) -> bool:
    """Whether the line names the kind of document, such as "Certificate of Analysis"."""
    return titles_certificate(text) or is_specification_title(text)


def titles_certificate(text: str) -> bool:
    return _holds_title(text, "certificate")


def is_specification_title(text: str) -> bool:
    return _holds_title(text, "specification")


def _holds_title(text: str, kind: str) -> bool:
    printed = key(text)
    return len(printed.split()) <= LONGEST_TITLE and any(
        f" {title} " in f" {printed} " for title in vocabulary().titles[kind]
    )


def title_candidates(lines: Sequence[Line], height: float) -> Iterator[Candidate]:
    top = [line for line in lines if line.top < TITLE_ZONE * height]
    phrases = [phrase for line in top for phrase in line.phrases]
    alone = {line.phrases[0] for line in top if len(line.phrases) == 1}
    yield from _subjects(lines)
    titles = [
        phrase
        for phrase in phrases
        if is_document_title(phrase.text)
        and (phrase in alone or key(phrase.text) not in vocabulary().columns)
    ]
    body_size = _usual_size(lines)
    for phrase in phrases:
        if phrase in titles or not _may_name_product(phrase):
            continue
        larger = phrase.size >= LARGER * body_size or (phrase.bold and phrase in alone)
        near = any(0 <= phrase.top - title.bottom < 3 * phrase.size for title in titles)
        score = TITLE + (LARGE_TITLE if larger else 0.0) + (NEAR_TITLE if near else 0.0)
        if larger or near:
            claim = Claim(phrase.text.strip(" :"), phrase.box, round(score, 3), "title")
            yield Candidate(HeaderField.PRODUCT_NAME, claim, "title", phrase.box)


def _subjects(lines: Sequence[Line]) -> Iterator[Candidate]:
    for line in lines:
        found = _SUBJECT.match(line.phrases[0].text)
        if found:
            name = _OF.sub("", found["rest"]).strip()
            if 0 < len(name.split()) <= LONGEST_TITLE:
                claim = Claim(name, line.phrases[0].box, 0.6, "subject line")
                yield Candidate(HeaderField.PRODUCT_NAME, claim, "subject")


def _usual_size(lines: Sequence[Line]) -> float:
    sizes = sorted(word.size for line in lines for word in line.words)
    return sizes[len(sizes) // 2] if sizes else 10.0


def _may_name_product(phrase: Phrase) -> bool:
    text = phrase.text
    if hits_in(phrase) or len(phrase.words) > LONGEST_TITLE or re.search(r":(?:\s|$)", text):
        return False
    if (
        clean_date(text)
        or not re.search(r"[^\W\d_]{3,}", text)
        or re.search(r"[@|]|www\.|\.com", text)
    ):
        return False
    last = folded(phrase.words[-1].text.strip(","))
    known = vocabulary()
    is_company = last in known.words["legal_forms"] or any(
        folded(word.text) in known.words["organisations"] for word in phrase.words
    )
    is_section = key(text) in known.columns or key(text).endswith(
        ("information", "results", "data")
    )
    address = re.search(r"\b\d{4,6}\b|street|road|avenue|suite|\bP\.?O\.? Box", text, re.IGNORECASE)
    return not (is_company or is_section or address)
