"""Certificates in German, Italian, French, Spanish, Portuguese and Chinese."""

from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from tests.extraction.drawn import Drawn, Page, Row, layout, rows_as


@layout
def german_with_decimal_comma() -> Drawn:
    page = Page()
    page.text(60, 50, "Talwasser Zellkultur AG", 13, bold=True)
    page.text(60, 90, "Analysenzertifikat", 16, bold=True)
    facts: Sequence[Row] = (
        ("Produktbezeichnung", "Humanes Plättchenlysat", "Chargen-Nr.", "HPL 24-017"),
        ("Artikelnummer", "TZ-500-04", "Herstellungsdatum", "03.02.2025"),
        ("Ursprungsland", "Österreich", "Verfallsdatum", "02.02.2027"),
        ("Lagerung", "bei -20 °C lagern", "Freigabedatum", "18.02.2025"),
    )
    for number, row in enumerate(facts):
        page.row(120 + 15 * number, (60, 170, 330, 440), row)
    xs = (60, 220, 320, 420, 490)
    page.row(
        210, xs, ("Prüfparameter", "Methode", "Spezifikation", "Ergebnis", "Einheit"), bold=True
    )
    page.line(60, 214, 545, 214)
    rows: Sequence[Row] = (
        ("pH-Wert", "Ph. Eur. 2.2.3", "6,8 - 7,6", "7,21", ""),
        ("Gesamtprotein", "Biuret", "45,0 - 65,0", "53,4", "g/L"),
        ("Endotoxin", "LAL", "max. 2,0", "< 0,25", "EU/mL"),
        ("Hämoglobin", "Photometrie", "max. 0,5", "0,12", "mg/mL"),
        ("Mykoplasmen", "PCR", "nicht nachweisbar", "nicht nachweisbar", ""),
    )
    for number, row in enumerate(rows):
        page.row(230 + 15 * number, xs, row)
    return Drawn(
        page.done(),
        {
            "issuer": "Talwasser Zellkultur AG",
            "product_name": "Humanes Plättchenlysat",
            "catalog_number": "TZ-500-04",
            "lot_number": "HPL 24-017",
            "country_of_origin": "Österreich",
            "manufacture_date": "2025-02-03",
            "expiry_or_retest_date": "2027-02-02",
            "storage": "bei -20 °C lagern",
            "release_date": "2025-02-18",
        },
        [
            {
                k: v
                for k, v in zip(
                    ("name", "method", "specification", "result", "unit"), row, strict=True
                )
                if v
            }
            for row in rows
        ],
    )


@layout
def result_before_specification_and_two_level_head() -> Drawn:
    page = Page()
    page.text(50, 50, "Vega Bioprocess S.r.l.", 12, bold=True)
    page.text(200, 80, "CERTIFICATO DI ANALISI", 13, bold=True)
    page.row(
        110, (50, 150, 320, 420), ("Prodotto:", "Siero bovino fetale", "Lotto n.:", "S 23/118")
    )
    page.row(
        124,
        (50, 150, 320, 420),
        ("Codice articolo:", "FBS-HI-500", "Data di scadenza:", "31/10/2028"),
    )
    page.row(
        138,
        (50, 150, 320, 420),
        ("Paese di origine:", "Uruguay", "Data di produzione:", "05/11/2023"),
    )
    page.text(395, 172, "Limiti", bold=True)
    xs = (50, 230, 370, 440)
    page.row(184, xs, ("Parametro", "Risultato", "Min", "Max"), bold=True)
    rows: Sequence[Row] = (
        ("Emoglobina", "12,1", "", "25,0"),
        ("Endotossine", "0,8", "", "10,0"),
        ("Osmolalità", "301", "280", "340"),
    )
    for number, row in enumerate(rows):
        page.row(200 + 14 * number, xs, row)
    return Drawn(
        page.done(),
        {
            "issuer": "Vega Bioprocess S.r.l.",
            "product_name": "Siero bovino fetale",
            "catalog_number": "FBS-HI-500",
            "lot_number": "S 23/118",
            "expiry_or_retest_date": "2028-10-31",
            "manufacture_date": "2023-11-05",
            "country_of_origin": "Uruguay",
        },
        [
            {
                k: v
                for k, v in zip(("name", "result", "spec_min", "spec_max"), row, strict=True)
                if v
            }
            for row in rows
        ],
    )


@layout
def french() -> Drawn:
    page = Page()
    page.text(50, 50, "Laboratoires Brévent S.A.S.", 12, bold=True)
    page.text(180, 80, "CERTIFICAT D'ANALYSE", 14, bold=True)
    facts: Sequence[Row] = (
        ("Désignation :", "Albumine humaine 20 %"),
        ("Référence article :", "ALB-20-100"),
        ("N° de lot :", "BR24F009"),
        ("Date de fabrication :", "15/06/2024"),
        ("Date de péremption :", "14/06/2027"),
        ("Conditions de conservation :", "Conserver entre +2 °C et +8 °C"),
        ("Date de libération :", "02/07/2024"),
        ("Pays d'origine :", "France"),
    )
    for number, row in enumerate(facts):
        page.row(115 + 14 * number, (50, 220), row)
    xs = (50, 210, 330, 460)
    page.row(260, xs, ("Essai", "Méthode", "Spécification", "Résultat"), bold=True)
    rows: Sequence[Row] = (
        ("Aspect", "Visuel", "Limpide", "Conforme"),
        ("Protéines totales", "Ph. Eur.", "190 à 210 g/L", "201 g/L"),
        ("Teneur en sodium", "Spectrométrie", "100 - 130 mmol/L", "121 mmol/L"),
        ("Stérilité", "Ph. Eur. 2.6.1", "Stérile", "Stérile"),
    )
    for number, row in enumerate(rows):
        page.row(276 + 14 * number, xs, row)
    return Drawn(
        page.done(),
        {
            "issuer": "Laboratoires Brévent S.A.S.",
            "product_name": "Albumine humaine 20 %",
            "catalog_number": "ALB-20-100",
            "lot_number": "BR24F009",
            "manufacture_date": "2024-06-15",
            "expiry_or_retest_date": "2027-06-14",
            "storage": "Conserver entre +2 °C et +8 °C",
            "release_date": "2024-07-02",
            "country_of_origin": "France",
        },
        rows_as(rows, "name", "method", "specification", "result"),
    )


@layout
def spanish_grid() -> Drawn:
    page = Page()
    page.text(50, 50, "Química Alameda, S.L.", 12, bold=True)
    page.text(180, 80, "CERTIFICADO DE ANÁLISIS", 14, bold=True)
    page.grid(
        100,
        (50, 170, 300, 420, 545),
        16,
        (
            ("Producto", "Cloruro de sodio", "Lote", "QA-0311/25"),
            ("Código", "NACL-P-25", "Fecha de caducidad", "03/2030"),
            ("Fecha de fabricación", "21/03/2025", "Fecha de emisión", "28/03/2025"),
        ),
    )
    rows: Sequence[Row] = (
        ("Aspecto", "Polvo blanco cristalino", "Cumple"),
        ("Pureza", "99,0 - 100,5 %", "99,8 %"),
        ("Metales pesados", "máx. 5 ppm", "< 1 ppm"),
    )
    page.grid(180, (50, 200, 380, 545), 18, (("Ensayo", "Especificación", "Resultado"), *rows))
    return Drawn(
        page.done(),
        {
            "issuer": "Química Alameda, S.L.",
            "product_name": "Cloruro de sodio",
            "catalog_number": "NACL-P-25",
            "lot_number": "QA-0311/25",
            "expiry_or_retest_date": "2030-03",
            "manufacture_date": "2025-03-21",
            "release_date": "2025-03-28",
        },
        rows_as(rows, "name", "specification", "result"),
    )


@layout
def portuguese() -> Drawn:
    page = Page()
    page.text(50, 50, "Farmaquímica Serra Ltda.", 12, bold=True)
    page.text(180, 80, "Certificado de Análise", 14, bold=True)
    for number, fact in enumerate(
        (
            ("Nome do produto:", "Glicerina bidestilada"),
            ("Lote:", "GL2025-088"),
            ("Data de fabricação:", "10/01/2025"),
            ("Validade:", "10/01/2028"),
            ("País de origem:", "Brasil"),
        )
    ):
        page.row(110 + 14 * number, (50, 180), fact)
    xs = (50, 220, 400)
    page.row(200, xs, ("Ensaio", "Especificação", "Resultado"), bold=True)
    rows: Sequence[Row] = (
        ("Aspecto", "Líquido límpido", "De acordo"),
        ("Teor", "mín. 99,5 %", "99,7 %"),
        ("Água", "máx. 0,5 %", "0,12 %"),
    )
    for number, row in enumerate(rows):
        page.row(216 + 14 * number, xs, row)
    return Drawn(
        page.done(),
        {
            "issuer": "Farmaquímica Serra Ltda.",
            "product_name": "Glicerina bidestilada",
            "lot_number": "GL2025-088",
            "manufacture_date": "2025-01-10",
            "expiry_or_retest_date": "2028-01-10",
            "country_of_origin": "Brasil",
        },
        rows_as(rows, "name", "specification", "result"),
    )


@layout
def two_languages_at_once() -> Drawn:
    page = Page()
    page.text(50, 45, "Hochfeld Reagenzien GmbH & Co. KG", 12, bold=True)
    page.text(150, 75, "Analysenzertifikat / Certificate of Analysis", 13, bold=True)
    facts: Sequence[Row] = (
        ("Produkt / Product:", "Natriumpyruvat-Lösung"),
        ("Artikel-Nr. / Article No.:", "HF-2208"),
        ("Charge / Lot:", "241107-B"),
        ("Herstelldatum / Date of manufacture:", "07.11.2024"),
        ("Verwendbar bis / Expiry date:", "11.2026"),
        ("Lagerung / Storage:", "2-8 °C"),
    )
    for number, row in enumerate(facts):
        page.row(105 + 15 * number, (50, 250), row)
    xs = (50, 220, 370, 470)
    head = (
        "Prüfung / Test",
        "Spezifikation / Specification",
        "Ergebnis / Result",
        "Einheit / Unit",
    )
    page.row(215, xs, head, size=8, bold=True)
    rows: Sequence[Row] = (
        ("pH-Wert / pH value", "7,0 - 7,4", "7,2", ""),
        ("Osmolalität / Osmolality", "190 - 210", "203", "mOsmol/kg"),
        ("Endotoxine / Endotoxins", "< 0,5", "< 0,05", "EU/mL"),
    )
    for number, row in enumerate(rows):
        page.row(232 + 15 * number, xs, row)
    return Drawn(
        page.done(),
        {
            "issuer": "Hochfeld Reagenzien GmbH & Co. KG",
            "product_name": "Natriumpyruvat-Lösung",
            "catalog_number": "HF-2208",
            "lot_number": "241107-B",
            "manufacture_date": "2024-11-07",
            "expiry_or_retest_date": "2026-11",
            "storage": "2-8 °C",
        },
        [
            {
                k: v
                for k, v in zip(("name", "specification", "result", "unit"), row, strict=True)
                if v
            }
            for row in rows
        ],
    )


@layout
def chinese() -> Drawn:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = Page(A4, font="STSong-Light")
    page.text(220, 60, "检验报告", 16)
    page.row(100, (50, 130, 320, 400), ("品名：", "大豆蛋白胨", "批号：", "20250311"))
    page.row(
        118, (50, 130, 320, 400), ("生产日期：", "2025年3月11日", "有效期至：", "2028年3月10日")
    )
    xs = (50, 180, 340, 470)
    page.row(160, xs, ("检验项目", "标准要求", "检验结果", "单项结论"))
    rows: Sequence[Row] = (
        ("外观", "淡黄色粉末", "淡黄色粉末", "合格"),
        ("总氮", "≥8.0%".replace("≥", ">="), "9.1%", "合格"),
        ("干燥失重", "≤6.0%".replace("≤", "<="), "4.2%", "合格"),
    )
    for number, row in enumerate(rows):
        page.row(180 + 18 * number, xs, row)
    return Drawn(
        page.done(),
        {
            "product_name": "大豆蛋白胨",
            "lot_number": "20250311",
            "manufacture_date": "2025-03-11",
            "expiry_or_retest_date": "2028-03-10",
        },
        [{"name": n, "specification": s, "result": r} for n, s, r, _ in rows],
    )
