"""A browser without a window: it submits the forms a page really rendered, CSRF on."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask
from lxml import html
from lxml.html import FormElement, HtmlElement
from werkzeug.test import TestResponse

from supplier_qc.services.installation import Installation
from tests.people import PASSWORD

Upload = tuple[str, bytes]
"""File name and content."""


class GetWrote(AssertionError):
    """A page that was only looked at changed the database."""


@dataclass(frozen=True, slots=True)
class Page:
    """What came back after redirects."""

    path: str
    response: TestResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def tree(self) -> HtmlElement:
        return html.fromstring(self.response.text)

    @property
    def text(self) -> str:
        """The words of the page's main part, spaces folded."""
        mains = self.tree.xpath("//main") or [self.tree]
        return " ".join(mains[0].text_content().split())

    def form(self, button: str) -> FormElement:
        """The form that holds a button (or submit input) with this label."""
        labels = []
        for form in self.tree.forms:
            for control in form.xpath(".//button | .//input[@type='submit']"):
                label = " ".join((control.get("value") or control.text_content()).split())
                labels.append(label)
                if label == button:
                    return form
        raise AssertionError(f"{self.path} has no button {button!r}; it has {labels}.")

    def link(self, words: str) -> str:
        """The address of the link with these words."""
        for link in self.tree.xpath("//a[@href]"):
            if " ".join(link.text_content().split()) == words:
                return str(link.get("href"))
        raise AssertionError(f"{self.path} has no link {words!r}.")


class Browser:
    """One person's browser; follows redirects and keeps the session's cookie."""

    def __init__(self, app: Flask, installation: Installation) -> None:
        self._client = app.test_client()
        self._installation = installation
        self.page: Page | None = None

    def get(self, path: str, *, expect: int = 200) -> Page:
        before = self._audit_count()
        page = self._show(self._client.get(path, follow_redirects=True), path, expect)
        if self._audit_count() != before:
            raise GetWrote(f"GET {path} left an audit entry.")
        return page

    def follow(self, words: str, *, expect: int = 200) -> Page:
        """Click the link with these words on the present page."""
        return self.get(urljoin(self._present.path, self._present.link(words)), expect=expect)

    def submit(
        self,
        button: str,
        fields: Mapping[str, Any] | None = None,
        *,
        uploads: Mapping[str, list[Upload]] | None = None,
        expect: int = 200,
    ) -> Page:
        """Fill the form with this button as a person would and press it.

        A field the page did not render is an error; so is an option a select does not offer.
        """
        form = self._present.form(button)
        values = _filled(form, fields or {}, button)
        data: dict[str, Any] = dict(values)
        for name, files in (uploads or {}).items():
            assert form.xpath(f".//input[@type='file'][@name='{name}']"), f"no file input {name}"
            data[name] = [(BytesIO(content), filename) for filename, content in files]
        action = urljoin(self._present.path, form.get("action") or self._present.path)
        method = (form.get("method") or "get").lower()
        if method == "get":
            response = self._client.get(action, query_string=data, follow_redirects=True)
        else:
            response = self._client.post(action, data=data, follow_redirects=True)
        return self._show(response, action, expect)

    def post(self, path: str, data: Mapping[str, Any] | None = None) -> TestResponse:
        """A raw POST, as an attacker's page would send it; no token unless it is in `data`."""
        return self._client.post(path, data=dict(data or {}))

    def raw_get(self, path: str) -> TestResponse:
        return self._client.get(path)

    def sign_in(self, username: str, password: str = PASSWORD) -> "Browser":
        self.get("/account/sign-in")
        self.submit("Sign in", {"username": username, "password": password})
        return self

    @property
    def _present(self) -> Page:
        assert self.page is not None, "no page is open"
        return self.page

    def _show(self, response: TestResponse, path: str, expect: int) -> Page:
        parts = urlsplit(response.request.url)
        self.page = Page(parts.path + (f"?{parts.query}" if parts.query else ""), response)
        assert response.status_code == expect, (
            f"{path} answered {response.status_code}, not {expect}: {_gist(self.page)}"
        )
        return self.page

    def _audit_count(self) -> int:
        with self._installation.engine.connect() as connection:
            count = connection.exec_driver_sql("SELECT count(*) FROM audit_entry").scalar()
            return int(count or 0)


def _gist(page: Page) -> str:
    if page.response.mimetype != "text/html":
        return page.response.mimetype or ""
    return page.text[:600]


def _filled(form: FormElement, fields: Mapping[str, Any], button: str) -> dict[str, Any]:
    names = {control.name for control in form.inputs if control.name}
    unknown = set(fields) - names
    assert not unknown, f"the form has no field {sorted(unknown)}; it has {sorted(names)}"
    values: dict[str, Any] = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(_as_read(form, name, value))
    for name, value in fields.items():
        values[name] = _as_submitted(form, name, value)
    for control in form.xpath(".//button[@name]"):
        if " ".join(control.text_content().split()) == button:
            values[control.get("name")] = [control.get("value") or ""]
    return values


def _as_read(form: FormElement, name: str, value: str) -> str:
    """A browser drops the line break right after <textarea>; lxml keeps it."""
    if isinstance(form.inputs[name], html.TextareaElement):
        return value.removeprefix("\r").removeprefix("\n")
    return value


def _as_submitted(form: FormElement, name: str, value: Any) -> list[str]:
    chosen = value if isinstance(value, list | tuple) else [value]
    control = form.inputs[name]
    if isinstance(control, html.SelectElement):
        offered = set(control.value_options)
        missing = [item for item in chosen if str(item) not in offered]
        assert not missing, f"{name} does not offer {missing}; it offers {sorted(offered)}"
    if value is True:
        assert isinstance(control, html.InputElement), f"{name} is no check box"
        return [control.get("value") or "y"]
    if value is False:
        return []
    return [str(item) for item in chosen]
