"""The certificates of the two newest lysate lots and of two serum lots.

Between the two serum lots the maker widened the limit for haemoglobin without a word.
"""

from datetime import date, timedelta

from supplier_qc.demo.certificates_contents import CertificateContent, Layout, PrintedTest
from supplier_qc.domain.months import months_after

_LYSATE_TESTS = (
    # Name, method, specification, unit, our attribute.
    ("Appearance", "Visual", "Clear to slightly turbid, yellow", "", "Appearance"),
    ("pH (25 °C)", "Ph. Eur. 2.2.3", "6.8 – 7.8", "", "pH"),
    ("Osmolality", "Ph. Eur. 2.2.35", "270 – 350", "mOsm/kg", "Osmolality"),
    ("Total protein", "Biuret", "35 – 70", "g/L", "Total protein"),
    ("Bacterial endotoxins", "Ph. Eur. 2.6.14", "≤ 1.0", "EU/mL", "Endotoxin"),
    ("Sterility", "Ph. Eur. 2.6.1", "No growth", "", "Sterility"),
    ("Mycoplasma", "Ph. Eur. 2.6.7", "Not detected", "", "Mycoplasma"),
    ("Fibrinogen", "ELISA", "≤ 50", "µg/mL", "Fibrinogen"),
    ("Haemoglobin", "Photometry", "≤ 25", "mg/dL", "Haemoglobin"),
    ("PDGF-AB", "ELISA", "20 – 50", "ng/mL", "PDGF-AB"),
    ("TGF-β1", "ELISA", "≥ 35", "ng/mL", "TGF-b1"),
    ("bFGF", "ELISA", "Report", "pg/mL", "bFGF"),
    ("VEGF", "ELISA", "Report", "pg/mL", "VEGF"),
    ("Growth promotion, % of reference lot", "LH-TM-031", "≥ 80", "%",
     "Growth promotion, vs reference lot"),
)  # fmt: skip  # one row a test

_SERUM_TESTS = (
    # Name, specification, unit, our attribute.
    ("Appearance", "Clear, straw to amber", "", "Appearance"),
    ("pH", "6.7 - 8.0", "", "pH"),
    ("Osmolality", "270 - 345", "mOsm/kg", "Osmolality"),
    ("Endotoxin (LAL)", "NMT 10", "EU/mL", "Endotoxin"),
    ("Haemoglobin", "NMT 25", "mg/dL", "Haemoglobin"),
    ("IgG", "NMT 500", "µg/mL", "IgG"),
    ("Total protein", "30 - 45", "g/L", "Total protein"),
    ("Sterility", "No growth", "", "Sterility"),
    ("Mycoplasma", "Not detected", "", "Mycoplasma"),
    ("BVDV, infectious virus", "Not detected", "", "BVDV, infectious virus"),
    ("Growth promotion vs reference", "> 80", "%", "Growth promotion, vs reference lot"),
    ("Species", "Bovine", "", "Species"),
)
_WIDENED = {"Haemoglobin": "NMT 30"}


def lysate_certificates(today: date) -> tuple[CertificateContent, ...]:
    first = ("Slightly turbid, yellow", "7.33", "294", "53.7", "< 0.10", "No growth",
             "Not detected", "9", "5.8", "32.4", "66.9", "113", "694", "93")  # fmt: skip
    second = ("Slightly turbid, yellow", "7.38", "297", "54.6", "0.12", "No growth",
              "Not detected", "11", "6.3", "31.6", "64.8", "109", "712", "91")  # fmt: skip
    return (
        _lysate("PL-4131", today - timedelta(days=40), today - timedelta(days=12), 144, first),
        _lysate("PL-4132", today - timedelta(days=33), today - timedelta(days=5), 160, second),
    )


def _lysate(
    lot_number: str, made: date, released: date, donors: int, results: tuple[str, ...]
) -> CertificateContent:
    return CertificateContent(
        file_name=f"larkfen-{lot_number}.pdf",
        item="lysate",
        layout=Layout.RULED_TABLE,
        issuer="Larkfen Haematics Ltd",
        address="4 Sluice Lane, Larkfen Marsh LF0 7QX, United Kingdom",
        product_name="Lysate PL-100, fibrinogen-depleted",
        catalogue_number="00410-500",
        lot_number=lot_number,
        manufactured_on=made,
        expires_on=months_after(made, 24),
        released_on=released,
        country_of_origin="Denmark, Germany",
        storage="-20 °C or below",
        signatory="Orla Penhallick, Head of Quality",
        tests=tuple(
            PrintedTest(name, limit, result, unit, method, "Pass", attribute)
            for (name, method, limit, unit, attribute), result in zip(
                _LYSATE_TESTS, results, strict=True
            )
        ),
        remark=f"Pooled from platelet units of {donors} donors, each donation non-reactive for "
        "HIV-1/2, HBV, HCV and syphilis. Contains porcine heparin, 2 IU/mL.",
    )


def serum_certificates(today: date) -> tuple[CertificateContent, ...]:
    """Lot S2311, which is already on the shelf, and lot S2418, which is new."""
    held = ("Clear, amber", "7.4", "301", "1.1", "17", "210", "37", "No growth", "Not detected",
            "Not detected", "97", "Bovine")  # fmt: skip
    new = ("Clear, amber", "7.3", "299", "1.4", "27", "195", "36", "No growth", "Not detected",
           "Not detected", "92", "Bovine")  # fmt: skip
    return (
        _serum("S2311", today - timedelta(days=330), held, {}),
        _serum("S2418", today - timedelta(days=95), new, _WIDENED),
    )


def _serum(
    lot_number: str, made: date, results: tuple[str, ...], widened: dict[str, str]
) -> CertificateContent:
    return CertificateContent(
        file_name=f"emberwattle-{lot_number}.pdf",
        item="serum",
        layout=Layout.NO_RULES,
        issuer="Emberwattle Sera Pty Ltd",
        address="88 Dry Creek Track, Emberwattle 0099, Australia",
        product_name="Foetal bovine serum, gamma-irradiated",
        catalogue_number="EW-1105",
        lot_number=lot_number,
        manufactured_on=made,
        expires_on=months_after(made, 60),
        released_on=made + timedelta(days=38),
        country_of_origin="Australia",
        storage="-20 °C or below",
        signatory="Keira Dunmallow, Quality Manager",
        tests=tuple(
            PrintedTest(name, widened.get(name, limit), result, unit, attribute=attribute)
            for (name, limit, unit, attribute), result in zip(_SERUM_TESTS, results, strict=True)
        ),
        remark="Blood was collected by closed heart puncture from foetuses of cows that were "
        "inspected and found fit for human consumption.",
    )
