"""What is looked for in every record: compared without case, spaces, dashes and accents."""

import unicodedata
from dataclasses import dataclass

SHORTEST = 2
"""Letters and digits below which nearly every record would be found."""

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Sought:
    """`key` is the whole text as it is compared, `words` its parts; a record that holds every
    word in some order is found, one that holds the whole text in one piece stands before it.
    """

    text: str
    key: str
    words: tuple[str, ...]

    @property
    def is_too_short(self) -> bool:
        return len(self.key) < SHORTEST


def search_key(text: str | None) -> str:
    """Letters and digits alone, in one case, without accents: "PL-07 12" is "pl0712"."""
    taken_apart = unicodedata.normalize("NFKD", text or "")
    folded = unicodedata.normalize("NFKD", taken_apart.casefold())
    return "".join(sign for sign in folded if sign.isalnum())


def sought(text: str | None) -> Sought:
    """A search as a person typed it; what is longer than any name is cut."""
    shown = " ".join((text or "").split())[:LONGEST]
    words = tuple(dict.fromkeys(key for word in shown.split() if (key := search_key(word))))
    return Sought(shown, search_key(shown), words)
