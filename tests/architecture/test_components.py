"""What the macros under templates/components/ promise to the pages that use them."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import html
from werkzeug.datastructures import MultiDict
from wtforms import RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import InputRequired

from supplier_qc.domain.catalogue import SpecificationStatus
from supplier_qc.domain.certificates import CertificateState, ClaimState
from supplier_qc.domain.lots import Disposition
from supplier_qc.domain.messages import MessageState
from supplier_qc.domain.origin.findings import HumanVerdict
from supplier_qc.domain.origin.vocabulary import BseStatus, Level, Mark
from supplier_qc.domain.qualification.buying import BuyVerdict
from supplier_qc.domain.qualification.requirements import RequirementState
from supplier_qc.domain.qualification.risk import RiskBand
from supplier_qc.domain.qualification.states import QualificationStatus
from supplier_qc.domain.specification.limits import LimitFinding
from supplier_qc.domain.specification.verdicts import Verdict

ROOT = Path(__file__).parents[2]
SPRITE = (ROOT / "static" / "icons.svg").read_text(encoding="utf-8")


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"), undefined=StrictUndefined, autoescape=True
    )
    environment.globals.update(
        url_for=lambda _endpoint, filename: f"/static/{filename}",
        csrf_token=lambda: "token-of-this-session",
        get_flashed_messages=lambda **_: [],
    )
    return environment


def _macros(name: str) -> Any:
    return _environment().get_template(f"components/{name}.html").module


def _render(source: str, **values: object) -> Any:
    return html.fromstring(f"<div>{_environment().from_string(source).render(**values)}</div>")


def _vendor_form() -> BaseForm:
    return BaseForm(
        {
            "name": StringField(
                "Name", [InputRequired("Enter the vendor's name.")], description="In full."
            ),
            "role": RadioField(
                "Role",
                [InputRequired("Choose a role.")],
                choices=[SelectChoice("m", "Manufacturer")],
            ),
        }
    )


def _refused() -> BaseForm:
    form = _vendor_form()
    form.process(MultiDict())
    form.validate()
    return form


CONTROLLED: list[tuple[str, Iterable[str]]] = [
    ("verdict", Verdict),
    ("disposition", Disposition),
    ("tse_level", Level),
    ("due", ("overdue", "due_soon", "later", "done")),
    ("reading", CertificateState),
    ("claim", ClaimState),
    ("qualification", QualificationStatus),
    ("requirement", RequirementState),
    ("buying", BuyVerdict),
    ("risk_band", RiskBand),
    ("message", MessageState),
    ("mark", Mark),
    ("country_status", BseStatus),
    ("specification", SpecificationStatus),
    ("limit_change", LimitFinding),
    ("donor_evidence", HumanVerdict),
    ("confidence", ("high", "medium", "low")),
]
BADGES = [(macro, value) for macro, values in CONTROLLED for value in values]


@pytest.mark.parametrize(("macro", "value"), BADGES)
def test_every_status_has_a_word_an_icon_and_a_tone(macro: str, value: str | StrEnum) -> None:
    badge = html.fromstring(getattr(_macros("badge"), macro)(value))
    icon = badge.xpath("string(.//use/@href)").partition("#")[2]
    assert badge.text_content().strip()
    assert f'<symbol id="{icon}"' in SPRITE
    assert re.search(r"status-(good|warn|bad|stop|info|neutral|unknown)", badge.get("class", ""))


@pytest.mark.parametrize(("macro", "values"), CONTROLLED)
def test_no_two_values_of_a_list_share_their_badge(macro: str, values: Iterable[str]) -> None:
    drawn = [str(getattr(_macros("badge"), macro)(value)) for value in values]
    assert len(set(drawn)) == len(drawn)


@pytest.mark.parametrize("macro", [macro for macro, _ in CONTROLLED if macro != "confidence"])
@pytest.mark.parametrize("value", [None, "no_such_value", "unknown", "not_evaluable"])
def test_what_is_not_known_never_looks_good(macro: str, value: str | None) -> None:
    assert "status-unknown" in getattr(_macros("badge"), macro)(value)


def test_a_refused_field_names_its_help_and_its_error_to_the_reader() -> None:
    page = _render(
        '{% import "components/forms.html" as forms %}{{ forms.field(form.name) }}',
        form=_refused(),
    )
    control = page.xpath("//input[@name='name']")[0]
    described = [page.get_element_by_id(id_) for id_ in control.get("aria-describedby").split()]
    words = " ".join(element.text_content() for element in described)
    assert control.get("aria-invalid") == "true"
    assert "In full." in words
    assert "Enter the vendor's name." in words


def test_an_untouched_field_is_not_called_invalid() -> None:
    form = _vendor_form()
    form.process()
    page = _render(
        '{% import "components/forms.html" as forms %}{{ forms.field(form.name) }}',
        form=form,
    )
    assert page.xpath("//input/@aria-invalid") == []
    assert page.xpath("string(//label)").split() == ["Name", "required"]


def test_the_error_summary_links_to_controls_that_exist() -> None:
    page = _render(
        '{% import "components/forms.html" as forms %}'
        "{% call forms.post_form(form) %}{{ forms.fields(form) }}{% endcall %}",
        form=_refused(),
    )
    targets = page.xpath("//*[@role='alert']//a/@href")
    assert targets == ["#name", "#role-0"]
    for target in targets:
        assert page.get_element_by_id(target.removeprefix("#")).tag == "input"


def test_a_refusal_names_all_its_reasons_at_once() -> None:
    reasons = ["Sterility: no result.", "The lot has no expiry date."]
    page = _render(
        '{% import "components/forms.html" as forms %}'
        "{% call forms.post_form(reasons=reasons) %}{% endcall %}",
        reasons=reasons,
    )
    assert page.xpath("//*[@role='alert']//li/text()") == reasons


@pytest.mark.parametrize(
    "source",
    [
        "{% call forms.post_form() %}{% endcall %}",
        '{{ forms.action_form("Acknowledge", "/notices/1") }}',
    ],
)
def test_every_form_that_posts_carries_the_session_token(source: str) -> None:
    page = _render('{% import "components/forms.html" as forms %}' + source)
    assert page.xpath("//form/@method") == ["post"]
    assert page.xpath("//form/input[@name='csrf_token']/@value") == ["token-of-this-session"]


def test_a_sorted_column_says_so_and_its_link_keeps_every_filter() -> None:
    page = _render(
        '{% import "components/table.html" as table %}'
        '{% call table.data_table("lots", "Lots", [{"label": "Lot", "sort": "lot"}],'
        " sort='lot', args=args) %}{% endcall %}",
        args=MultiDict([("state", "a&b"), ("state", "c"), ("page", "3"), ("sort", "lot")]),
    )
    assert page.xpath("//th/@aria-sort") == ["ascending"]
    assert page.xpath("//th/a/@href") == ["?state=a%26b&state=c&sort=-lot"]


def test_a_table_has_a_caption_and_its_scroll_region_takes_the_keyboard() -> None:
    page = _render(
        '{% import "components/table.html" as table %}'
        '{% call table.data_table("lots", "Lots of this item", ["Lot"]) %}{% endcall %}'
    )
    region = page.xpath("//*[@role='region']")[0]
    assert region.get("tabindex") == "0"
    assert page.get_element_by_id(region.get("aria-labelledby")).text == "Lots of this item"
    assert page.xpath("//th/@scope") == ["col"]


def test_dates_stand_in_iso_form_and_times_name_their_zone() -> None:
    when = _macros("when")
    at = html.fromstring(when.at(datetime(2026, 11, 24, 7, 5, tzinfo=UTC)))
    assert at.get("datetime") == "2026-11-24T07:05:00Z"
    assert " ".join(at.text_content().split()) == "2026-11-24 07:05 UTC"
    assert html.fromstring(when.on(date(2027, 3, 1))).text == "2027-03-01"


@pytest.mark.parametrize("macro", ["on", "at"])
def test_a_missing_date_is_said_in_words(macro: str) -> None:
    draw: Callable[[None], str] = getattr(_macros("when"), macro)
    assert html.fromstring(draw(None)).text == "not recorded"


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "in 1 day"), (12, "in 12 days"), (-1, "1 day ago"), (-3, "3 days ago")],
)
def test_days_left_are_words(days: int, words: str) -> None:
    assert _macros("when").days_left(days) == words


def test_a_gap_among_the_facts_is_visible() -> None:
    page = _render(
        '{% from "components/facts.html" import facts %}{{ facts([("Lot", None), ("Unit", "")]) }}'
    )
    assert [cell.text_content().strip() for cell in page.xpath("//dd")] == ["not recorded"] * 2


ERROR_PAGES = sorted(
    path.relative_to(ROOT / "templates").as_posix()
    for path in (ROOT / "templates" / "errors").glob("[!_]*.html")
)


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_an_error_page_is_drawn_whole_with_no_context_at_all(name: str) -> None:
    page = html.fromstring(_environment().get_template(name).render())
    assert page.xpath("string(//h1)").strip()
    assert page.xpath("//main//a[@href='/']")


def test_a_refused_page_lists_every_reason() -> None:
    reasons = ["Sterility: no result.", "The lot has no expiry date."]
    template = _environment().get_template("errors/refused.html")
    page = html.fromstring(template.render(reasons=reasons))
    assert page.xpath("//*[@role='alert']//li/text()") == reasons


def test_a_forbidden_page_gives_the_reasons_and_names_the_person() -> None:
    template = _environment().get_template("errors/forbidden.html")
    person = {"full_name": "Ada Example", "role_names": ["QA reviewer"]}
    page = html.fromstring(template.render(reasons=["No right."], current_person=person))
    words = page.xpath("string(//main)")
    assert "No right." in words
    assert "Ada Example" in words
