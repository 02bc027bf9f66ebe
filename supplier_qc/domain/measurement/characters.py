"""One spelling for the many characters that print the same sign; the literal itself is kept."""

import re
import unicodedata

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_SUPERSCRIPT_RUN = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")
_SAME_SIGN = str.maketrans(
    {
        "−": "-",
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "–": "-",
        "—": "-",
        "⩽": "≤",
        "≦": "≤",
        "⩾": "≥",
        "≧": "≥",
        "≈": "~",
        "∼": "~",
        "⁓": "~",
        "×": "x",
        "⋅": "·",
        "∙": "·",
        "•": "·",
        "’": "'",
        "‘": "'",
        "⁄": "/",
        "∕": "/",
        "º": "°",
        "˚": "°",
    }
)


def normalise(text: str) -> str:
    """Return `text` with one spelling per sign, superscripts as ``^n`` and single spaces.

    Superscripts are rewritten before NFKC, which would turn "10³" into "103".
    """
    raised = _SUPERSCRIPT_RUN.sub(lambda run: "^" + run[0].translate(_SUPERSCRIPTS), text)
    same = unicodedata.normalize("NFKC", raised.translate(_SAME_SIGN)).translate(_SAME_SIGN)
    return " ".join(same.split())


def folded(text: str) -> str:
    """`normalise` without case, accents and closing punctuation, for comparing words."""
    decomposed = unicodedata.normalize("NFKD", normalise(text).casefold())
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(plain.split()).strip(" .;:,!")
