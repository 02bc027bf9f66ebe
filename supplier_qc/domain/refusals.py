"""What the product refuses, named for what is refused; every reason is fit for the user."""

from collections.abc import Iterable


class Refused(Exception):
    """The rules refuse a change; `reasons` names all of them at once."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons: tuple[str, ...] = reasons

    @classmethod
    def unless_empty(cls, reasons: Iterable[str]) -> None:
        """Raise this refusal when there is at least one reason."""
        collected = tuple(reasons)
        if collected:
            raise cls(*collected)


class NotFound(Exception):
    """There is no such record."""

    def __init__(self, what: str, key: object) -> None:
        super().__init__(f"{what} {key} does not exist.")


class ChangedMeanwhile(Refused):
    """Somebody else saved the record after this page was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else changed this record after you opened it. "
            "Reload the page, look at the change, and send yours again."
        )


class WrongPassword(Refused):
    """Re-authentication failed; nothing was signed."""

    def __init__(
        self, reason: str = "The password is not right. Nothing was signed; type it again."
    ) -> None:
        super().__init__(reason)


class AccountLocked(WrongPassword):
    """Too many wrong passwords; for a while the right one is not accepted either."""

    def __init__(self) -> None:
        super().__init__(
            "Too many wrong passwords; the account opens again after 15 minutes. Nothing was saved."
        )


class NotPermitted(Refused):
    """The person's roles do not carry the permission that the change needs."""
