"""What is concluded of an item: origin, the new lot on the chart, residuals."""

from playwright.sync_api import expect

from tests.journeys.person import Person, days_from_now

INDIRECT = "Was anything else of animal or human origin used in the making?"


def record_the_origin(ben: Person) -> None:
    ben.go_to("Animal origin")
    ben.follow("Lysate PL-100, 500 mL")
    ben.sees("No origin facts are recorded")
    ben.keeps_a_picture("sees an item without origin facts")
    ben.follow("Add component")
    describe_the_platelets(ben)
    ben.keeps_a_picture("describes the platelets")
    ben.press("Save component")
    the_flag_is(ben, "Unknown")
    ben.keeps_a_picture("sees that an unanswered question is unknown")
    ben.follow("Change Platelets")
    ben.fill(INDIRECT, "Something: it is recorded beneath this component")
    ben.fill("Reason for the change", "The supplier names heparin as anticoagulant.")
    ben.press("Save component")
    the_flag_is(ben, "Unknown")
    ben.follow("Add beneath Platelets")
    describe_the_heparin(ben)
    ben.press("Save component")
    # Neither human material nor a pig has a TSE level; what is missing of the donors blocks.
    the_flag_is(ben, "Not applicable")
    the_flag_is(ben, "Blocks")
    ben.sees("Rules that fired: EU", "Pig is not a species relevant for TSE", "6 gaps: EU")
    ben.keeps_a_picture("sees the flag with its rules")


def describe_the_platelets(ben: Person) -> None:
    ben.fill("Name", "Platelets")
    ben.fill("Source", "Human")
    ben.fill("Exposure", "Primary: the material itself or a part of it")
    ben.fill("Tissue or fluid", "Blood")
    ben.fill("Slaughtered or collected on", days_from_now(-400))
    say_how_it_is_used(ben, residue="Not quantified")
    ben.unfold("Donor facts")
    ben.tick("Eligibility of the donors")
    ben.tick("Traceability from donor to lot")
    ben.fill("Donors in the pool", "144")
    ben.fill("Countries of the donors", "DE, DK")
    ben.fill("Pathogen reduction", "None")
    for tested in ("serology", "nucleic-acid testing"):
        group = ben.page.get_by_role("group", name=f"Every donation tested by {tested} for")
        for box in group.get_by_role("checkbox").all():
            box.check()


def describe_the_heparin(ben: Person) -> None:
    ben.fill("Name", "Heparin")
    ben.fill("Source", "Animal")
    ben.fill("Exposure", "Primary: the material itself or a part of it")
    ben.fill(INDIRECT, "Nothing, and evidence is on file")
    ben.fill("Species", "Pig")
    ben.fill("Tissue or fluid", "Intestine")
    ben.fill("Material class", "Heparin")
    ben.fill("Slaughtered or collected on", days_from_now(-500))
    for place in ("birth", "rearing", "slaughter or collection"):
        ben.fill(f"Country of {place}", "Spain (ES)")
    ben.fill("Dated", days_from_now(-200))
    ben.fill("Issued by", "Manufacturer")
    ben.fill("Names our item", "Yes")
    ben.fill("Names the manufacturing site", "Yes")
    ben.fill("Signed", "Yes")
    ben.fill("Guideline edition it cites", "EMA/410/01 rev. 3")
    say_how_it_is_used(ben, residue="Quantified, within its justified limit")
    ben.fill("Reason for the change", "The supplier names heparin as anticoagulant.")


def say_how_it_is_used(ben: Person, *, residue: str) -> None:
    ben.fill("Use", "Culture reagent, routine production")
    ben.fill("Route of the product", "Parenteral")
    ben.fill("Left in the product", residue)


def the_flag_is(who: Person, level: str) -> None:
    expect(who.page.locator(".page-status")).to_contain_text(level)


def see_the_new_lot_on_the_chart(ben: Person) -> None:
    ben.go_to("Lot statistics")
    ben.follow("Lysate PL-100, 500 mL")
    ben.follow("PDGF-AB")
    chart = ben.page.get_by_role("img", name="Individuals chart of PDGF-AB over 13 lots")
    assert chart.evaluate("chart => chart.decode().then(() => chart.naturalWidth)") > 500
    ben.unfold("The data as a table")
    new = ben.row("PL-4131")
    expect(new).to_contain_text("(newest or chosen)")
    expect(new).to_contain_text("32.4")
    expect(new).to_contain_text("Rule 1")
    ben.keeps_a_picture("sees the new lot on the chart")


def follow_the_albumin_through_the_wash(cyd: Person) -> None:
    cyd.go_to("Residuals")
    cyd.keeps_a_picture("finds no product yet")
    cyd.follow("Add product")
    cyd.fill("Product", "MSC suspension")
    cyd.fill("Route of administration", "intravenous")
    cyd.fill("Volume of a dose", "40")
    cyd.fill("Cells a dose", "8e7")
    cyd.fill("Lowest patient weight", "10")
    cyd.press("Add product")
    for number in (1, 2, 3):
        cyd.follow("Add step")
        cyd.fill("Step", f"Wash {number}")
        cyd.fill("Volume left before the wash", "20")
        cyd.fill("Volume added", "480")
        cyd.press("Add step")
    cyd.keeps_a_picture("entered the washes")
    cyd.follow("Add reagent")
    cyd.fill("Reagent", "Bovine serum albumin")
    cyd.fill("Kind of reagent", "Serum protein")
    cyd.fill("Start concentration", "5000")
    cyd.fill("Unit", "µg/mL")
    cyd.fill("Measured in the final product", "<0.5")
    cyd.fill("Unit of the result", "ng/mL")
    cyd.fill("Method", "ELISA")
    cyd.fill("LOQ", "0.5")
    cyd.keeps_a_picture("enters the reagent")
    cyd.press("Add reagent")
    cyd.fill("Limit", "50")
    cyd.fill("Unit", "ng/dose")
    cyd.fill("Basis", "By analogy")
    cyd.fill("Source", "A vaccine specification, by analogy; not written for cell products.")
    cyd.fill("How well it is verified", "C: a convention, not a requirement")
    cyd.fill("Reason for the change", "First limit of the product.")
    cyd.keeps_a_picture("sets the limit")
    cyd.press("Set limit")
    # 40 mL of less than 0.5 ng/mL is less than 20 ng; 50 ng / 20 ng = 2.5.
    albumin = cyd.row("Bovine serum albumin").first
    expect(albumin).to_contain_text("< 20 ng")
    expect(albumin).to_contain_text("≥ 2.5")
    expect(albumin).to_contain_text("Pass")
    cyd.keeps_a_picture("sees the margin")
