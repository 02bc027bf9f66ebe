"""What a paper is, told by its words and by what it holds."""

import pytest

from supplier_qc.extraction.claims import Claim, DocumentKind, DocumentReading, RowClaim, TextLayer
from supplier_qc.extraction.document_kinds import FoundKind, kind_of, kind_words
from supplier_qc.extraction.layout import Line, Phrase
from supplier_qc.extraction.page_content import Word

HEIGHT = 842.0
Kind = DocumentKind


def _lines(*texts: str, title: str) -> list[Line]:
    printed = [(title, 16.0)] + [(text, 9.0) for text in texts]
    lines = []
    for number, (text, size) in enumerate(printed):
        top, words, x = 60.0 + 20 * number, [], 50.0
        for word in text.split():
            words.append(Word(word, x, top, x + 5 * len(word), top + size, size))
            x += 5 * len(word) + 3
        lines.append(Line((Phrase(tuple(words), 1),)))
    return lines


def _row(result: str | None = None, limit: str | None = None) -> RowClaim:
    def claim(text: str | None) -> Claim | None:
        return Claim(text, None, 0.9, "table") if text else None

    return RowClaim(name=claim("pH"), result=claim(result), specification=claim(limit))


def _kind(
    *texts: str, title: str, rows: tuple[RowClaim, ...] = (), has_lot: bool = False
) -> FoundKind:
    return kind_of([(HEIGHT, _lines(*texts, title=title))], rows, has_lot=has_lot)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Certificate of Analysis", Kind.CERTIFICATE_OF_ANALYSIS),
        ("ANALYSENZERTIFIKAT", Kind.CERTIFICATE_OF_ANALYSIS),
        ("Certificat d'analyse", Kind.CERTIFICATE_OF_ANALYSIS),
        ("Laudo de Análise", Kind.CERTIFICATE_OF_ANALYSIS),
        ("检验报告", Kind.CERTIFICATE_OF_ANALYSIS),
        ("Certificate of Conformity", Kind.CERTIFICATE_OF_CONFORMITY),
        ("Konformitätserklärung", Kind.CERTIFICATE_OF_CONFORMITY),
        ("Certificate of Origin", Kind.CERTIFICATE_OF_ORIGIN),
        ("Certificado de Origen", Kind.CERTIFICATE_OF_ORIGIN),
        ("TSE/BSE Statement", Kind.SUPPLIER_STATEMENT),
        ("Allergen Declaration", Kind.SUPPLIER_STATEMENT),
        ("Dichiarazione allergeni", Kind.SUPPLIER_STATEMENT),
        ("Product Specification", Kind.SPECIFICATION_SHEET),
        ("Technical Data Sheet", Kind.SPECIFICATION_SHEET),
        ("Fiche technique", Kind.SPECIFICATION_SHEET),
        ("Commercial Invoice", Kind.INVOICE_OR_PACKING_LIST),
        ("Lieferschein", Kind.INVOICE_OR_PACKING_LIST),
        ("Safety Data Sheet", Kind.SAFETY_DATA_SHEET),
        ("Sicherheitsdatenblatt", Kind.SAFETY_DATA_SHEET),
        ("Laboratory Test Report", Kind.LABORATORY_REPORT),
        ("Rapport d'essai", Kind.LABORATORY_REPORT),
        ("Supplier Questionnaire", Kind.QUESTIONNAIRE),
        ("Frequently Asked Questions", Kind.QUESTIONNAIRE),
    ],
)
def test_a_title_says_what_the_paper_is(title: str, kind: DocumentKind) -> None:
    found = _kind("Some words that say nothing of it", title=title)

    assert found.kind is kind
    assert title in found.evidence
    assert 0 < found.confidence < 1


def test_a_paper_that_says_nothing_is_unknown() -> None:
    assert _kind("Dear Sir", title="Good morning") == FoundKind(Kind.UNKNOWN, 0.0, ())


def test_results_of_a_lot_make_a_certificate_of_analysis_without_a_title() -> None:
    rows = (_row("7.2"), _row("7.4"))
    found = _kind("Lot 7", title="Growth Medium", rows=rows, has_lot=True)

    assert found.kind is Kind.CERTIFICATE_OF_ANALYSIS
    assert found.evidence == ("2 rows with results", "results of a named lot")


def test_what_a_certificate_mentions_does_not_change_what_it_is() -> None:
    rows = (_row("7.2", "7 - 8"), _row("<1", "NMT 1"))
    found = _kind(
        "Specification", "Safety data sheet on request", "free of BSE",
        title="Certificate of Analysis", rows=rows, has_lot=True,
    )  # fmt: skip

    assert found.kind is Kind.CERTIFICATE_OF_ANALYSIS


def test_a_label_of_another_word_is_no_title() -> None:
    assert _kind("Statement: 5", title="Storage of goods").kind is Kind.UNKNOWN


def test_several_signs_make_the_kind_more_certain() -> None:
    bare = _kind("Words", title="Allergen Statement")
    telling = _kind("To whom it may concern", "We hereby confirm that", title="Allergen Statement")

    assert telling.confidence >= bare.confidence
    assert len(telling.evidence) > len(bare.evidence)


def test_every_kind_but_the_unknown_has_words() -> None:
    assert set(kind_words()) == set(DocumentKind) - {Kind.UNKNOWN}
    assert all(words.titles for words in kind_words().values())


def test_the_kind_travels_with_the_reading() -> None:
    reading = DocumentReading(
        TextLayer.TEXT, kind=Kind.SUPPLIER_STATEMENT, kind_confidence=0.8, kind_evidence=("a",)
    )

    assert DocumentReading.from_json(reading.to_json()) == reading
