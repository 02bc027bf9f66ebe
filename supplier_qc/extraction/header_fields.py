"""Which of the found values is the document's lot, product, date and so on."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.domain.measurement.dates import read_date
from supplier_qc.extraction.claims import DATE_FIELDS, Box, Claim, HeaderField
from supplier_qc.extraction.labels import Pair, continued, fields_of
from supplier_qc.extraction.layout import Line, box_of
from supplier_qc.extraction.page_content import PageContent, Word
from supplier_qc.extraction.vocabulary import UNNAMED_GLYPH, key, vocabulary

_EDGE = " \t:;,|=•·–—"
LONGEST_LOT = 40
LONGEST_PRODUCT = 120
LONGEST_ISSUER = 80
SENTENCE = 7  # words; a product's name has fewer before a full stop
LOT_WORDS = 2  # of a number that follows its label without a colon
_NUMBERS = frozenset({HeaderField.LOT_NUMBER, HeaderField.CATALOG_NUMBER})
BASE = {"form field": 0.97, "after its label": 0.93, "beside": 0.92, "below its label": 0.82}
AMBIGUOUS, CONTESTED, UNREADABLE = 0.9, 0.75, 0.3  # most that such a value can have
CODE_LIKE = 0.2  # taken off where a vague label is followed by a number instead of a name
MISPLACED = 0.6  # most that a number at a name's label can have
WEAK = 0.2  # taken off when the label alone does not say which field is meant
_TICKED = re.compile(r"[☒☑✓✔■]\s*([^☐☒☑✓✔■□]+)")
_BOXES = re.compile(r"[☐☒☑□]")
_SENTENCE = re.compile(r"(?<=[.!])\s+(?=[A-Z])")
_FULL_RELEASE = ("release", "approv", "freigabe", "freigegeben", "liber", "rilasci", "dispos")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible value of one field."""

    field: HeaderField
    claim: Claim
    label: str
    label_box: Box | None = None


def candidates_of(
    page: PageContent,
    lines: Sequence[Line],
    pairs: Iterable[Pair],
) -> Iterator[Candidate]:
    for pair in pairs:
        for field, strong in fields_of(pair.hit):
            found = candidate_of(field, pair, lines, strong=strong)
            if found is not None:
                yield found
                yield from _as_catalogue_number(found)
    yield from _named_form_values(page)


def _as_catalogue_number(found: Candidate) -> Iterator[Candidate]:
    """A number that stands where a product's name is expected is its catalogue number."""
    if found.field is HeaderField.PRODUCT_NAME and _is_code(found.claim.literal):
        claim = replace(found.claim, confidence=min(found.claim.confidence, MISPLACED))
        yield replace(found, field=HeaderField.CATALOG_NUMBER, claim=claim)


def candidate_of(
    field: HeaderField,
    pair: Pair,
    lines: Sequence[Line],
    *,
    strong: bool,
) -> Candidate | None:
    """The value of one label as its field wants it, or None where it cannot be one."""
    wraps = field in _WRAPPING and pair.how != "form field"
    words = continued(pair, lines) if wraps or _breaks_off(field, pair) else pair.words
    literal = _CLEAN.get(field, _clean_text)(_joined(field, words))
    if not literal:
        return None
    score = BASE[pair.how] - (0 if strong else WEAK) - _label_doubt(field, pair, strong=strong)
    if field is HeaderField.PRODUCT_NAME and not strong and _is_code(literal):
        score -= CODE_LIKE
    if field is HeaderField.COUNTRY_OF_ORIGIN:
        score -= _country_doubt(literal, pair)
    if score <= 0:
        return None
    box = box_of(_boxed(words, literal), pair.page)
    claim = Claim(literal, box, round(score, 3), pair.how)
    return Candidate(field, claim, pair.hit.text, pair.hit.phrase.box)


def _breaks_off(field: HeaderField, pair: Pair) -> bool:
    """A number that ends in a hyphen, or a part of a date, goes on in the next line."""
    if field in DATE_FIELDS:
        broken = pair.words[-1].text.endswith(",") or not clean_date(pair.text)
        return pair.how != "form field" and broken
    last = pair.words[-1].text
    return field in _NUMBERS and len(last) > 1 and last.endswith("-")


def _joined(field: HeaderField, words: Sequence[Word]) -> str:
    text = " ".join(word.text for word in words)
    return re.sub(r"(?<=\w-) (?=\w)", "", text) if field in _NUMBERS else text


def _boxed(words: Sequence[Word], literal: str) -> Sequence[Word]:
    """The words that the cleaned literal kept."""
    kept = [word for word in words if word.text.strip(_EDGE) and word.text.strip(_EDGE) in literal]
    return kept or words


def _label_doubt(field: HeaderField, pair: Pair, *, strong: bool) -> float:
    """What is taken off when the label is bare or vague; a doubt of 1 rules the value out."""
    digits = any(sign.isdigit() for sign in pair.text)
    if field is HeaderField.CATALOG_NUMBER and not strong and len(pair.words) > 1:
        return 1.0
    if pair.hit.with_colon:
        return 0.0
    if field is HeaderField.LOT_NUMBER and not digits:
        return 1.0
    if pair.how != "after its label":
        return 0.0
    proven = field in DATE_FIELDS or (field in _NUMBERS and digits and len(pair.words) <= LOT_WORDS)
    return 0.1 if proven else 1.0


def _is_code(literal: str) -> bool:
    """One word with more digits than a name has."""
    return len(literal.split()) == 1 and sum(sign.isdigit() for sign in literal) > len(literal) / 2


def _country_doubt(literal: str, pair: Pair) -> float:
    """An origin that names no known country may be an animal, a plant or a method."""
    words = folded(re.sub(r"[,;/()]", " ", literal)).split()
    names = vocabulary().words["countries"]
    known = any(
        " ".join(words[start:end]) in names
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    )
    if known:
        return 0.0
    return 0.25 if _COUNTRY.search(folded(pair.hit.text)) else 1.0


_COUNTRY = re.compile(r"countr|land\b|\bpays\b|\bpais\b|\bpaese\b|国")


def _named_form_values(page: PageContent) -> Iterator[Candidate]:
    for value in page.form_values:
        for label in vocabulary().labels.get(key(value.name), ()):
            if label.field is None:
                continue
            literal = _CLEAN.get(label.field, _clean_text)(value.text)
            if literal:
                box = Box(page.number, value.x0, value.top, value.x1, value.bottom)
                score = 0.97 - (0 if label.strong else WEAK)
                claim = Claim(literal, box, round(score, 3), "form field name")
                yield Candidate(label.field, claim, value.name)


def _clean_text(text: str) -> str:
    cleaned = text.strip(_EDGE)
    return cleaned if re.search(r"\w", cleaned) and len(cleaned) <= 160 else ""


def clean_date(text: str) -> str:
    """The leading words that are a date, or nothing."""
    words = text.strip(_EDGE).split()
    for count in range(min(len(words), 6), 0, -1):
        printed = " ".join(words[:count]).strip(_EDGE + ".()")
        if re.search(r"\d", printed) and read_date(printed).earliest is not None:
            return printed if _is_date_like(printed) else ""
    return ""


def _is_date_like(printed: str) -> bool:
    """A bare number is a year at most; a date has two parts."""
    return len(re.findall(r"\d+|[^\W\d_]+", printed)) > 1 or len(printed) == len("20250304")


def _clean_lot(text: str) -> str:
    cleaned = re.split(r"[;,|]|\s{2,}", text.strip(_EDGE + "#"), maxsplit=1)[0]
    cleaned = re.sub(r"^(?:no|nr|number|n°|nº)\b\.?\s*[:#]?\s*", "", cleaned, flags=re.IGNORECASE)
    cleaned = cleaned.strip(_EDGE + "#")
    words = cleaned.split()
    if not words or len(cleaned) > LONGEST_LOT or len(words) > 4:
        return ""
    if any(key(cleaned) in known for known in (vocabulary().labels, vocabulary().columns)):
        return ""
    # Many makers number their lots by the day, so bare digits are no date here.
    is_date = clean_date(cleaned) == cleaned and not cleaned.isdigit()
    if is_date or folded(cleaned) in {"n/a", "na", "none", "-", "see below"}:
        return ""
    with_digit = [n for n, word in enumerate(words) if any(sign.isdigit() for sign in word)]
    if with_digit and len(words) > 2:
        return words[with_digit[0]] if with_digit[0] == 0 else ""
    return cleaned


def _clean_number(text: str) -> str:
    cleaned = _clean_lot(text)
    return cleaned if any(sign.isdigit() for sign in cleaned) else ""


def _clean_product(text: str) -> str:
    cleaned = re.split(r"[;|]", text.strip(_EDGE), maxsplit=1)[0].strip(_EDGE)
    named = re.search(r"[^\W\d_]{3}|\d", cleaned) and re.search(r"[^\W\d_]", cleaned)
    is_sentence = cleaned.endswith(".") and len(cleaned.split()) >= SENTENCE
    if not named or is_sentence or len(cleaned) > LONGEST_PRODUCT or clean_date(cleaned):
        return ""
    known = vocabulary()
    return "" if key(cleaned) in known.labels or key(cleaned) in known.columns else cleaned


def _clean_country(text: str) -> str:
    cleaned = text.strip(_EDGE).rstrip(".")
    return cleaned if re.search(r"[^\W\d_]{2,}", cleaned) and len(cleaned.split()) <= 6 else ""


_STORAGE_CUES = re.compile(
    r"stor|keep|kept|°|º|\bdeg|temperature|cool|cold|dry|dark|freez|frozen|refriger|protect|"
    r"ambient|lager|kuhl|trocken|temperatur|conserv|stock|frais|sec\b|lumiere|almacen|fresco|seco|"
    r"armazen|asciutto|luce|licht|<\s*-?\d+\s*c\b|-?\d+\s*(?:to|-)\s*-?\d+\s*c\b|-\d+\s*c\b"
)


def clean_storage(text: str) -> str:
    if _BOXES.search(text):
        ticked = [part.strip(_EDGE + "_") for part in _TICKED.findall(text)]
        return "; ".join(part for part in ticked if part)
    sentences = _SENTENCE.split(text.strip(_EDGE))
    telling = [sentence for sentence in sentences if _STORAGE_CUES.search(folded(sentence))]
    cleaned = " ".join(telling).strip(_EDGE)
    return cleaned if len(cleaned) <= 250 else ""


def _clean_person(text: str) -> str:
    cleaned = re.split(r"[;|,]|\s[-–]\s", text.strip(_EDGE), maxsplit=1)[0].strip(_EDGE + "_")
    words = cleaned.split()
    titled = all(word[:1].isupper() for word in words)
    plain = not any(sign.isdigit() for sign in cleaned)
    known = key(cleaned) in vocabulary().labels
    return cleaned if 2 <= len(words) <= 5 and titled and plain and not known else ""


def _clean_issuer(text: str) -> str:
    cleaned = re.split(r"[;|•]", text.strip(_EDGE), maxsplit=1)[0].strip(_EDGE)
    fine = re.search(r"[^\W\d_]{2,}", cleaned) and len(cleaned) <= LONGEST_ISSUER
    return cleaned if fine and not cleaned[:1].islower() and not clean_date(cleaned) else ""


_CLEAN: dict[HeaderField, Callable[[str], str]] = {
    **dict.fromkeys(DATE_FIELDS, clean_date),
    HeaderField.LOT_NUMBER: _clean_lot,
    HeaderField.CATALOG_NUMBER: _clean_number,
    HeaderField.PURCHASE_ORDER: _clean_number,
    HeaderField.PRODUCT_NAME: _clean_product,
    HeaderField.COUNTRY_OF_ORIGIN: _clean_country,
    HeaderField.STORAGE: clean_storage,
    HeaderField.SIGNATORY: _clean_person,
    HeaderField.ISSUER: _clean_issuer,
}
_WRAPPING = frozenset(
    {
        HeaderField.PRODUCT_NAME,
        HeaderField.STORAGE,
        HeaderField.SITE,
        HeaderField.COUNTRY_OF_ORIGIN,
    }
)


def choose(candidates: Iterable[Candidate]) -> dict[HeaderField, Claim]:
    """The best value of each field; agreement raises its confidence, disagreement lowers it."""
    by_field: dict[HeaderField, list[Candidate]] = {}
    for candidate in candidates:
        by_field.setdefault(candidate.field, []).append(candidate)
    return {field: _best(field, found) for field, found in by_field.items()}


def _best(field: HeaderField, found: Sequence[Candidate]) -> Claim:
    votes = Counter(folded(candidate.claim.literal) for candidate in found)
    ranked = sorted(found, key=lambda candidate: -_rank(field, candidate, votes))
    best = ranked[0].claim
    rivals = {
        folded(other.claim.literal)
        for other in ranked
        if other.claim.confidence >= best.confidence
        and _is_release(other) == _is_release(ranked[0])
    } - {folded(best.literal)}
    confidence = best.confidence
    if votes[folded(best.literal)] > 1:
        confidence = min(0.98, confidence + 0.03)
    if rivals:
        confidence = min(confidence, CONTESTED)
    if field in DATE_FIELDS and read_date(best.literal).ambiguous:
        confidence = min(confidence, AMBIGUOUS)
    if UNNAMED_GLYPH in best.literal:
        confidence = min(confidence, UNREADABLE)
    return replace(best, confidence=round(confidence, 3))


def _rank(field: HeaderField, candidate: Candidate, votes: Counter[str]) -> float:
    rank = candidate.claim.confidence + 0.02 * min(votes[folded(candidate.claim.literal)], 4)
    if field is HeaderField.RELEASE_DATE and _is_release(candidate):
        rank += 0.1
    if candidate.claim.box is not None and candidate.claim.box.page == 1:
        rank += 0.03
    return rank


def _is_release(candidate: Candidate) -> bool:
    return any(word in folded(candidate.label) for word in _FULL_RELEASE)
