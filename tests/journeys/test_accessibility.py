"""Every page for people who see little, use the keyboard, print, hold a phone or run no script."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from sqlalchemy import select

from supplier_qc.app import create_app
from supplier_qc.config import ROOT, settings_from
from supplier_qc.demo.people import PEOPLE as DEMO_PEOPLE
from supplier_qc.demo.seed import fill
from supplier_qc.domain.people import Actor
from supplier_qc.domain.supplier_notices import SupplierNoticeKind
from supplier_qc.jobs import clock
from supplier_qc.jobs.due_notices import make_due_notices
from supplier_qc.jobs.reading import read_waiting_certificates
from supplier_qc.persistence.migrating import upgrade
from supplier_qc.persistence.tables import ManufacturerItem
from supplier_qc.queries.people import list_people
from supplier_qc.services.installation import Installation, open_installation
from supplier_qc.services.specifications import draft_specification
from supplier_qc.services.supplier_notices import SupplierNoticeDraft, record_supplier_notice
from tests.journeys.person import WIDE
from tests.journeys.server import RunningServer

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

NARROW = ViewportSize(width=390, height=844)
AXE = ROOT / "tests" / "vendor" / "axe-core-4.14.1.min.js"
PASSWORDS = {person.username: person.password for person in DEMO_PEOPLE}
TAB_STOPS = 5

PAGES = (
    ("nobody", "/account/sign-in"),
    ("ana", "/"),
    ("bea", "/"),
    ("ana", "/account/password"),
    ("ana", "/search?q=lysate"),
    ("ana", "/vendors/"),
    ("ana", "/vendors/new"),
    ("ana", "/vendors/1"),
    ("ana", "/vendors/1/edit"),
    ("ana", "/vendors/duplicates"),
    ("ana", "/vendors/1/names"),
    ("ana", "/vendors/1/merge"),
    ("ana", "/vendors/1/timeline"),
    ("ana", "/vendors/1/merge?into=2"),
    ("ana", "/retirement/vendors/1"),
    ("ana", "/retirement/sites/1"),
    ("ana", "/retirement/items/1"),
    ("ana", "/vendors/1/sites/new"),
    ("ana", "/vendors/sites/1"),
    ("ana", "/vendors/1/contacts/new"),
    ("ana", "/learned-names/"),
    ("ben", "/vendors/1/learned-names"),
    ("ben", "/vendors/1/learned-names/import"),
    ("ben", "/certificates/1/names"),
    ("ana", "/vendors/contacts/1"),
    ("ana", "/evidence/new/of-vendor/1"),
    ("ana", "/evidence/1"),
    ("ana", "/imports/"),
    ("ana", "/materials/"),
    ("ana", "/materials/new"),
    ("ana", "/materials/1"),
    ("ana", "/materials/1/edit"),
    ("ana", "/items/new/for-material/1"),
    ("bea", "/items/1"),
    ("ana", "/items/1/edit"),
    ("ana", "/distributor-items/new/for-item/1"),
    ("ana", "/distributor-items/1"),
    ("ana", "/material-uses/new/for-material/1"),
    ("ana", "/material-uses/1"),
    ("ana", "/media-suitability/new/for-item/1"),
    ("ana", "/media-suitability/1"),
    ("ana", "/material-uses/1/removal"),
    ("bea", "/specifications/1"),
    ("bea", "/specifications/1/file"),
    ("ana", "/specifications/{draft}/edit"),
    ("ana", "/specifications/{draft}/discard"),
    ("bea", "/specifications/{draft}/compare"),
    ("bea", "/specifications/{draft}/approve"),
    ("ana", "/qualifications/new/of-item/1"),
    ("ana", "/qualifications/1"),
    ("bea", "/qualifications/1/decide"),
    ("bea", "/qualifications/1/decline"),
    ("ana", "/qualifications/1/proposal"),
    ("ana", "/qualifications/conditions/1/fulfilled"),
    ("ana", "/may-buy/?item=M-010&use=phase_1_2"),
    ("ana", "/approved-suppliers/"),
    ("ana", "/requirements/"),
    ("ana", "/evidence-policy/"),
    ("ana", "/evidence-requests/?state=all"),
    ("ana", "/evidence-requests/1"),
    ("ana", "/evidence-requests/1/withdraw"),
    ("ana", "/evidence-requests/new/of-vendor/1"),
    ("ana", "/evidence-requests/letter/of-vendor/2"),
    ("ana", "/deliveries/"),
    ("ana", "/deliveries/1"),
    ("ana", "/deliveries/7/receipt"),
    ("ana", "/deliveries/7/withdraw"),
    ("ana", "/deliveries/new/for-item/1"),
    ("ana", "/scorecards/"),
    ("ben", "/scorecards/vendor/1"),
    ("ben", "/scorecards/vendor/1/delivery"),
    ("bea", "/scorecard-policy/"),
    ("bea", "/scorecard-policy/measures/delivery"),
    ("bea", "/scorecard-policy/bands/a"),
    ("bea", "/evidence-policy/new?row=1"),
    ("ana", "/certificates/"),
    ("bea", "/certificates/readers/"),
    ("ben", "/certificates/1"),
    ("ben", "/certificates/2"),
    ("ben", "/certificates/3"),
    ("ben", "/certificates/5"),
    ("ben", "/certificates/3/split"),
    ("ana", "/certificates/check"),
    ("ana", "/certificates/folder"),
    ("dan", "/api-tokens/"),
    ("ana", "/expected-certificates/"),
    ("ana", "/expected-certificates/new"),
    ("bea", "/changes/?state=all"),
    ("bea", "/certificates/1/changes"),
    ("bea", "/items/1/changes"),
    ("bea", "/lots/"),
    ("bea", "/lots/1"),
    ("bea", "/lots/30"),
    ("ben", "/lots/30"),
    ("ben", "/lots/30/edit"),
    ("ben", "/lots/new"),
    ("ben", "/origin/"),
    ("ben", "/origin/items/1"),
    ("ben", "/statements/"),
    ("ben", "/statements/1"),
    ("ben", "/statements/2"),
    ("ben", "/findings/?state=all"),
    ("ben", "/findings/1"),
    ("ben", "/findings/1/edit"),
    ("ben", "/findings/2"),
    ("bea", "/findings/2/close"),
    ("ana", "/findings/new/of-vendor/1"),
    ("ben", "/findings/new/on-lot/1"),
    ("ben", "/findings/new/on-certificate/1"),
    ("ben", "/findings/new/on-evidence/1"),
    ("ben", "/corrective-actions/new/on-finding/2"),
    ("bea", "/corrective-actions/1"),
    ("ben", "/corrective-actions/1/take-back"),
    ("bea", "/corrective-actions/1/close"),
    ("bea", "/corrective-actions/policy"),
    ("ben", "/supplier-notices/?state=all"),
    ("ben", "/supplier-notices/1"),
    ("ana", "/supplier-notices/1/edit"),
    ("ben", "/supplier-notices/1/reopen"),
    ("ana", "/supplier-notices/new/of-vendor/1"),
    ("ana", "/questionnaires/"),
    ("ana", "/questionnaires/new/of-vendor/1"),
    ("ben", "/questionnaires/3"),
    ("ana", "/questionnaires/4/answers/1"),
    ("ana", "/questionnaires/4/file"),
    ("ana", "/questionnaires/4/hand-over"),
    ("ana", "/questionnaires/4/withdrawal"),
    ("ben", "/questionnaires/3/return"),
    ("ben", "/questionnaires/3/review"),
    ("ben", "/questionnaires/3/changes"),
    ("ana", "/questionnaire-library/"),
    ("ana", "/questionnaire-library/1"),
    ("ben", "/questionnaire-library/1/next"),
    ("ben", "/origin/lots/1"),
    ("ben", "/origin/lots/1/components/new"),
    ("cyd", "/origin/tables/?include_not_approved=y"),
    ("ben", "/origin/items/1/components/new"),
    ("ben", "/origin/items/1/components/json"),
    ("ben", "/origin/components/1"),
    ("ben", "/origin/components/1/json"),
    ("ben", "/origin/components/1/withdrawal"),
    ("ben", "/statistics/"),
    ("ben", "/statistics/items/1"),
    ("ben", "/statistics/items/1/attribute?attribute=PDGF-AB"),
    ("cyd", "/residuals/"),
    ("cyd", "/residuals/products/1"),
    ("ben", "/batches/"),
    ("ben", "/origin/roadmap/"),
    ("ben", "/origin/roadmap/1/1"),
    ("ben", "/batches/1"),
    ("ben", "/batches/1/edit"),
    ("ben", "/batches/new"),
    ("cyd", "/residuals/products/1/edit"),
    ("cyd", "/residuals/products/1/steps/new"),
    ("cyd", "/residuals/steps/1/edit"),
    ("cyd", "/residuals/products/1/reagents/new"),
    ("cyd", "/residuals/reagents/1/edit"),
    ("cyd", "/residuals/reagents/1/limit"),
    ("cyd", "/residuals/products/new"),
    ("cyd", "/reference/"),
    ("cyd", "/reference/country_status"),
    ("ben", "/reference/country_status/editions"),
    ("ben", "/reference/verify/"),
    ("cyd", "/dossier/"),
    ("bea", "/reminders/"),
    ("bea", "/reminders/made"),
    ("bea", "/reminders/1"),
    ("bea", "/outbox/"),
    ("bea", "/outbox/1"),
    ("eve", "/audit-trail/"),
    ("eve", "/audit-trail/1"),
    ("eve", "/audit-trail/check"),
    ("dan", "/people/"),
    ("dan", "/people/new"),
    ("dan", "/people/1"),
    ("ana", "/people/"),
    ("ana", "/no-such-page"),
    ("ana", "/supply/"),
    ("ana", "/supply/materials/1"),
    ("ana", "/supply/materials/1/count"),
    ("ana", "/supply/items/1"),
    ("ana", "/supply/plans"),
    ("bea", "/supply/policy/"),
    ("bea", "/risk-weights/"),
    ("bea", "/risk-weights/new"),
    ("bea", "/co-material-rules/"),
    ("ana", "/requirements/?view=material"),
)
"""Who opens what; the last two are the pages that say no."""

NO_PAGES = frozenset(
    {
        "api.status",
        "audit_trail.download",
        "buying.answer",
        "certificates.file",
        "certificates.image",
        "evidence.document",
        "origin_roadmap.chart",
        "origin_roadmap.withdraw",  # nothing is planned in the demo story
        "evidence_requests.letter_file",
        "expected_certificates.edit",  # nothing is awaited in the demo story
        "learned_names.pack",
        "learned_names.withdrawal",  # nobody has taught a name in the demo story
        "imports.preview",  # no file is kept in the demo story
        "imports.template",
        "operations.health",
        "origin.assessment",  # nobody has signed one in the demo story
        "questionnaire_library.table",
        "questionnaires.as_received",
        "questionnaires.next_section",  # leads on to a section or to the round
        "questionnaires.workbook",
        "reference.download",
        "reference_editions.detail",  # the demo story has the shipped lists alone
        "reference_editions.sign",
        "reference_editions.withdraw",
        "statements.file",
        "statements.image",
        "static",
        "vendor_merging.remove_name",  # no vendor of the demo story has another name
        "statistics.chart",
        "corrective_actions.document",
        "supplier_notices.document",
        "supplier_list.download",
    }
)
"""What answers a GET with a file, or has no record in the demo story to be opened with."""


def record_a_suppliers_notice(installation: Installation, now: datetime) -> None:
    """The demo story has none; this one names every lot of the first item."""
    with installation.reading() as session:
        item = session.scalars(select(ManufacturerItem).order_by(ManufacturerItem.id)).first()
        assert item is not None
        vendor_id, item_id = item.site.organisation_id, item.id
    record_supplier_notice(
        installation.sessions,
        installation.documents,
        vendor_id,
        SupplierNoticeDraft(SupplierNoticeKind.CHANGE, "Another filter", now.date(), [item_id]),
        actor=the_demos(installation, "ana"),
        now=now,
    )


def the_demos(installation: Installation, username: str) -> Actor:
    with installation.reading() as session:
        (found,) = (one for one in list_people(session) if one.username == username)
    return Actor(found.id, found.full_name, frozenset(found.roles))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The demo story, its certificates read, with a draft of a specification and reminders."""
    found = settings_from({"SUPPLIER_QC_DATA": str(tmp_path_factory.mktemp("demo"))})
    upgrade(found.database_url)
    installation = open_installation(found)
    now = clock.now()
    fill(installation, now=now, report=lambda _words: None)
    while read_waiting_certificates(installation, now):
        pass
    make_due_notices(installation, now)
    record_a_suppliers_notice(installation, now)
    yield installation
    installation.engine.dispose()


@pytest.fixture(scope="module")
def draft_id(demo: Installation) -> int:
    """A draft of the next version of the first item's specification, written by Ana."""
    ana = the_demos(demo, "ana")
    return draft_specification(demo.sessions, 1, actor=ana, now=clock.now())


@pytest.fixture(scope="module")
def demo_server(
    demo: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    running = RunningServer(demo.settings, tmp_path_factory.mktemp("log") / "server.log")
    running.start()
    yield running
    running.stop()


Opener = Callable[[str], Page]


@pytest.fixture(scope="module")
def page_of(chromium: Browser, demo_server: RunningServer) -> Iterator[Opener]:
    """`page_of("ana")` is Ana's page, signed in; "nobody" is a stranger's."""
    contexts: dict[str, BrowserContext] = {}

    def opened(name: str) -> Page:
        if name not in contexts:
            contexts[name] = chromium.new_context(
                base_url=demo_server.url,
                viewport=WIDE,
                bypass_csp=True,  # for axe alone; the journey holds the policy
                reduced_motion="reduce",
            )
            page = contexts[name].new_page()
            if name != "nobody":
                sign_in(page, name)
        return contexts[name].pages[0]

    yield opened
    for context in contexts.values():
        context.close()


def sign_in(page: Page, name: str) -> None:
    page.goto("/account/sign-in")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(PASSWORDS[name])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


@pytest.mark.parametrize(("name", "path"), PAGES)
def test_a_page_is_fit_for_everybody(name: str, path: str, page_of: Opener, draft_id: int) -> None:
    page = page_of(name)
    page.set_viewport_size(WIDE)
    page.goto(path.format(draft=draft_id))
    expect(page.get_by_role("heading", level=1)).to_have_count(1)

    assert serious_findings(page) == []
    assert stops_without_a_visible_focus(page) == []
    assert printed_navigation(page) == []
    assert width_on_a_phone(page) <= NARROW["width"]


def serious_findings(page: Page) -> list[str]:
    """What axe-core finds serious or critical, with the elements concerned."""
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:200] for node in one['nodes']]}"
        for one in found["violations"]
        if one["impact"] in {"serious", "critical"}
    ]


FOCUS_LOOK = """() => {
  const focused = document.activeElement;
  const look = () => {
    const style = getComputedStyle(focused);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow].join();
  };
  const with_focus = look();
  focused.blur();
  const without = look();
  focused.focus({ focusVisible: true });
  return with_focus === without ? focused.outerHTML.slice(0, 200) : "";
}"""


def stops_without_a_visible_focus(page: Page) -> list[str]:
    """Of the first stops of the Tab key, those that look the same with the focus and without."""
    page.evaluate("document.activeElement.blur()")
    unseen = []
    for _ in range(TAB_STOPS):
        page.keyboard.press("Tab")
        unseen.append(page.evaluate(FOCUS_LOOK))
    return [element for element in unseen if element]


def printed_navigation(page: Page) -> list[str]:
    """Navigation that would be printed."""
    page.emulate_media(media="print")
    shown = page.locator("nav.side, .menu, .site-header form").all()
    printed = [part.inner_text() for part in shown if part.is_visible()]
    page.emulate_media(media="screen")
    return printed


def width_on_a_phone(page: Page) -> int:
    page.set_viewport_size(NARROW)
    return int(page.evaluate("document.documentElement.scrollWidth"))


def test_no_page_is_left_out(demo: Installation, draft_id: int) -> None:
    addresses = create_app(demo).url_map.bind("localhost")
    seen = set()
    for _name, path in PAGES:
        address = path.format(draft=draft_id).partition("?")[0]
        if addresses.test(address, method="GET"):
            seen.add(addresses.match(address, method="GET")[0])
    pages = {rule.endpoint for rule in addresses.map.iter_rules() if "GET" in (rule.methods or ())}
    assert sorted(pages - NO_PAGES - seen) == []


def test_a_row_is_confirmed_without_javascript(
    chromium: Browser, demo_server: RunningServer
) -> None:
    context = chromium.new_context(base_url=demo_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "ben")
    page.goto("/certificates/3")
    row = page.locator("[data-review-row]").filter(has=page.get_by_text("Osmolalität", exact=True))
    expect(row).not_to_contain_text("Confirmed")
    row.get_by_role("button", name="Confirm").click()
    expect(page).to_have_url(f"{demo_server.url}/certificates/3#{row.get_attribute('id')}")
    expect(row).to_contain_text("Confirmed")
    context.close()
