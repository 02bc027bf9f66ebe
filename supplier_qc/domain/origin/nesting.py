"""Components within components: reaching a part, putting one in its place, taking one out.

A position is the tuple of indices that leads to the part; the empty position is the root itself.
"""

from collections.abc import Iterator
from dataclasses import replace

from supplier_qc.domain.origin.facts import OriginComponent

Position = tuple[int, ...]
ROOT: Position = ()


def position_text(position: Position) -> str:
    """As in `0.2`; empty for the root."""
    return ".".join(str(index) for index in position)


def position_from_text(text: str) -> Position | None:
    """The position that `position_text` wrote, or None when it is none."""
    parts = text.split(".") if text else []
    if not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):  # noqa: PLR2004 -- no list is that long
        return None
    return tuple(int(part) for part in parts)


def walk(
    root: OriginComponent, position: Position = ROOT
) -> Iterator[tuple[Position, OriginComponent]]:
    """The component and all beneath it, parents first."""
    yield position, root
    for index, child in enumerate(root.components):
        yield from walk(child, (*position, index))


def part_at(root: OriginComponent, position: Position) -> OriginComponent | None:
    part = root
    for index in position:
        if index >= len(part.components):
            return None
        part = part.components[index]
    return part


def with_part(root: OriginComponent, position: Position, part: OriginComponent) -> OriginComponent:
    """The root with the part at an existing position replaced."""
    if not position:
        return part
    index, rest = position[0], position[1:]
    children = list(root.components)
    children[index] = with_part(children[index], rest, part)
    return replace(root, components=tuple(children))


def with_child(
    root: OriginComponent, position: Position, child: OriginComponent
) -> OriginComponent:
    """The root with a further component beneath the part at an existing position."""
    parent = part_at(root, position)
    if parent is None:
        raise IndexError(f"There is no part at {position_text(position)}.")
    return with_part(root, position, replace(parent, components=(*parent.components, child)))


def without_part(root: OriginComponent, position: Position) -> OriginComponent:
    """The root without the part at a position beneath it, and without all beneath that."""
    parent = part_at(root, position[:-1])
    if not position or parent is None:
        raise IndexError(f"There is no part at {position_text(position)} that can be taken out.")
    index = position[-1]
    kept = parent.components[:index] + parent.components[index + 1 :]
    return with_part(root, position[:-1], replace(parent, components=kept))
