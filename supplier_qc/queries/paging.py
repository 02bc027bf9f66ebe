"""One page of a long list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

Listed = TypeVar("Listed")


@dataclass(frozen=True, slots=True)
class Page(Generic[Listed]):
    """`page` and `pages` count from 1."""

    rows: tuple[Listed, ...]
    page: int
    pages: int
    total: int


def page_of(
    session: Session,
    statement: Select[*tuple[Any, ...]],
    row: Callable[[Any], Listed],
    page: int,
    size: int,
) -> Page[Listed]:
    """The page, in two statements; a page beyond the last one is the last one."""
    counted = select(func.count()).select_from(statement.order_by(None).subquery())
    total = session.scalar(counted) or 0
    pages = max(1, -(-total // size))
    page = min(max(page, 1), pages)
    found = session.execute(statement.limit(size).offset((page - 1) * size))
    return Page(tuple(row(one) for one in found), page, pages, total)
