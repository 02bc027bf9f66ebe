"""A person at a real browser: they see labels, buttons and words, never element ids."""

import re
import shutil
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, ViewportSize, expect

from supplier_qc.jobs import clock
from tests.journeys.watch import Watch
from tests.people import PASSWORD

WIDE = ViewportSize(width=1280, height=900)


class Album:
    """Screenshots in the order in which they were taken."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._taken = 0
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, page: Page, words: str) -> None:
        page.evaluate("Promise.all([...document.images].map(image => image.decode()))")
        page.screenshot(path=self._next(words), full_page=True)

    def take(self, picture: Path, words: str) -> None:
        """Add a picture that something else has drawn."""
        shutil.copy(picture, self._next(words))

    def _next(self, words: str) -> Path:
        self._taken += 1
        return self._folder / f"{self._taken:02}-{words.replace(' ', '-')}.png"


class Person:
    """One person's browser, signed in once; `page` is the open page."""

    def __init__(
        self, name: str, context: BrowserContext, url: str, watch: Watch, album: Album
    ) -> None:
        self.name = name
        self.page = context.new_page()
        self._url = url
        self._watch = watch
        self._album = album

    def sign_in(self, password: str = PASSWORD) -> None:
        self.open("/account/sign-in")
        self.fill("User name", self.name)
        self.fill("Password", password)
        self.press("Sign in")
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible()

    def open(self, path: str, *, refused: int | None = None) -> None:
        """Type an address; `refused` is the status that answers instead of the page."""
        with self._watch.expecting(*([refused] if refused else [])):
            answer = self.page.goto(f"{self._url}{path}")
        assert answer is not None
        assert answer.status == (refused or 200), f"{path} answered {answer.status}"

    def follow(self, words: str) -> None:
        self.page.get_by_role("main").get_by_role("link", name=words, exact=True).first.click()

    def go_to(self, entry: str) -> None:
        """Through the menu at the side."""
        self.page.locator("nav.side").get_by_role("link", name=entry, exact=True).click()

    def press(
        self, button: str, *, refused: int | None = None, within: Locator | None = None
    ) -> None:
        """Press a button; `refused` is the status of the page that then says why not."""
        pressed = (within or self.page).get_by_role("button", name=button, exact=True)
        if refused is None:
            pressed.click()
            return
        with (
            self._watch.expecting(refused),
            self.page.expect_response(lambda answer: answer.status == refused),
        ):
            pressed.click()

    def tick(self, label: str) -> None:
        """The box or the choice with this label."""
        self.field(label).check()

    def fill(self, label: str, value: str, *, within: Locator | None = None) -> None:
        """Type into the field, or choose the option, with this label."""
        field = self.field(label, within=within)
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)

    def field(self, label: str, *, within: Locator | None = None) -> Locator:
        exactly = re.compile(rf"^\s*{re.escape(label)}(\s*required)?\s*$")
        return (within or self.page).get_by_label(exactly)

    def unfold(self, summary: str) -> Locator:
        """Open the folded part with this heading, if it is not open; returns the part."""
        part = self.page.locator("details", has=self.page.locator("summary", has_text=summary))
        if part.last.get_attribute("open") is None:
            part.last.locator("summary").first.click()
        return part.last

    def sees(self, *words: str) -> None:
        for one in words:
            expect(self.page.get_by_role("main")).to_contain_text(one)

    def does_not_see(self, words: str) -> None:
        expect(self.page.get_by_role("main")).not_to_contain_text(words)

    def keeps_a_picture(self, words: str) -> None:
        self._album.keep(self.page, f"{self.name} {words}")

    def row(self, words: str) -> Locator:
        """The rows of tables that hold these words."""
        return self.page.get_by_role("row").filter(has_text=words)

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self._url)


def days_from_now(days: int) -> str:
    return (clock.now().date() + timedelta(days=days)).isoformat()
