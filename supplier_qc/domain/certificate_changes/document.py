"""Changes of the paper: its layout, its pages, and the program that wrote the file."""

from collections.abc import Iterator, Mapping, Sequence

from supplier_qc.domain.certificate_changes.facts import (
    CertificateFacts,
    DocumentFacts,
    Place,
    PrintedField,
)
from supplier_qc.domain.certificate_changes.findings import (
    Finding,
    FindingKind,
    Severity,
    Standing,
)
from supplier_qc.domain.measurement.characters import folded

SIZE_TOLERANCE = 5.0
"""Points by which the same sheet differs between printers (C)."""

SAME_LINE = 4.0
"""Points between tops of words on one line."""


def labels_in_order(fields: Mapping[str, PrintedField]) -> tuple[str, ...]:
    """Header fields as they follow one another on the page, by lines and from left to right."""
    placed = [(found.place, name) for name, found in fields.items() if found.place is not None]
    ordered = sorted(
        placed, key=lambda one: (one[0].page, round(one[0].top / SAME_LINE), one[0].x0)
    )
    return tuple(name for _, name in ordered)


def columns_in_order(rows: Sequence[Mapping[str, Place]]) -> tuple[str, ...]:
    """The columns of the fullest row from left to right."""
    fullest = max(rows, key=len, default={})
    return tuple(sorted(fullest, key=lambda name: (fullest[name].x0, name)))


def document_findings(before: CertificateFacts, after: CertificateFacts) -> Iterator[Finding]:
    old, new = before.document, after.document
    if old is None or new is None:
        return
    yield from _producer(old, new)
    yield from _layout(old, new)


def _producer(old: DocumentFacts, new: DocumentFacts) -> Iterator[Finding]:
    was, now = old.producer or "", new.producer or ""
    if was == now:
        return
    standing = Standing.FOUND
    sentence = f"The file was written by “{now}” instead of “{was}”."
    if not was or not now:
        standing = Standing.NOT_COMPARABLE
        named, other = ("This file", "the last") if now else ("The last file", "this")
        sentence = f"{named} names the program “{now or was}”; {other} one names none."
    elif folded(was) == folded(now):
        standing = Standing.WORDING
    yield Finding(
        FindingKind.PDF_PRODUCER,
        "C-32",
        Severity.NOTICE,
        "Program that wrote the file",
        sentence,
        before=was or None,
        after=now or None,
        standing=standing,
    )


def _layout(old: DocumentFacts, new: DocumentFacts) -> Iterator[Finding]:
    differences = list(_differences(old, new))
    if differences:
        yield _layout_finding(" ".join(differences), Standing.FOUND)
    elif (old.labels or old.columns) and not (new.labels or new.columns):
        words = "Nothing of this file was read by its place, so its layout cannot be compared."
        yield _layout_finding(words, Standing.NOT_COMPARABLE)
    elif (new.labels or new.columns) and not (old.labels or old.columns):
        words = "Nothing of the last file was read by its place; the layout cannot be compared."
        yield _layout_finding(words, Standing.NOT_COMPARABLE)


def _layout_finding(sentence: str, standing: Standing) -> Finding:
    return Finding(
        FindingKind.DOCUMENT_LAYOUT,
        "C-31",
        Severity.NOTICE,
        "Layout of the document",
        sentence,
        standing=standing,
    )


def _differences(old: DocumentFacts, new: DocumentFacts) -> Iterator[str]:
    if (old.text_layer or "") != (new.text_layer or ""):
        words = {None: "not read", "text": "text", "form": "a form", "scan": "a scan"}
        was = words.get(old.text_layer, (old.text_layer or "").replace("_", " "))
        now = words.get(new.text_layer, (new.text_layer or "").replace("_", " "))
        yield f"The file is {now}; the last one was {was}."
    if len(old.page_sizes) != len(new.page_sizes):
        yield f"It has {_pages(len(new.page_sizes))} instead of {len(old.page_sizes)}."
    elif _other_size(old, new):
        yield "The pages have another size."
    if _order_changed(old.labels, new.labels):
        yield "The header follows another order."
    if old.columns and new.columns and old.columns != new.columns:
        yield (f"The columns are {_listed(new.columns)} instead of {_listed(old.columns)}.")


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"


def _other_size(old: DocumentFacts, new: DocumentFacts) -> bool:
    return any(
        abs(one - other) > SIZE_TOLERANCE
        for before, after in zip(old.page_sizes, new.page_sizes, strict=True)
        for one, other in zip(before, after, strict=True)
    )


def _order_changed(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether the labels that both papers print stand in another order."""
    both = set(old) & set(new)
    return [one for one in old if one in both] != [one for one in new if one in both]


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(column.replace("_", " ") for column in columns)
