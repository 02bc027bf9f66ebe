"""Whether a text layer says what the page shows, judged before anything is read from it."""

import re
import unicodedata
from dataclasses import dataclass

from supplier_qc.domain.measurement.characters import folded
from supplier_qc.extraction.claims import TextLayer
from supplier_qc.extraction.vocabulary import vocabulary

FEW_WORDS = 40  # a browser's header and footer have fewer
STRAY_WORDS = 8  # a page number and a stamp on a scan
ENOUGH_WORDS = 15  # below this the word test proves nothing
STRANGE_SHARE = 0.02
COVERING_IMAGE = 0.3  # of the page's area
CJK_SHARE = 0.2
_BROWSER = re.compile(r"https?://|file://|www\.|\b\d{1,3}/\d{1,3}\b")


@dataclass(frozen=True, slots=True)
class ProbedPage:
    """What the quick probe saw of one page; `image_share` is the area covered by images.

    `is_hidden` where the text is drawn without ink, as a scanner lays its own recognition behind
    the image.
    """

    text: str
    image_share: float
    has_marks: bool  # any drawn object at all
    is_hidden: bool = False


def judge_page(page: ProbedPage) -> TextLayer:
    words = page.text.split()
    if not words:
        return TextLayer.SCAN if page.has_marks else TextLayer.EMPTY
    if page.is_hidden:
        return TextLayer.SCAN
    if _is_garbled(page.text, words):
        return TextLayer.GARBLED
    if len(words) < FEW_WORDS and page.image_share >= COVERING_IMAGE:
        if _BROWSER.search(page.text):
            return TextLayer.HEADER_ONLY
        return TextLayer.SCAN if len(words) < STRAY_WORDS else TextLayer.TEXT
    return TextLayer.TEXT


def _is_garbled(text: str, words: list[str]) -> bool:
    signs = [sign for sign in text if not sign.isspace()]
    strange = sum(
        unicodedata.category(sign) in {"Cc", "Co", "Cn"} or sign == "\ufffd" for sign in signs
    )
    if strange > STRANGE_SHARE * len(signs) and strange > 5:
        return True
    if sum(
        "\u3040" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7af" for sign in signs
    ) > CJK_SHARE * len(signs):
        return False
    return len(words) >= ENOUGH_WORDS and _known_share(words) < 0.03


def _known_share(words: list[str]) -> float:
    """The share of words of two letters and more that any certificate could contain."""
    lexicon = vocabulary().words["lexicon"] | vocabulary().column_tokens
    plain = [folded(re.sub(r"[^\w]", " ", word)) for word in words]
    letters = [word for word in plain if len(word) > 1 and word.isalpha()]
    if not letters:
        return 0.0 if sum(word.isdigit() for word in plain) < len(plain) / 2 else 1.0
    return sum(word in lexicon for word in letters) / len(words)


def judge_document(pages: list[TextLayer]) -> TextLayer:
    """One verdict for the file: readable when any page is; else what most pages are."""
    if not pages:
        return TextLayer.EMPTY
    if TextLayer.TEXT in pages:
        return TextLayer.TEXT
    order = (TextLayer.GARBLED, TextLayer.HEADER_ONLY, TextLayer.SCAN, TextLayer.EMPTY)
    return max(order, key=lambda kind: (pages.count(kind), -order.index(kind)))
