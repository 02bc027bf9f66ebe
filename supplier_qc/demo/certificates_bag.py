"""The certificate of a cryostorage bag: forty-odd tests over several pages."""

from datetime import date, timedelta

from supplier_qc.demo.certificates_contents import CertificateContent, Layout, PrintedTest
from supplier_qc.domain.months import months_after

_ASKED_FOR = {
    "Visual inspection": "Appearance",
    "Film thickness": "Film thickness",
    "Burst pressure": "Burst pressure",
    "Leak test": "Leak test",
    "Endotoxin": "Endotoxin",
    "Sterility": "Sterility",
}

# Name, method, specification, result, unit.
_ROWS = (
    ("Visual inspection", "AC-101", "No defect", "No defect", ""),
    ("Length, outer", "AC-104", "178 – 182", "180.1", "mm"),
    ("Width, outer", "AC-104", "98 – 102", "99.8", "mm"),
    ("Film thickness", "AC-105", "0.30 – 0.40", "0.34", "mm"),
    ("Fill volume, nominal", "AC-106", "48 – 52", "50.2", "mL"),
    ("Port inner diameter", "AC-104", "4.05 – 4.15", "4.09", "mm"),
    ("Tube length", "AC-104", "145 – 155", "150", "mm"),
    ("Tube wall", "AC-104", "0.75 – 0.85", "0.81", "mm"),
    ("Label window", "AC-101", "Clear", "Clear", ""),
    ("Weld width, side", "AC-107", "≥ 4.0", "5.2", "mm"),
    ("Weld width, port", "AC-107", "≥ 3.0", "4.1", "mm"),
    ("Weld strength, side", "ASTM F88", "≥ 15", "24.3", "N/15 mm"),
    ("Weld strength, port", "ASTM F88", "≥ 15", "21.7", "N/15 mm"),
    ("Film tensile strength", "ISO 527-3", "≥ 18", "26", "MPa"),
    ("Film elongation at break", "ISO 527-3", "≥ 250", "410", "%"),
    ("Burst pressure", "AC-110", "≥ 30", "54", "kPa"),
    ("Leak test", "AC-111", "No leak", "No leak", ""),
    ("Drop test, -150 °C, 0.5 m", "AC-112", "No breakage (0 of 10)", "0 of 10", ""),
    ("Freeze and thaw, 3 cycles", "AC-113", "No leak", "No leak", ""),
    ("Port detachment force", "AC-114", "≥ 20", "37", "N"),
    ("Luer fitting", "ISO 80369-7", "Conforms", "Conforms", ""),
    ("Water vapour transmission", "AC-120", "≤ 2.0", "1.1", "g/m²/d"),
    ("Oxygen transmission", "AC-121", "Report", "1150", "mL/m²/d"),
    ("Haze", "AC-122", "≤ 15", "8", "%"),
    ("Acidity or alkalinity", "Ph. Eur. 3.2.3", "≤ 0.4", "0.1", "mL"),
    ("Absorbance, 230 to 360 nm", "Ph. Eur. 2.2.25", "≤ 0.20", "0.04", "AU"),
    ("Reducing substances", "Ph. Eur. 3.2.3", "≤ 1.5", "0.3", "mL"),
    ("Residue on evaporation", "Ph. Eur. 3.2.3", "≤ 3.0", "0.6", "mg"),
    ("Barium", "ICP-MS", "≤ 1.0", "< 0.02", "mg/L"),
    ("Cadmium", "ICP-MS", "≤ 0.1", "< 0.005", "mg/L"),
    ("Chromium", "ICP-MS", "≤ 1.0", "< 0.01", "mg/L"),
    ("Copper", "ICP-MS", "≤ 1.0", "< 0.01", "mg/L"),
    ("Lead", "ICP-MS", "≤ 1.0", "< 0.01", "mg/L"),
    ("Tin", "ICP-MS", "≤ 0.1", "< 0.01", "mg/L"),
    ("Zinc", "ICP-MS", "≤ 0.2", "0.02", "mg/L"),
    ("Particles, 10 µm and larger", "Ph. Eur. 2.9.19", "≤ 25", "3", "1/mL"),
    ("Particles, 25 µm and larger", "Ph. Eur. 2.9.19", "≤ 3", "0.2", "1/mL"),
    ("Cytotoxicity", "ISO 10993-5", "Grade 0 to 2", "Grade 0", ""),
    ("Haemolysis", "ISO 10993-4", "≤ 5", "0.4", "%"),
    ("Bioburden before sterilisation", "ISO 11737-1", "≤ 50", "4", "CFU/device"),
    ("Irradiation dose", "ISO 11137", "25 – 40", "29.6", "kGy"),
    ("Endotoxin", "Ph. Eur. 2.6.14", "≤ 20", "< 2", "EU/device"),
    ("Sterility", "Ph. Eur. 2.6.1", "No growth", "No growth", ""),
)


def bag_certificate(today: date) -> CertificateContent:
    made = today - timedelta(days=77)
    return CertificateContent(
        file_name="aonagi-B26-0204.pdf",
        item="cryobag",
        layout=Layout.MULTI_PAGE_TABLE,
        issuer="Aonagi Container Works K.K.",
        address="2-9 Namiki-dori, Aonagi-cho 000-0099, Japan",
        product_name="Cryo bag 50, two ports",
        catalogue_number="ACB-050-2P",
        lot_number="B26-0204",
        manufactured_on=made,
        expires_on=months_after(made, 36),
        released_on=today - timedelta(days=52),
        country_of_origin="Japan",
        storage="15 to 25 °C, dry",
        signatory="Haruto Minazuki, Quality Assurance",
        tests=tuple(
            PrintedTest(name, limit, result, unit, method, "OK", _ASKED_FOR.get(name))
            for name, method, limit, result, unit in _ROWS
        ),
    )
