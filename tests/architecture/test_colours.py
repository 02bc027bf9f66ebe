"""Every pair of colours the pages put on each other can be read, in the light and in the dark."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
LIGHT, DARK = TOKENS.split("@media screen and (prefers-color-scheme: dark)")

GROUNDS = ("page", "surface", "sunken")
WORDS = [
    *((word, ground) for word in ("ink", "muted", "accent") for ground in GROUNDS),
    *((tone, ground) for tone in ("good", "warn", "bad", "unknown") for ground in GROUNDS),
    *((tone, f"{tone}-soft") for tone in ("good", "warn", "bad", "info", "neutral", "unknown")),
    *(("ink", f"{tone}-soft") for tone in ("good", "warn", "bad", "info", "accent")),
    ("accent", "accent-soft"),
    ("muted", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-stop", "stop"),
]
EDGES = [(edge, ground) for edge in ("edge", "focus") for ground in GROUNDS]


def _colours(scheme: str) -> dict[str, str]:
    """Name and six hexadecimal digits; what the dark does not name is as in the light."""
    found: dict[str, str] = {}
    for part in (LIGHT, DARK) if scheme == "dark" else (LIGHT,):
        found |= dict(re.findall(r"--([a-z-]+): #([0-9a-f]{3,6});", part))
    return {
        name: hexa if len(hexa) == 6 else "".join(c * 2 for c in hexa)
        for name, hexa in found.items()
    }


def _luminance(hexa: str) -> float:
    """Relative luminance, WCAG 2.2."""
    shares = (int(hexa[place : place + 2], 16) / 255 for place in (0, 2, 4))
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_has_the_contrast_the_standard_gives() -> None:
    assert _contrast("000000", "ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("word", "ground"), WORDS)
def test_words_reach_the_contrast_of_wcag_aa(scheme: str, word: str, ground: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    colours = _colours(scheme)
    assert _contrast(colours[word], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_controls_and_the_focus_ring_can_be_seen(
    scheme: str, edge: str, ground: str
) -> None:
    """WCAG 2.2, 1.4.11: at least 3 to 1."""
    colours = _colours(scheme)
    assert _contrast(colours[edge], colours[ground]) >= 3
