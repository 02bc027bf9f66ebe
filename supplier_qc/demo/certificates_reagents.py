"""The certificates of the reagents: one maker, one layout each.

The trypsin certificate prints "Conforms" beside a loss on drying above its own limit.
"""

from datetime import date, timedelta

from supplier_qc.demo.certificates_contents import CertificateContent, Layout, PrintedTest
from supplier_qc.domain.months import months_after


def _days_before(today: date, days: int) -> date:
    return today - timedelta(days=days)


def dmso_certificate(today: date) -> CertificateContent:
    made = _days_before(today, 70)
    return CertificateContent(
        file_name="clairvaucq-D0427.pdf",
        item="dmso",
        layout=Layout.TWO_COLUMNS,
        issuer="Clairvaucq Cryo SAS",
        address="3 chemin des Glacières, 00740 Clairvaucq, France",
        product_name="DMSO, cryopreservation grade",
        catalogue_number="CC-0070",
        lot_number="D0427",
        manufactured_on=made,
        expires_on=months_after(made, 36),
        released_on=_days_before(today, 48),
        country_of_origin="France",
        storage="15 to 25 °C, protected from light",
        signatory="Solène Bastonnier, Responsable qualité",
        tests=(
            PrintedTest("Appearance", "Clear, colourless", "Clear, colourless",
                        attribute="Appearance"),
            PrintedTest("Identity (IR)", "Conforms", "Conforms", attribute="Identity"),
            PrintedTest("Assay (GC)", "NLT 99.7", "99.93", "%", attribute="Assay"),
            PrintedTest("Water (Karl Fischer)", "NMT 0.2", "0.04", "%", attribute="Water"),
            PrintedTest("Absorbance, 275 nm", "NMT 0.30", "0.17", "AU",
                        attribute="Absorbance at 275 nm"),
            PrintedTest("Refractive index", "1.478 - 1.479", "1.4785"),
            PrintedTest("Endotoxin", "NMT 0.5", "< 0.05", "EU/mL", attribute="Endotoxin"),
            PrintedTest("Sterility", "No growth", "No growth", attribute="Sterility"),
        ),
    )  # fmt: skip  # one row a test


def fgf2_certificate(today: date) -> CertificateContent:
    made = _days_before(today, 63)
    return CertificateContent(
        file_name="quillwater-QF26-003.pdf",
        item="fgf2",
        layout=Layout.KEY_VALUE_HEADER,
        issuer="Quillwater Proteins, Inc.",
        address="210 Heron Mill Road, Quillwater, VT 00512, USA",
        product_name="Recombinant human FGF-2, lyophilised",
        catalogue_number="QW-0233-050",
        lot_number="QF26-003",
        manufactured_on=made,
        expires_on=months_after(made, 36),
        released_on=_days_before(today, 30),
        country_of_origin="USA",
        storage="-20 °C or below",
        signatory="Marisol Eddington-Vale, Director of Quality",
        tests=(
            PrintedTest("Appearance", "White lyophilized cake", "White lyophilized cake", "",
                        "Visual", "Pass", "Appearance"),
            PrintedTest("Identity", "17.1 ± 0.1 kDa", "17.1", "kDa", "Mass spectrometry", "Pass",
                        "Identity"),
            PrintedTest("Purity", "≥ 95", "> 98", "%", "SDS-PAGE, densitometry", "Pass", "Purity"),
            PrintedTest("ED50", "≤ 1.0", "0.36", "ng/mL", "3T3 proliferation", "Pass", "ED50"),
            PrintedTest("Endotoxin", "≤ 0.1", "< 0.01", "EU/µg", "USP <85>", "Pass", "Endotoxin"),
            PrintedTest("Host cell protein", "≤ 50", "6", "ppm", "ELISA", "Pass"),
            PrintedTest("Host cell DNA", "≤ 10", "< 1", "pg/µg", "qPCR", "Pass", "Host cell DNA"),
            PrintedTest("Sterility", "No growth", "No growth", "", "USP <71>", "Pass",
                        "Sterility"),
        ),
    )  # fmt: skip  # one row a test


def medium_certificate(today: date) -> CertificateContent:
    made = _days_before(today, 44)
    return CertificateContent(
        file_name="quellmoor-0026008.pdf",
        item="medium",
        layout=Layout.GERMAN_DECIMAL_COMMA,
        issuer="Quellmoor Zellmedien GmbH",
        address="Torfstichweg 8, 00813 Quellmoor, Deutschland",
        product_name="Alpha-MEM mit Nukleosiden",
        catalogue_number="07-2210",
        lot_number="0026008",
        manufactured_on=made,
        expires_on=months_after(made, 18),
        released_on=_days_before(today, 21),
        country_of_origin="Deutschland",
        storage="2 bis 8 °C, lichtgeschützt",
        signatory="Dr. Henrike Moorkamp, Leiterin Qualitätskontrolle",
        tests=(
            PrintedTest("Aussehen", "klar, rot", "klar, rot", "", "visuell", "entspricht",
                        "Appearance"),
            PrintedTest("pH-Wert", "7,0 – 7,4", "7,2", "", "Ph. Eur. 2.2.3", "entspricht", "pH"),
            PrintedTest("Osmolalität", "270 – 310", "289", "mOsm/kg", "Ph. Eur. 2.2.35",
                        "entspricht", "Osmolality"),
            PrintedTest("Endotoxine", "< 0,25", "< 0,05", "EU/ml", "Ph. Eur. 2.6.14",
                        "entspricht", "Endotoxin"),
            PrintedTest("Glucose", "0,90 – 1,10", "1,02", "g/l", "HPLC", "entspricht", "Glucose"),
            PrintedTest("Natriumhydrogencarbonat", "2,10 – 2,30", "2,21", "g/l", "Titration",
                        "entspricht"),
            PrintedTest("Sterilität", "steril", "steril", "", "Ph. Eur. 2.6.1", "entspricht",
                        "Sterility"),
            PrintedTest("Wachstumsförderung", "≥ 90", "102", "%", "QM-PV-17", "entspricht",
                        "Growth promotion, vs reference lot"),
        ),
    )  # fmt: skip  # one row a test


def trypsin_certificate(today: date) -> CertificateContent:
    made = _days_before(today, 88)
    return CertificateContent(
        file_name="zelenvrat-0007802.pdf",
        item="trypsin",
        layout=Layout.MIN_MAX_COLUMNS,
        issuer="Zelenvrat Enzymy s.r.o.",
        address="Lipová alej 27, 000 41 Zelenvrat, Czech Republic",
        product_name="Trypsin, porcine pancreas, irradiated",
        catalogue_number="00127",
        lot_number="0007802",
        manufactured_on=made,
        expires_on=months_after(made, 36),
        released_on=_days_before(today, 59),
        country_of_origin="Denmark",
        storage="-20 °C or below",
        signatory="Radka Hvozdníčková, QA",
        tests=(
            PrintedTest("Activity", "", "2980", "USP U/mg", verdict="Conforms",
                        attribute="Activity", minimum="2500"),
            PrintedTest("Chymotrypsin", "", "18", "USP U/mg", verdict="Conforms",
                        attribute="Chymotrypsin", maximum="50"),
            PrintedTest("Loss on drying", "", "6.2", "%", verdict="Conforms",
                        attribute="Loss on drying", maximum="5.0"),
            PrintedTest("Bioburden", "", "< 10", "CFU/g", verdict="Conforms",
                        attribute="Bioburden", maximum="10"),
            PrintedTest("Appearance", "White to off-white powder", "White to off-white powder",
                        verdict="Conforms", attribute="Appearance"),
            PrintedTest("Porcine parvovirus", "Not detected", "Not detected", verdict="Conforms",
                        attribute="Porcine parvovirus"),
            PrintedTest("Porcine circovirus 1 and 2", "Not detected", "Not detected",
                        verdict="Conforms", attribute="Porcine circovirus 1 and 2"),
            PrintedTest("Identity, peptide map", "Conforms to reference", "Conforms",
                        verdict="Conforms", attribute="Identity"),
        ),
    )  # fmt: skip  # one row a test


def heparin_certificate(today: date) -> CertificateContent:
    made = _days_before(today, 132)
    return CertificateContent(
        file_name="tordezuela-H-26041.pdf",
        item="heparin",
        layout=Layout.DOTTED_LEADERS,
        issuer="Laboratorios Tordezuela S.A.",
        address="Camino del Encinar 5, 00317 Tordezuela, Spain",
        product_name="Heparina sódica 5000 UI/ml",
        catalogue_number="054-5000",
        lot_number="H-26041",
        manufactured_on=made,
        expires_on=months_after(made, 36),
        released_on=_days_before(today, 101),
        country_of_origin="Spain",
        storage="Below 25 °C. Do not freeze.",
        signatory="Inés Carrascalejo, Qualified Person",
        tests=(
            PrintedTest("Appearance", "Clear, colourless to pale yellow",
                        "Clear, colourless to pale yellow", attribute="Appearance"),
            PrintedTest("Activity, anti-factor IIa", "4500 to 5500 IU/mL", "5040", "IU/mL",
                        attribute="Activity"),
            PrintedTest("pH", "5.5 to 8.0", "6.6", attribute="pH"),
            PrintedTest("Oversulfated chondroitin sulfate", "max. 0.5 %", "< 0.1", "%",
                        attribute="Oversulfated chondroitin sulfate"),
            PrintedTest("Bacterial endotoxins", "less than 0.01 EU/IU", "< 0.003", "EU/IU",
                        attribute="Endotoxin"),
            PrintedTest("Ruminant DNA (PCR)", "Not detected", "Not detected",
                        attribute="Ruminant DNA"),
            PrintedTest("Particles above 10 µm", "max. 6000 per container", "212"),
        ),
    )  # fmt: skip  # one row a test


def transferrin_certificate(today: date) -> CertificateContent:
    made = _days_before(today, 210)
    return CertificateContent(
        file_name="brackenfold-12-scan.pdf",
        item="transferrin",
        layout=Layout.SCAN,
        issuer="Brackenfold Biochemicals Ltd",
        address="Unit 7, Turf Quay, Brackenfold B00 F0LD, Ireland",
        product_name="Holo-transferrin",
        catalogue_number="B0089",
        lot_number="12",
        manufactured_on=made,
        expires_on=months_after(made, 36),
        released_on=_days_before(today, 160),
        country_of_origin=None,
        storage="2 to 8 °C",
        signatory="F. Mulgarry",
        tests=(
            PrintedTest("Appearance", "Red-brown powder", "Red-brown powder",
                        attribute="Appearance"),
            PrintedTest("Purity (SDS-PAGE)", "> 95 %", "96", "%", attribute="Purity"),
            PrintedTest("Iron", "1000 - 1600 µg/g", "1310", "µg/g", attribute="Iron"),
            PrintedTest("Endotoxin", "for information", "3.8", "EU/mg", attribute="Endotoxin"),
            PrintedTest("Loss on drying", "for information", "4.6", "%",
                        attribute="Loss on drying"),
        ),
        remark="For research use. Not tested for use in humans.",
    )  # fmt: skip  # one row a test
