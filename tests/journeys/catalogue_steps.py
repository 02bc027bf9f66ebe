"""Vendor, material, item, specification and baseline, as people enter them."""

import re
from http import HTTPStatus

from supplier_qc.demo.lysate_lots import BASELINE_LOTS, lysate_lots
from supplier_qc.domain.people import Role
from supplier_qc.jobs import clock
from supplier_qc.services.installation import Installation
from supplier_qc.services.lots import LotDraft, ResultDraft, add_lot_with_results
from tests.conftest import actor_of
from tests.journeys.person import Person
from tests.people import PASSWORD

LINES = """\
Appearance; Clear, yellow | Slightly turbid, yellow; ; Visual
pH; 6.8 - 7.8; ; Ph. Eur. 2.2.3
Osmolality; 270 - 350; mOsm/kg; Ph. Eur. 2.2.35
Total protein; 35 - 70; g/L; Biuret
Endotoxin; ≤ 1.0; EU/mL; Ph. Eur. 2.6.14; ; 0.10
Sterility; No growth; ; Ph. Eur. 2.6.1
Mycoplasma; Not detected; ; Ph. Eur. 2.6.7
Fibrinogen; ≤ 50; µg/mL; ELISA; ; 5
Haemoglobin; ≤ 25; mg/dL; Photometry
PDGF-AB; 20 - 50; ng/mL; ELISA
TGF-b1; ≥ 35; ng/mL; ELISA
Growth promotion, vs reference lot; ≥ 80; %; MSC, 2 donors, 3 passages
Identity, human albumin; Positive; ; Lateral flow; ; ; yes
"""


def add_the_vendor_with_its_site(ana: Person) -> None:
    ana.go_to("Vendors")
    ana.keeps_a_picture("finds no vendor yet")
    ana.follow("Add vendor")
    ana.fill("Name", "Larkfen Haematics Ltd")
    ana.tick("Manufacturer")
    ana.fill("Website", "https://larkfen.example")
    ana.keeps_a_picture("adds the vendor")
    ana.press("Add vendor")
    ana.sees("Larkfen Haematics Ltd", "Add the first site")
    ana.keeps_a_picture("sees the vendor")
    ana.follow("Add site")
    ana.fill("Site", "Larkfen Marsh, lysate plant")
    ana.fill("Address", "4 Sluice Lane\nLarkfen Marsh LF0 7QX")
    ana.fill("Country", "United Kingdom (GB)")
    ana.press("Add site")
    ana.sees("Larkfen Marsh, lysate plant", "United Kingdom")
    ana.keeps_a_picture("added the site")


def add_the_material(ana: Person) -> None:
    ana.go_to("Materials")
    ana.follow("Add material")
    ana.fill("Code", "RM-0007")
    ana.fill("Name", "Human platelet lysate")
    ana.fill("Category", "Ancillary")
    ana.fill("Risk class", "Critical")
    ana.fill("Function", "Growth supplement")
    ana.fill("Stage of use", "Expansion, passages 1 to 3")
    ana.keeps_a_picture("adds the material")
    ana.press("Add material")
    ana.sees("Add the item that supplies it")
    ana.keeps_a_picture("sees the material")


def add_the_manufacturers_item(ana: Person) -> int:
    """The number of the item."""
    ana.follow("Add item")
    ana.fill(
        "Manufacturing site",
        "Larkfen Haematics Ltd: Larkfen Marsh, lysate plant, GB",
    )
    ana.fill("Name", "Lysate PL-100, 500 mL")
    ana.fill("Catalogue number", "00410-500")
    ana.fill("Grade", "GMP, for further manufacture")
    ana.fill("Storage", "-20 °C or below")
    ana.fill("Shelf life", "24")
    ana.keeps_a_picture("adds the item")
    ana.press("Add item")
    ana.sees("Draft our specification")
    ana.keeps_a_picture("sees the item")
    return int(ana.path.rsplit("/", 1)[1])


def draft_the_specification(ana: Person) -> None:
    ana.press("Begin a draft")
    ana.sees("No line yet")
    ana.fill("Lines", LINES)
    ana.keeps_a_picture("pastes the lines")
    ana.press("Add pasted lines")
    ana.sees("13 lines are added.")
    ana.keeps_a_picture("sees the lines")


def try_to_approve_it_herself(ana: Person) -> None:
    ana.follow("Done, show the draft")
    ana.sees("Waits for a QA approver")
    draft = ana.path
    ana.open(f"{draft}/approve", refused=HTTPStatus.FORBIDDEN)
    ana.keeps_a_picture("may not approve her own draft")
    ana.open(draft)
    ana.sees("Waits for a QA approver")


def approve_the_specification(bea: Person) -> None:
    bea.open("/")
    bea.keeps_a_picture("sees what waits for her")
    open_the_item(bea)
    bea.follow("Look at the draft")
    bea.follow("Approve and sign")
    bea.fill("Reason", "Limits as in the development report.")
    bea.fill("Password", PASSWORD)
    bea.keeps_a_picture("signs the specification")
    bea.press("Sign and approve version 1")
    bea.sees("Signed: version 1 is in force from today.", "Fits the record")
    bea.keeps_a_picture("approved the specification")


def open_the_item(who: Person) -> None:
    who.go_to("Materials")
    who.follow("Human platelet lysate")
    who.follow("Lysate PL-100, 500 mL")


def enter_twelve_lots_of_earlier_years(installation: Installation, item_id: int) -> None:
    """Through the service that the page of a new lot calls; nobody watches thirteen rows typed
    twelve times.
    """
    now = clock.now()
    for lot in lysate_lots(now.date())[:BASELINE_LOTS]:
        draft = LotDraft(
            item_id=item_id,
            manufacturer_lot=lot.lot_number,
            manufactured_on=lot.manufactured_on,
            received_on=lot.received_on,
            expires_on=lot.expires_on,
        )
        results = [ResultDraft(one.attribute, one.raw, one.unit) for one in lot.results]
        ben = actor_of(Role.QA_REVIEWER)
        add_lot_with_results(installation.sessions, draft, results, actor=ben, now=now)


def freeze_the_baseline(ben: Person) -> None:
    ben.go_to("Lot statistics")
    ben.follow("Lysate PL-100, 500 mL")
    ben.keeps_a_picture("sees the attributes")
    ben.follow("PDGF-AB")
    ben.sees("No baseline is frozen")
    ben.keeps_a_picture("sees provisional limits")
    for box in ben.page.get_by_label(re.compile(r"^PL-41\d\d ")).all():
        box.check()
    ben.fill("Why these lots", "The first twelve lots, used without a finding.")
    ben.press("Freeze baseline")
    ben.sees("Baseline 1 is frozen", "baseline 1, 12 lots")
    ben.keeps_a_picture("froze the baseline")
