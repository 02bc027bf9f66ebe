"""Text as people type it: spaces folded, what cannot be stored removed, length checked."""

from collections.abc import Iterator


def one_line(text: str | None) -> str:
    """The text on one line with single spaces; empty when nothing was typed."""
    return " ".join(_printable(text).split())


def optional_line(text: str | None) -> str | None:
    return one_line(text) or None


def paragraphs(text: str | None) -> str:
    """The text with its line breaks, without blank ends."""
    lines = (" ".join(line.split()) for line in _printable(text).splitlines())
    return "\n".join(lines).strip()


def optional_paragraphs(text: str | None) -> str | None:
    return paragraphs(text) or None


def compared(text: str | None) -> str:
    """The text as it is compared when two names are asked to be the same one."""
    return one_line(text).casefold()


def text_problems(
    what: str, text: str | None, *, longest: int, required: bool = False
) -> Iterator[str]:
    """The sentences that say why a text cannot be stored; `what` begins them."""
    length = len(text or "")
    if required and not length:
        yield f"{what} is missing."
    if length > longest:
        yield f"{what} has {length} characters; at most {longest} are kept."


def _printable(text: str | None) -> str:
    """Without control characters, which PostgreSQL refuses and nobody sees."""
    return "".join(sign for sign in text or "" if sign.isprintable() or sign.isspace())
