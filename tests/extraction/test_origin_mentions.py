"""What a text says of animal origin: stated, denied, or for a person to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.extraction.claims import MentionKind, OriginMention
from supplier_qc.extraction.layout import lines_of
from supplier_qc.extraction.origin_mentions import origin_mentions
from supplier_qc.extraction.page_content import PageContent, Turn, Word
from supplier_qc.extraction.reader import propose

STATED, DENIED, UNCLEAR = MentionKind.STATED, MentionKind.DENIED, MentionKind.UNCLEAR


def page(*lines: str) -> PageContent:
    """Lines of words, 12 points apart; `|` stands for a gap as between the cells of a table."""
    words = []
    for number, line in enumerate(lines):
        x = 50.0
        for text in line.split():
            if text == "|":
                x += 60.0
                continue
            width = 5.0 * len(text)
            top = 60.0 + 12.0 * number
            words.append(Word(text, x, top, x + width, top + 10.0, 10.0, bold=False))
            x += width + 3.0
    return PageContent(1, 595.0, 842.0, tuple(words), (), (), Turn.NONE)


def found(*lines: str) -> list[tuple[str, MentionKind]]:
    return [(one.source, one.kind) for one in mentions(*lines)]


def mentions(*lines: str) -> tuple[OriginMention, ...]:
    return origin_mentions(lines_of(page(*lines)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Origin: bovine, Australia", [("cattle", STATED)]),
        ("Species | Bovine", [("cattle", STATED)]),
        ("Contains fetal bovine serum.", [("cattle", STATED)]),
        ("Animal origin | none", [("animal", DENIED)]),
        ("Material of animal origin | No", [("animal", DENIED)]),
        ("Animal origin | Yes, porcine", [("animal", STATED), ("pig", STATED)]),
        ("This product is animal-component free.", [("animal", DENIED)]),
        ("This product is not derived from bovine or porcine material.",
         [("cattle", DENIED), ("pig", DENIED)]),
        ("It does not contain material of human origin.", [("human", DENIED)]),
        ("Free of animal products", [("animal", DENIED)]),
        ("No preservative added, contains bovine serum albumin.", [("cattle", STATED)]),
        ("Contains bovine albumin and is free of porcine material.",
         [("cattle", UNCLEAR), ("pig", DENIED)]),
        ("Frei von tierischen Bestandteilen.", [("animal", DENIED)]),
        ("Enthält kein Material vom Rind.", [("cattle", DENIED)]),
        ("Hergestellt aus Rinder-Material", []),
        ("Ne contient pas de produits d'origine bovine.", [("cattle", DENIED)]),
        ("Libre de componentes de origen bovino.", [("cattle", DENIED)]),
        ("Serum-free medium", [("animal", DENIED)]),
        ("Porcine-free", [("pig", DENIED)]),
        # A virus, a test or a use is no origin.
        ("Bovine viral diarrhoea virus | Not detected", []),
        ("Bovine Spongiform Encephalopathy (BSE)", []),
        ("Not for human use.", []),
        ("Not approved for human or veterinary use", []),
        ("Certified for human safety", []),
        ("Porcine circovirus 1 and 2 | Negative", []),
        ("Endotoxin | < 0.5 EU/mL", []),
    ],
)  # fmt: skip
def test_what_a_sentence_says_of_origin(text: str, expected: list[tuple[str, MentionKind]]) -> None:
    assert found(text) == expected


def test_a_denial_reaches_over_the_end_of_a_line_but_not_of_a_sentence() -> None:
    assert found("The product is not derived from", "bovine tissue.") == [("cattle", DENIED)]
    assert found("No preservative is added.", "The origin is bovine.") == [("cattle", STATED)]


def test_the_sentence_is_kept_as_printed_with_its_place() -> None:
    (one,) = mentions("Batch 12", "", "Origin: BOVINE serum (AU)")
    assert one.literal == "BOVINE serum (AU)"
    assert one.box.page == 1
    assert one.box.top == pytest.approx(84.0)


def test_the_proposal_tells_the_reviewer_what_the_text_says_of_origin() -> None:
    notes = propose([page("Origin: bovine, Australia.", "Not intended for human medicine.")]).notes
    assert "The text names material of cattle origin: “bovine, Australia.” (page 1)." in notes
    assert not any("human" in note for note in notes)


def test_a_denial_is_told_as_one() -> None:
    notes = propose([page("This product is animal-component free.")]).notes
    assert any(note.startswith("The text denies animal origin: ") for note in notes)


def test_the_same_again_is_shown_three_times_at_most() -> None:
    lines = [f"Bovine part {number}." for number in range(9)]
    assert found(*lines) == [("cattle", STATED)] * 3


@given(
    st.lists(
        st.sampled_from(
            ["bovine", "no", "not", "free", "contains", "|", "porcine", "virus", "of", "human."]
        ),
        max_size=12,
    )
)
def test_a_mention_is_never_denied_without_a_word_of_denial(words: list[str]) -> None:
    text = " ".join(words)
    for one in mentions(text):
        assert one.literal in " ".join(word for word in words if word != "|")
        if not {"no", "not", "free"} & set(words):
            assert one.kind is STATED
