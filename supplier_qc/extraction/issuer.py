"""Who issued the document, when no label says so."""

import re
from collections.abc import Iterator, Sequence

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.extraction.claims import Claim, HeaderField
from supplier_qc.extraction.header_fields import Candidate
from supplier_qc.extraction.labels import hits_in
from supplier_qc.extraction.layout import Line, Phrase, box_of
from supplier_qc.extraction.page_content import Word
from supplier_qc.extraction.product_title import is_document_title
from supplier_qc.extraction.vocabulary import key, tokens, vocabulary

_DOMAIN = re.compile(
    r"(?:https?://|www\.|@|\b)([a-z0-9][a-z0-9-]{2,40})\.(?:com|net|org|bio|io|eu|de|ch|at|fr|it|es|pt|nl|be|"
    r"uk|co\.uk|co|us|ca|cn|jp|in|com\.[a-z]{2}|se|dk|fi|no|pl|ie|au|br|mx|kr|tw|info|biz|health|life)(?![a-z])",
    re.IGNORECASE,
)
_MAIL_HOSTS = frozenset({"gmail", "outlook", "hotmail", "yahoo", "qq", "163", "126", "icloud"})
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?\s*(?:by\s+)?(?P<name>[^.©]+(?:\b(?:Inc|Ltd|Co|Corp|S\.A|S\.p\.A)\.)?)",
    re.IGNORECASE,
)
_PART_END = re.compile(r"\s*[|•·]\s*|\s+[-–—]\s+")
_CLIENT = frozenset(
    {"to", "client", "customer", "customer name", "sold to", "ship to", "bill to", "consignee",
     "tested for", "kunde", "cliente", "distributor", "cultivator", "client info"}
)  # fmt: skip
LONGEST = 7  # words of a company's name
SHORTEST_STEM = 4
LETTERHEAD = 0.15  # of the page height
LETTERHEAD_WORDS = 4
BARE_ADDRESS, FIRST_LINE = 0.45, 0.4


def issuer_candidates(lines: Sequence[Line], height: float) -> Iterator[Candidate]:
    """Company names of one page: by web address, by copyright, by legal form and place."""
    phrases = [phrase for line in lines for phrase in line.phrases if not phrase.from_form]
    clients = _client_phrases(phrases)
    parts = [part for phrase in phrases if phrase not in clients for part in _parts(phrase)]
    stems = _stems(phrases)
    yield from _by_first_line(lines, height)
    for part in parts:
        yield from _by_domain(part, stems)
        yield from _by_legal_form(part, height)
    for phrase in phrases:
        yield from _by_copyright(phrase)
        yield from _by_bare_address(phrase)
        yield from _by_possessive(phrase)


def _parts(phrase: Phrase) -> Iterator[Phrase]:
    """The phrase cut at bars and bullets, as address lines are written."""
    run: list[Word] = []
    for word in phrase.words:
        if word.text in {"|", "•", "·", "-", "–", "—"}:
            if run:
                yield Phrase(tuple(run), phrase.page)
            run = []
        else:
            run.append(word)
    if run:
        yield Phrase(tuple(run), phrase.page)


def _client_phrases(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Phrases that a client label claims: beside it or under it."""
    claimed: list[Phrase] = []
    for label in phrases:
        if key(label.text) not in _CLIENT:
            continue
        for other in phrases:
            beside = abs(other.top - label.top) < label.size and other.x0 > label.x1
            under = abs(other.x0 - label.x0) < 20 and 0 < other.top - label.top < 5 * label.size
            if beside or under:
                claimed.append(other)
    return claimed


def _stems(phrases: Sequence[Phrase]) -> frozenset[str]:
    found = (
        match[1].lower().replace("-", "")
        for phrase in phrases
        for match in _DOMAIN.finditer(phrase.text)
    )
    return frozenset(
        stem for stem in found if stem not in _MAIL_HOSTS and len(stem) >= SHORTEST_STEM
    )


def _compact(text: str, conjunction: str = "") -> str:
    """The name as an address would write it: "A & B" becomes ab, aandb or anb."""
    return re.sub(r"[^a-z0-9]", "", folded(text).replace("&", conjunction))


def _by_domain(part: Phrase, stems: frozenset[str]) -> Iterator[Candidate]:
    for start in range(len(part.words)):
        if not part.words[start].text[:1].isupper():
            continue
        for end in range(min(len(part.words), start + LONGEST), start, -1):
            words = part.words[start:end]
            name = " ".join(word.text for word in words)
            if "." in name.rstrip(".") and _DOMAIN.search(name):
                continue
            share = max(
                _domain_share(_compact(name, conjunction), stems)
                for conjunction in ("", "and", "n")
            )
            if share:
                full = _with_legal_form(part.words, start, end)
                yield _candidate(
                    full, part.page, 0.9 if share == 1 else 0.55 + 0.3 * share, "web address"
                )
                break


def _domain_share(compact: str, stems: frozenset[str]) -> float:
    shares = [
        len(compact) / len(stem)
        for stem in stems
        if len(compact) >= SHORTEST_STEM and (stem == compact or stem.startswith(compact))
    ]
    best = max(shares, default=0.0)
    return best if best >= 0.5 else 0.0


def _with_legal_form(words: Sequence[Word], start: int, end: int) -> Sequence[Word]:
    """The name with what belongs to it: a whole short line that ends in a legal form, or more."""
    if _is_whole_name(words):
        return words
    forms = vocabulary().words["legal_forms"] | vocabulary().words["organisations"]
    while end < len(words) and folded(words[end].text.strip(",")) in forms:
        end += 1
    return words[start:end]


def _is_whole_name(words: Sequence[Word]) -> bool:
    """Whether the words are a company's name and nothing else."""
    last = folded(words[-1].text.strip(","))
    return (
        2 <= len(words) <= LONGEST
        and last.rstrip(".") in {form.rstrip(".") for form in vocabulary().words["legal_forms"]}
        and words[0].text[:1].isupper()
        and not any(sign.isdigit() or sign == ":" for word in words for sign in word.text)
    )


def _by_legal_form(part: Phrase, height: float) -> Iterator[Candidate]:
    words = part.words
    known = vocabulary().words
    if len(words) > LONGEST or not words[0].text[:1].isupper() or hits_in(part):
        return
    last = folded(words[-1].text.strip(","))
    text = " ".join(word.text for word in words)
    if re.search(r"\d", text) or len(words) < 2:
        return
    has_form = last in known["legal_forms"]
    has_kind = any(token in known["organisations"] for token in tokens(text))
    if not (has_form or has_kind):
        return
    place = part.top / height
    at_edge = place < LETTERHEAD or place > 0.85
    score = (0.7 if has_form else 0.55) + (0.1 if at_edge else -0.15)
    yield _candidate(words, part.page, score, "company name")


def _by_copyright(phrase: Phrase) -> Iterator[Candidate]:
    found = _COPYRIGHT.search(phrase.text)
    if found is None or not ("©" in found[0] or "opyright" in found[0]):
        return
    name = re.split(r"\s+All\s+rights|\s+\d{4}", found["name"], maxsplit=1)[0].strip(" ,")
    if re.search(r"[^\W\d_]{3,}", name) and len(name.split()) <= LONGEST:
        yield Candidate(
            HeaderField.ISSUER,
            Claim(name, phrase.box, 0.85, "copyright line"),
            "copyright",
        )


def _by_bare_address(phrase: Phrase) -> Iterator[Candidate]:
    """The web address itself, where the name is a picture."""
    for found in _DOMAIN.finditer(phrase.text):
        if found[1].lower() not in _MAIL_HOSTS:
            name = re.sub(r"^(?:https?://)?(?:www\.)?@?", "", found[0])
            claim = Claim(name, phrase.box, BARE_ADDRESS, "web address alone")
            yield Candidate(HeaderField.ISSUER, claim, "web address alone")


def _by_first_line(lines: Sequence[Line], height: float) -> Iterator[Candidate]:
    """A short name that opens the page, as a letterhead or a logo does."""
    if not lines or lines[0].page > 1 or lines[0].top > LETTERHEAD * height:
        return
    for phrase in lines[0].phrases:
        short = len(phrase.words) <= LETTERHEAD_WORDS
        plain = re.fullmatch(r"[^\W\d_][\w&.,'’ -]*", phrase.text)
        if short and plain and not hits_in(phrase) and not is_document_title(phrase.text):
            claim = Claim(phrase.text, phrase.box, FIRST_LINE, "letterhead")
            yield Candidate(HeaderField.ISSUER, claim, "letterhead")


def _by_possessive(phrase: Phrase) -> Iterator[Candidate]:
    """A name of last resort, as in "…using Maker's system"."""
    for number, word in enumerate(phrase.words):
        name = re.match(r"^([A-Z][\w-]*[a-z][\w-]*)[’']s$", word.text)
        inner_capital = name and re.search(r"[a-z][A-Z]", name[1])
        if name and (number or inner_capital) and len(name[1]) > 4:
            claim = Claim(name[1], box_of([word], phrase.page), 0.5, "possessive")
            yield Candidate(HeaderField.ISSUER, claim, "possessive")


def _candidate(words: Sequence[Word], page: int, score: float, rule: str) -> Candidate:
    text = " ".join(word.text for word in words).strip(" ,;:|")
    return Candidate(
        HeaderField.ISSUER, Claim(text, box_of(words, page), round(score, 3), rule), rule
    )
