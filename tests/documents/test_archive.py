from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

import pytest
import zstandard

from desmigratif_desktop.documents import archive, numbering
from desmigratif_desktop.documents.facts import from_json
from desmigratif_desktop.documents.model import PaperBytes
from desmigratif_desktop.features.migration_services.documents import registration_form
from desmigratif_desktop.features.migration_services.values import RegistrationFacts
from desmigratif_desktop.foundation.errors import (
    NotAllowedError,
    PaperNotWrittenError,
    RuleBrokenError,
    StoreDamagedError,
)
from desmigratif_desktop.records.unit_of_work import unit
from kit.papers import OFFICE, OFFICER, VIEWER, paper_store, registration, texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desmigratif_desktop.documents.press import PressedPaper
    from desmigratif_desktop.foundation.clock import FrozenClock
    from desmigratif_desktop.records.actors import Actor
    from desmigratif_desktop.records.engine import Store

DAY, LATER = date(2026, 11, 21), date(2026, 11, 24)
PERSON = b"\x09" * 16


@pytest.fixture
def store(tmp_path: Path, clock: FrozenClock) -> Iterator[Store]:
    made = paper_store(tmp_path / "a", clock)
    yield made
    made.close()


def issue(store: Store, actor: Actor = OFFICER) -> tuple[bytes, PressedPaper]:
    with unit(store, actor, "paper.issue") as work:
        number = numbering.take_number(work, numbering.registration_rule(OFFICE, "A"), DAY)
        facts = registration(registration_no=number.text)
        pressed = registration_form(facts)
        order = archive.IssueOrder(
            "pendaftaran_cpmi", PERSON, number, facts, pressed, "f4", DAY, ("form3", 1)
        )
        return archive.issue(work, order), pressed


def render(paper: archive.IssuedView) -> PressedPaper:
    return registration_form(from_json(RegistrationFacts, paper.facts))


def test_an_issued_paper_keeps_its_bytes_and_facts(store: Store) -> None:
    paper, pressed = issue(store)
    with store.read() as session:
        kept = archive.view(session, paper)
        assert archive.frozen_bytes(session, paper) == pressed.data
        assert [one.id for one in archive.papers_of(session, PERSON)] == [paper]
    assert kept.number == "CPMI/99.05.01.2003/A/2026/0001"
    assert kept.sha256 == hashlib.sha256(pressed.data).hexdigest()
    assert render(kept).sha256 == kept.sha256


def test_a_reprint_is_marked_and_the_stored_bytes_never_change(store: Store) -> None:
    paper, pressed = issue(store)
    first = archive.reprint(store, paper, on=LATER)
    second = archive.reprint(store, paper, on=LATER)
    assert first.words == "SALINAN · CETAK ULANG KE-1 · 24-11-2026"
    assert second.words == "SALINAN · CETAK ULANG KE-2 · 24-11-2026"
    assert first.is_frozen
    pages = texts(first.data)
    assert len(pages) == 2
    for page in pages:
        assert first.words in page
        assert "Isi sama dengan surat yang dikeluarkan 21 November 2026" in page
    assert "SITI NURHALIMAH" in pages[0]
    with store.read() as session:
        assert archive.frozen_bytes(session, paper) == pressed.data


def test_another_laptop_prints_from_the_facts_and_says_so(store: Store) -> None:
    paper, _ = issue(store)
    with store.local_write() as session:
        session.delete(session.get(PaperBytes, paper))
    with pytest.raises(PaperNotWrittenError):
        archive.reprint(store, paper, on=LATER)
    copy = archive.reprint(store, paper, on=LATER, render=render)
    assert not copy.is_frozen
    assert copy.words == "SALINAN · CETAK ULANG KE-1 · 24-11-2026 · DARI LAPTOP LAIN"
    assert "SITI NURHALIMAH" in texts(copy.data)[0]


@pytest.mark.parametrize("body", [b"", b"rubbish", zstandard.compress(b"%PDF other paper")])
def test_changed_bytes_are_never_printed(store: Store, body: bytes) -> None:
    paper, _ = issue(store)
    with store.local_write() as session:
        kept = session.get(PaperBytes, paper)
        assert kept is not None
        kept.body = body
    with pytest.raises(StoreDamagedError):
        archive.reprint(store, paper, on=LATER)


def test_a_stored_bomb_is_not_unpacked(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    paper, _ = issue(store)
    monkeypatch.setattr(archive, "MOST_BYTES", 100)
    with pytest.raises(StoreDamagedError):
        archive.reprint(store, paper, on=LATER)


def test_a_void_paper_keeps_its_number_and_says_why(store: Store) -> None:
    paper, _ = issue(store)
    with unit(store, OFFICER, "paper.void") as work:
        archive.void(work, paper, "salah menulis nama", LATER, replaced_by="CPMI/2")
    copy = archive.reprint(store, paper, on=LATER)
    assert copy.words == "DIBATALKAN 24-11-2026 · salah menulis nama · diganti CPMI/2"
    assert "BATAL" in texts(copy.data)[0]
    again, _ = issue(store)
    with store.read() as session:
        assert archive.view(session, again).number.endswith("/0002")
        assert numbering.gaps(session, numbering.registration_rule(OFFICE, "A"), 2026) == ()


def test_a_void_needs_a_reason_and_happens_once(store: Store) -> None:
    paper, _ = issue(store)
    with pytest.raises(RuleBrokenError), unit(store, OFFICER, "paper.void") as work:
        archive.void(work, paper, "  ", LATER)
    with unit(store, OFFICER, "paper.void") as work:
        archive.void(work, paper, "ganda", LATER)
    with pytest.raises(RuleBrokenError), unit(store, OFFICER, "paper.void") as work:
        archive.void(work, paper, "ganda", LATER)


def test_a_number_belongs_to_one_paper(store: Store) -> None:
    with unit(store, OFFICER, "paper.issue") as work:
        number = numbering.take_number(work, numbering.registration_rule(OFFICE, "A"), DAY)
        facts = registration(registration_no=number.text)
        pressed = registration_form(facts)
        order = archive.IssueOrder("x", PERSON, number, facts, pressed, "f4", DAY, ("form3", 1))
        archive.issue(work, order)
        with pytest.raises(RuleBrokenError, match="sudah dipakai"):
            archive.issue(work, order)


def test_a_viewer_cannot_issue(store: Store) -> None:
    with pytest.raises(NotAllowedError):
        issue(store, VIEWER)


def test_the_history_tells_of_issue_and_void(store: Store) -> None:
    from desmigratif_desktop.records.changelog import history

    paper, _ = issue(store)
    with unit(store, OFFICER, "paper.void") as work:
        archive.void(work, paper, "ganda", LATER)
    with store.read() as session:
        entries = history(session, paper)
    assert [one.action for one in entries] == ["paper.void", "paper.issue"]
