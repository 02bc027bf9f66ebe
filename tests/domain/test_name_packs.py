"""Packs of taught names: read back as they were written, and planned before anything is saved."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_qc.domain.entered_text import one_line
from supplier_qc.domain.learned_names import (
    NameKind,
    RecordedName,
    TaughtName,
    name_problems,
    printed_key,
)
from supplier_qc.domain.name_packs import (
    FORMAT,
    MOST_ENTRIES,
    ImportState,
    NamePack,
    PackEntry,
    pack_file,
    pack_from_file,
    plan_import,
)
from supplier_qc.domain.refusals import Refused

TEST, UNIT = NameKind.TEST_NAME, NameKind.UNIT
NEW, SAME = ImportState.NEW, ImportState.SAME
CONFLICT, UNUSABLE = ImportState.CONFLICT, ImportState.UNUSABLE
STANDING = (
    RecordedName(TEST, "LAL", "Endotoxin", id=1),
    RecordedName(TEST, "Sterile?", "Sterility", item_id=7, id=2),
)
ITEMS = {"PL-1000": 7}


def planned(*entries: PackEntry) -> list[tuple[ImportState, str]]:
    plan = plan_import(NamePack("Aspen", entries), STANDING, ITEMS, name_problems)
    return [(one.state, " ".join(one.reasons)) for one in plan]


@pytest.mark.parametrize(
    ("entry", "state", "reason"),
    [
        (PackEntry(TEST, "Pyrogens", "Endotoxin"), NEW, ""),
        (PackEntry(TEST, "Colour", "Of a specification to come"), NEW, ""),
        (PackEntry(TEST, "lal:", "Endotoxin"), SAME, ""),
        (PackEntry(TEST, "LAL", "Sterility"), CONFLICT, ""),
        (PackEntry(TEST, "LAL", "Sterility", "PL-1000"), NEW, ""),
        (PackEntry(TEST, "Sterile?", "Sterility", "pl 1000"), SAME, ""),
        (PackEntry(TEST, "Sterile?", "Endotoxin", "PL-1000"), CONFLICT, ""),
        (PackEntry(TEST, "Sterile?", "Sterility", "XX-9"), UNUSABLE, "no item with"),
        (PackEntry(UNIT, "EU/ml LAL", "IU/mL"), UNUSABLE, "names EU"),
        (PackEntry(UNIT, "mg/mL", "g/L"), UNUSABLE, "unit already"),
    ],
)
def test_each_entry_of_a_pack_is_new_known_conflicting_or_left_out(
    entry: PackEntry, state: ImportState, reason: str
) -> None:
    ((found, reasons),) = planned(entry)
    assert found is state
    assert reason in reasons
    assert bool(reasons) == (state is UNUSABLE)


def test_a_word_that_a_pack_holds_twice_counts_once() -> None:
    twice = PackEntry(TEST, "Pyrogens", "Endotoxin"), PackEntry(TEST, "PYROGENS", "Sterility")
    assert [state for state, _ in planned(*twice)] == [NEW, UNUSABLE]


TEXT = st.text(min_size=1, max_size=30).map(one_line).filter(bool)
ENTRIES = st.lists(
    st.builds(PackEntry, st.sampled_from(NameKind), TEXT, TEXT, st.none() | TEXT), max_size=8
)


@given(vendor=TEXT, entries=ENTRIES)
def test_a_pack_is_read_back_as_it_was_written(vendor: str, entries: list[PackEntry]) -> None:
    pack = NamePack(vendor, tuple(entries))
    assert pack_from_file(pack_file(pack)) == pack


@given(entries=ENTRIES)
def test_taking_in_a_pack_twice_adds_nothing_the_second_time(entries: list[PackEntry]) -> None:
    pack = NamePack("Aspen", tuple(entries))
    first = plan_import(pack, (), ITEMS, name_problems)
    added = [
        RecordedName(one.name.kind, one.name.printed, one.name.meaning, one.name.item_id, number)
        for number, one in enumerate(first, start=1)
        if one.state is NEW
    ]
    keys = [(name.kind, name.item_id, printed_key(name.kind, name.printed)) for name in added]
    assert len(set(keys)) == len(keys)
    second = plan_import(pack, added, ITEMS, name_problems)
    assert not any(one.state is NEW for one in second)
    assert all(
        one.state is SAME for one, before in zip(second, first, strict=True) if before.state is NEW
    )


def file_with(**changes: Any) -> bytes:
    name = {"kind": "test_name", "printed": "LAL", "meaning": "Endotoxin"}
    stored = {"format": FORMAT, "version": 1, "vendor": "Aspen", "names": [name]}
    return json.dumps(stored | changes).encode()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no pack"),
        (b"\xff\xfe\x00", "no pack"),
        (b"[" * 100_000, "no pack"),
        (b"[1, 2]", "no pack"),
        (file_with(format="another"), "no pack"),
        (file_with(version=2), "version 2 of the format"),
        (file_with(vendor=7), "no pack"),
        (file_with(names={}), "no pack"),
        (file_with(names=["LAL"]), "Name 1 is no object"),
        (file_with(names=[{"kind": "colour", "printed": "a", "meaning": "b"}]), "none of ours"),
        (file_with(names=[{"kind": "unit", "printed": " ", "meaning": "b"}]), "no text as"),
        (file_with(names=[{"kind": "unit", "printed": 3, "meaning": "b"}]), "no text as"),
        (
            file_with(
                names=[{"kind": "unit", "printed": "a", "meaning": "b", "catalogue_number": 5}]
            ),
            "no text",
        ),
        (file_with(names=[{}] * (MOST_ENTRIES + 1)), "at most 2000"),
    ],
)
def test_what_is_no_pack_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        pack_from_file(content)
    assert reason in str(refusal.value)


def test_all_wrong_names_of_a_pack_are_said_at_once() -> None:
    wrong = [{"kind": "colour", "printed": "a", "meaning": "b"}, {"kind": "unit", "printed": "a"}]
    with pytest.raises(Refused) as refusal:
        pack_from_file(file_with(names=wrong))
    assert len(refusal.value.reasons) == 2


def test_a_plan_keeps_the_order_of_the_pack_and_names_what_stands() -> None:
    pack = NamePack("Aspen", (PackEntry(TEST, "LAL", "pH"), PackEntry(TEST, "X", "pH")))
    first, second = plan_import(pack, STANDING, ITEMS, name_problems)
    assert first.standing == STANDING[0]
    assert (second.name, second.standing) == (TaughtName(TEST, "X", "pH"), None)
