"""What may be kept as the file of a piece of evidence, judged by its bytes."""

from dataclasses import dataclass

_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file as it comes from a form: the name it had, and its bytes."""

    filename: str
    content: bytes


def media_type_of(content: bytes) -> str | None:
    """The media type that the first bytes prove, or None for anything that is not kept."""
    for signature, media_type in _SIGNATURES:
        if content.startswith(signature):
            return media_type
    return None


def file_problems(file: EvidenceFile) -> tuple[str, ...]:
    if not file.content:
        return (f"{file.filename} is empty.",)
    if media_type_of(file.content) is None:
        return (f"{file.filename} is neither a PDF nor a PNG or JPEG image.",)
    return ()
