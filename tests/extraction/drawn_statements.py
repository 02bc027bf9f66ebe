"""Statements of origin drawn for these tests; makers, products and wording are invented."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader

from supplier_qc.domain.origin.statement_papers import StatementFact as F
from tests.extraction.drawn import Page

Facts = dict[F, set[str]]


@dataclass(frozen=True)
class DrawnStatement:
    """`facts` are the values that a person reads off the paper."""

    pdf: bytes
    facts: Facts


STATEMENTS: dict[str, Callable[[], DrawnStatement]] = {}


def statement(function: Callable[[], DrawnStatement]) -> Callable[[], DrawnStatement]:
    STATEMENTS[function.__name__] = function
    return function


def prose(page: Page, top: float, lines: Sequence[str], x: float = 60, size: float = 10) -> float:
    for number, line in enumerate(lines):
        page.text(x, top + 13 * number, line, size)
    return top + 13 * len(lines)


def scribble(page: Page, x: float, y: float) -> None:
    """A picture where a person would have signed; `y` is its lower edge from the top."""
    picture = Image.new("L", (220, 60), 255)
    drawing = ImageDraw.Draw(picture)
    drawing.line([(5, 50), (40, 8), (70, 52), (110, 12), (150, 48), (215, 20)], fill=30, width=4)
    file = io.BytesIO()
    picture.save(file, "PNG")
    file.seek(0)
    page.canvas.drawImage(ImageReader(file), x, page.canvas._pagesize[1] - y, 110, 30)


@statement
def letter_on_foetal_serum() -> DrawnStatement:
    page = Page()
    page.text(60, 50, "Tarnbrook Sera Ltd", 15, bold=True)
    page.text(60, 64, "9 Weir Road, Hamilton, New Zealand   www.tarnbrooksera.com", 8)
    page.text(60, 110, "TSE Statement", 14, bold=True)
    page.text(60, 135, "Hamilton, 14 March 2026")
    end = prose(page, 165, (
        "To whom it may concern,",
        "we manufacture foetal bovine serum, catalogue numbers TS-FBS-100, TS-FBS-500 and",
        "TS-FBS-1000. The blood is taken from bovine foetuses of animals born, raised and",
        "slaughtered in New Zealand. The product complies with the note for guidance",
        "EMA/410/01 rev. 3 and with Ph. Eur. general chapter 5.2.8.",
        "This statement is valid until 13 March 2028.",
    ))  # fmt: skip
    scribble(page, 60, end + 60)
    page.text(60, end + 75, "Dr. Moana Rewi")
    page.text(60, end + 87, "Head of Quality Assurance")
    return DrawnStatement(page.done(), {
        F.ISSUER: {"Tarnbrook Sera Ltd"},
        F.ISSUER_ROLE: {"manufacturer"},
        F.ISSUED_ON: {"2026-03-14"},
        F.VALID_UNTIL: {"2028-03-13"},
        F.CATALOGUE_NUMBER: {"TS-FBS-100", "TS-FBS-500", "TS-FBS-1000"},
        F.SOURCE: {"cattle"},
        F.TISSUE: {"blood"},
        F.MATERIAL: {"serum_foetal"},
        F.COUNTRY_OF_BIRTH: {"NZ"},
        F.COUNTRY_OF_REARING: {"NZ"},
        F.COUNTRY_OF_SLAUGHTER: {"NZ"},
        F.GUIDELINE: {"EMA/410/01 rev. 3", "Ph. Eur. 5.2.8"},
        F.SIGNATORY: {"Dr. Moana Rewi"},
        F.SIGNATORY_FUNCTION: {"Head of Quality Assurance"},
        F.SIGNATURE: {"signed"},
    })  # fmt: skip


@statement
def german_letter() -> DrawnStatement:
    page = Page()
    page.text(60, 50, "Lindauer Gelatinewerk GmbH", 14, bold=True)
    page.text(60, 64, "Hafenweg 3, 88131 Lindau   www.lindauer-gelatinewerk.de", 8)
    page.text(60, 105, "BSE-/TSE-Erklärung", 14, bold=True)
    page.text(60, 128, "Artikelnummer: LG-220")
    page.text(60, 141, "Produktname: Gelatine, pharmazeutisch")
    page.text(60, 154, "Ausstellungsdatum: 03.02.2026")
    end = prose(page, 180, (
        "Als Hersteller bestätigen wir, dass die Gelatine aus Schweinehaut gewonnen wird.",
        "Die Schweine wurden in Deutschland und Dänemark geboren und geschlachtet.",
        "Das Produkt enthält kein Material vom Rind.",
        "Es entspricht EMEA/410/01 Rev. 2 und dem Europäischen Arzneibuch, Kapitel 5.2.8.",
        "Dieses Schreiben wurde maschinell erstellt und ist ohne Unterschrift gültig.",
    ))  # fmt: skip
    page.text(60, end + 40, "Petra Wolff")
    page.text(60, end + 52, "Leiterin Qualitätssicherung")
    return DrawnStatement(page.done(), {
        F.ISSUER: {"Lindauer Gelatinewerk GmbH"},
        F.ISSUER_ROLE: {"manufacturer"},
        F.ISSUED_ON: {"2026-02-03"},
        F.CATALOGUE_NUMBER: {"LG-220"},
        F.PRODUCT_NAME: {"Gelatine, pharmazeutisch"},
        F.SOURCE: {"pig"},
        F.DENIED_SOURCE: {"cattle"},
        F.TISSUE: {"skin"},
        F.MATERIAL: {"gelatin"},
        F.COUNTRY_OF_BIRTH: {"DE", "DK"},
        F.COUNTRY_OF_SLAUGHTER: {"DE", "DK"},
        F.GUIDELINE: {"EMA/410/01 rev. 2", "Ph. Eur. 5.2.8"},
        F.SIGNATORY: {"Petra Wolff"},
        F.SIGNATORY_FUNCTION: {"Leiterin Qualitätssicherung"},
        F.SIGNATURE: {"declared_valid"},
    })  # fmt: skip


@statement
def labelled_certificate_of_origin() -> DrawnStatement:
    page = Page()
    page.text(60, 50, "Corvane Biologics Inc.", 14, bold=True)
    page.text(60, 64, "400 Mill Street, Dayton, OH, USA   www.corvanebiologics.com", 8)
    page.text(200, 100, "CERTIFICATE OF ORIGIN", 14, bold=True)
    facts = (
        ("Product Name:", "Trypsin from pancreas, cell culture grade"),
        ("Catalog Number:", "CV-7710"),
        ("Lot Number:", "7710-26A"),
        ("Animal Species:", "Porcine"),
        ("Source Tissue:", "Pancreas"),
        ("Country of Origin:", "United States of America"),
        ("Country of Slaughter:", "USA, Canada"),
        ("Manufacturing Site:", "Dayton, Ohio"),
        ("Date of Issue:", "2026-01-19"),
        ("Approved by:", "Lena Ortiz"),
    )
    for number, pair in enumerate(facts):
        page.row(135 + 15 * number, (60, 210), pair)
    end = prose(page, 310, (
        "The material was tested according to 9 CFR 113.53. It is digitally signed.",
    ))  # fmt: skip
    page.text(60, end + 20, "The animals were fit for consumption.", 8)
    return DrawnStatement(page.done(), {
        F.ISSUER: {"Corvane Biologics Inc."},
        F.ISSUED_ON: {"2026-01-19"},
        F.CATALOGUE_NUMBER: {"CV-7710"},
        F.LOT_NUMBER: {"7710-26A"},
        F.PRODUCT_NAME: {"Trypsin from pancreas, cell culture grade"},
        F.SITE: {"Dayton, Ohio"},
        F.SOURCE: {"pig"},
        F.TISSUE: {"pancreas"},
        F.MATERIAL: {"trypsin"},
        F.COUNTRY_OF_ORIGIN: {"US"},
        F.COUNTRY_OF_SLAUGHTER: {"US", "CA"},
        F.GUIDELINE: {"9 CFR 113.53"},
        F.SIGNATORY: {"Lena Ortiz"},
        F.SIGNATURE: {"signed"},
    })  # fmt: skip


@statement
def table_of_products() -> DrawnStatement:
    page = Page()
    page.text(60, 50, "Halvorsen Proteins AS", 14, bold=True)
    page.text(60, 64, "Fjordgata 8, Bergen, Norway   www.halvorsenproteins.no", 8)
    page.text(60, 100, "Declaration on animal origin", 14, bold=True)
    page.text(60, 122, "Date: 5 May 2026")
    end = prose(page, 145, (
        "As the manufacturer we declare for the products below that no material of bovine",
        "origin is used. We refer to EMA/410/01.",
    ))  # fmt: skip
    xs = (60, 150, 320, 400, 480, 535)
    page.grid(end + 10, xs, 18, (
        ("Catalogue No.", "Product", "Species", "Tissue", "Country"),
        ("HP-101", "Heparin sodium", "Porcine", "Intestine", "China"),
        ("HP-102", "Heparin, low", "Porcine", "Intestine", "Spain"),
        ("HP-205", "Collagen peptide", "Fish", "Skin", "Norway"),
    ))  # fmt: skip
    scribble(page, 60, end + 150)
    page.text(60, end + 165, "Ola Nes")
    page.text(60, end + 177, "Regulatory Affairs Manager")
    return DrawnStatement(page.done(), {
        F.ISSUER: {"Halvorsen Proteins AS"},
        F.ISSUER_ROLE: {"manufacturer"},
        F.ISSUED_ON: {"2026-05-05"},
        F.CATALOGUE_NUMBER: {"HP-101", "HP-102", "HP-205"},
        F.PRODUCT_NAME: {"Heparin sodium", "Heparin, low", "Collagen peptide"},
        F.SOURCE: {"pig", "fish"},
        F.DENIED_SOURCE: {"cattle"},
        F.TISSUE: {"intestine", "skin"},
        F.MATERIAL: {"heparin", "collagen"},
        F.COUNTRY_OF_ORIGIN: {"CN", "ES", "NO"},
        F.GUIDELINE: {"EMA/410/01"},
        F.SIGNATORY: {"Ola Nes"},
        F.SIGNATORY_FUNCTION: {"Regulatory Affairs Manager"},
        F.SIGNATURE: {"signed"},
    })  # fmt: skip


@statement
def two_columns() -> DrawnStatement:
    page = Page()
    page.text(60, 50, "Ardmore Collagen Ltd", 14, bold=True)
    page.text(60, 64, "Quay Street, Cork, Ireland   www.ardmorecollagen.ie", 8)
    page.text(60, 100, "Statement of Origin", 14, bold=True)
    prose(page, 130, (
        "We, the makers of bovine collagen,",
        "item numbers AC-10 and AC-20, state",
        "that it is made from cattle hides.",
        "The animals were born and reared in",
        "Ireland and slaughtered in the United",
        "Kingdom. The collagen is produced at",
        "our plant in Cork and at no other place.",
    ), 60, 9)  # fmt: skip
    prose(page, 130, (
        "A certificate of suitability is held,",
        "R1-CEP 2011-088-Rev 03, valid from",
        "1 June 2021 until 31 May 2026. The",
        "rules of EMA/410/01 revision 3 and of",
        "Regulation (EC) No 999/2001 are met.",
        "This letter was issued on the date",
        "that stands below the signature.",
    ), 310, 9)  # fmt: skip
    page.text(60, 300, "Brid Keane")
    page.text(60, 312, "Quality Director")
    page.text(60, 330, "22 June 2025")
    return DrawnStatement(page.done(), {
        F.ISSUER: {"Ardmore Collagen Ltd"},
        F.ISSUER_ROLE: {"manufacturer"},
        F.ISSUED_ON: {"2025-06-22"},
        F.CATALOGUE_NUMBER: {"AC-10", "AC-20"},
        F.SOURCE: {"cattle"},
        F.TISSUE: {"hide"},
        F.MATERIAL: {"collagen"},
        F.COUNTRY_OF_BIRTH: {"IE"},
        F.COUNTRY_OF_REARING: {"IE"},
        F.COUNTRY_OF_SLAUGHTER: {"GB"},
        F.CEP: {"R1-CEP 2011-088-Rev 03"},
        F.CEP_VALID_FROM: {"2021-06-01"},
        F.CEP_VALID_UNTIL: {"2026-05-31"},
        F.GUIDELINE: {"EMA/410/01 rev. 3", "Regulation (EC) 999/2001"},
        F.SIGNATORY: {"Brid Keane"},
        F.SIGNATORY_FUNCTION: {"Quality Director"},
        F.SIGNATURE: {"unsigned"},
    })  # fmt: skip


@statement
def broker_letterhead() -> DrawnStatement:
    page = Page()
    page.text(60, 50, "Medirova Trading B.V.", 14, bold=True)
    page.text(60, 64, "Kade 12, Rotterdam, The Netherlands   www.medirovatrading.nl", 8)
    page.text(60, 100, "BSE/TSE Declaration", 14, bold=True)
    page.text(60, 120, "Rotterdam, 2 April 2026")
    end = prose(page, 145, (
        "Dear customer, as the distributor we pass on what our supplier has told us.",
        "The bovine serum albumin is prepared from plasma of cattle collected in Australia.",
        "The information applies to all products with the prefix MR.",
    ))  # fmt: skip
    scribble(page, 60, end + 55)
    page.text(60, end + 70, "Joost de Wit")
    page.text(60, end + 82, "Sales Manager")
    return DrawnStatement(page.done(), {
        F.ISSUER: {"Medirova Trading B.V."},
        F.ISSUER_ROLE: {"broker"},
        F.ISSUED_ON: {"2026-04-02"},
        F.ALL_PRODUCTS: {"yes"},
        F.SOURCE: {"cattle"},
        F.TISSUE: {"blood"},
        F.MATERIAL: {"albumin"},
        F.COUNTRY_OF_SLAUGHTER: {"AU"},
        F.SIGNATORY: {"Joost de Wit"},
        F.SIGNATORY_FUNCTION: {"Sales Manager"},
        F.SIGNATURE: {"signed"},
    })  # fmt: skip


@statement
def animal_free_statement() -> DrawnStatement:
    page = Page()
    page.text(60, 50, "Pelican Media SAS", 14, bold=True)
    page.text(60, 64, "4 rue des Quais, Nantes, France   www.pelicanmedia.fr", 8)
    page.text(60, 100, "Animal origin statement", 14, bold=True)
    page.text(60, 122, "Product: Pelican basal medium")
    page.text(60, 135, "Product code: PM-01")
    page.text(60, 148, "Issued on: 11.11.2025")
    page.text(60, 161, "Valid until: 10.11.2027")
    prose(page, 185, (
        "The medium is animal-component free. No material of human origin is used.",
        "It is made at our production site in Nantes. Computer generated document.",
    ))  # fmt: skip
    return DrawnStatement(page.done(), {
        F.ISSUER: {"Pelican Media SAS"},
        F.ISSUER_ROLE: {"manufacturer"},
        F.ISSUED_ON: {"2025-11-11"},
        F.VALID_UNTIL: {"2027-11-10"},
        F.CATALOGUE_NUMBER: {"PM-01"},
        F.PRODUCT_NAME: {"Pelican basal medium"},
        F.DENIED_SOURCE: {"animal"},
        F.SIGNATURE: {"declared_valid"},
    })  # fmt: skip


@statement
def platelet_lysate_with_heparin() -> DrawnStatement:
    page = Page()
    page.text(60, 50, "Blutspendewerk Salzach", 14, bold=True)
    page.text(60, 64, "Salzburg, Österreich   www.blutspendewerk.at", 8)
    page.text(60, 100, "Origin statement", 14, bold=True)
    page.text(60, 120, "Lot numbers: HPL-2601, HPL-2602")
    page.text(60, 133, "Catalogue number: BW-HPL")
    page.text(60, 146, "Date: 20/02/2026")
    end = prose(page, 170, (
        "The human platelet lysate is made from donations collected in Austria.",
        "It contains heparin of porcine origin. The heparin originates from Spain.",
    ))  # fmt: skip
    scribble(page, 60, end + 55)
    page.text(60, end + 70, "Dr. Julia Huber")
    page.text(60, end + 82, "Qualified Person")
    return DrawnStatement(page.done(), {
        F.ISSUER: {"Blutspendewerk Salzach"},
        F.ISSUED_ON: {"2026-02-20"},
        F.CATALOGUE_NUMBER: {"BW-HPL"},
        F.LOT_NUMBER: {"HPL-2601", "HPL-2602"},
        F.SOURCE: {"human", "pig"},
        F.MATERIAL: {"heparin"},
        F.COUNTRY_OF_SLAUGHTER: {"AT"},
        F.COUNTRY_OF_ORIGIN: {"ES"},
        F.SIGNATORY: {"Dr. Julia Huber"},
        F.SIGNATORY_FUNCTION: {"Qualified Person"},
        F.SIGNATURE: {"signed"},
    })  # fmt: skip


@statement
def bare_letter_without_date() -> DrawnStatement:
    page = Page()
    page.text(60, 60, "Oakhurst Peptones", 13, bold=True)
    page.text(60, 100, "Statement", 13, bold=True)
    prose(page, 130, (
        "Our casein peptone OP-3 is made from bovine milk sourced in the Netherlands.",
        "It follows 2007/453/EC as to the countries.",
    ))  # fmt: skip
    return DrawnStatement(page.done(), {
        F.ISSUER: {"Oakhurst Peptones"},
        F.SOURCE: {"cattle"},
        F.TISSUE: {"milk"},
        F.MATERIAL: {"peptone"},
        F.COUNTRY_OF_ORIGIN: {"NL"},
        F.GUIDELINE: {"Decision 2007/453/EC"},
    })  # fmt: skip


@statement
def invoice_that_is_no_statement() -> DrawnStatement:
    page = Page()
    page.text(60, 50, "INVOICE", 16, bold=True)
    page.text(60, 80, "Invoice No. 26-1107")
    page.grid(100, (60, 200, 400, 500), 18, (
        ("Position", "Goods", "Amount"),
        ("1", "Laboratory flasks, 250 mL", "410.00 EUR"),
        ("2", "Freight", "25.00 EUR"),
    ))  # fmt: skip
    page.text(60, 200, "Total amount due within 30 days: 435.00 EUR")
    return DrawnStatement(page.done(), {})


@statement
def numbered_letter_of_a_group() -> DrawnStatement:
    page = Page()
    page.text(330, 70, "TO WHOM IT MAY CONCERN", 15)
    page.row(130, (60, 130, 170, 230, 270, 305, 400, 470), (
        "Statement:", "17", "Edition:", "4", "Date:", "March 3, 2026", "Expiry date:",
        "March 2, 2028",
    ), size=9)  # fmt: skip
    page.text(180, 165, "Re: Origin of bovine hide gelatin VELLO", 11, bold=True)
    prose(page, 195, (
        "We, Vello Gelatins, hereby certify:",
        "- The raw materials of bovine origin used for the production come 100 % from Brazil",
        "and Uruguay. Raw material: bovine hide.",
        "- The site in Bagé has been authorised under registration number 4471.",
        "- No brain, spinal cord or other specified risk material enters the plant.",
    ), 70, 11)  # fmt: skip
    scribble(page, 380, 420)
    page.text(380, 440, "Ana Paula Reis", 10)
    page.text(380, 452, "Quality and Laboratory Manager", 10)
    page.text(70, 760, "Vello Gelatins | Av. Central 20, Bagé, Brazil | www.vellogelatins.com", 8)
    return DrawnStatement(page.done(), {
        F.ISSUER: {"Vello Gelatins"},
        F.ISSUED_ON: {"2026-03-03"},
        F.VALID_UNTIL: {"2028-03-02"},
        F.SOURCE: {"cattle"},
        F.TISSUE: {"hide"},
        F.MATERIAL: {"gelatin"},
        F.COUNTRY_OF_ORIGIN: {"BR", "UY"},
        F.SIGNATORY: {"Ana Paula Reis"},
        F.SIGNATORY_FUNCTION: {"Quality and Laboratory Manager"},
        F.SIGNATURE: {"signed"},
    })  # fmt: skip


@statement
def form_of_questions_and_answers() -> DrawnStatement:
    page = Page()
    page.text(60, 50, "Nordhaven Enzymes ApS", 14, bold=True)
    page.text(60, 64, "Kystvej 1, Aarhus, Denmark   www.nordhavenenzymes.dk", 8)
    page.text(60, 95, "Declaration of animal origin", 13, bold=True)
    page.grid(115, (60, 300, 530), 18, (
        ("Product code", "NE-440, NE-441"),
        ("Manufacturing site", "Aarhus, Denmark"),
        ("Does the product contain animal material?", "Yes, bovine"),
        ("Tissue", "Milk"),
        ("Country of birth", "Denmark, Sweden"),
        ("Country of rearing", "Denmark"),
        ("Country of collection", "Denmark"),
        ("Guideline", "EMA/410/01 Rev 03"),
        ("CEP", "CEP 2015-321-Rev 01, valid until 30 June 2027"),
        ("Date of issue", "17-APR-2026"),
        ("Signed by", "Mette Lund"),
    ))  # fmt: skip
    return DrawnStatement(page.done(), {
        F.ISSUER: {"Nordhaven Enzymes ApS"},
        F.CATALOGUE_NUMBER: {"NE-440", "NE-441"},
        F.SITE: {"Aarhus, Denmark"},
        F.SOURCE: {"cattle"},
        F.TISSUE: {"milk"},
        F.COUNTRY_OF_BIRTH: {"DK", "SE"},
        F.COUNTRY_OF_REARING: {"DK"},
        F.COUNTRY_OF_SLAUGHTER: {"DK"},
        F.GUIDELINE: {"EMA/410/01 rev. 3"},
        F.CEP: {"CEP 2015-321-Rev 01"},
        F.CEP_VALID_UNTIL: {"2027-06-30"},
        F.ISSUED_ON: {"2026-04-17"},
        F.SIGNATORY: {"Mette Lund"},
    })  # fmt: skip


@statement
def french_attestation() -> DrawnStatement:
    page = Page()
    page.text(60, 50, "Laboratoires Montclair SA", 14, bold=True)
    page.text(60, 64, "12 rue Haute, Lyon, France   www.montclair-labo.fr", 8)
    page.text(60, 100, "Attestation ESB/EST", 13, bold=True)
    page.text(60, 122, "Lyon, le 8 janvier 2026")
    end = prose(page, 150, (
        "Nous confirmons que le produit LM-902 ne contient pas de matière d'origine bovine.",
        "Il contient de la gélatine de porc. Les animaux proviennent de France et d'Espagne.",
        "Réf. : EMA/410/01 Rév. 3",
    ))  # fmt: skip
    page.text(60, end + 40, "Claire Dubois")
    page.text(60, end + 52, "Responsable Affaires Réglementaires")
    return DrawnStatement(page.done(), {
        F.ISSUER: {"Laboratoires Montclair SA"},
        F.ISSUED_ON: {"2026-01-08"},
        F.CATALOGUE_NUMBER: {"LM-902"},
        F.SOURCE: {"pig"},
        F.DENIED_SOURCE: {"cattle"},
        F.MATERIAL: {"gelatin"},
        F.COUNTRY_OF_ORIGIN: {"FR", "ES"},
        F.GUIDELINE: {"EMA/410/01 rev. 3"},
        F.SIGNATORY: {"Claire Dubois"},
        F.SIGNATORY_FUNCTION: {"Responsable Affaires Réglementaires"},
        F.SIGNATURE: {"unsigned"},
    })  # fmt: skip
