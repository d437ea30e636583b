"""The state machine sees what it should: each planted bug of the merge turns it red."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from desmigratif_desktop.records import fold, merge, rebuild, unit_of_work, versions
from records.test_merge_machine import Village

pytestmark = pytest.mark.slow
LOUD = settings(
    deadline=None, max_examples=60, stateful_step_count=40, database=None, print_blob=False,
    phases=(Phase.generate,),
)  # fmt: skip


def last_writer_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    real = versions.Versions.put

    def put(self, record, register, lives, had_others):
        return real(self, record, register, [max(lives, key=self.authors.order)], had_others)

    monkeypatch.setattr(versions.Versions, "put", put)


def equal_values_are_cleared_together(monkeypatch: pytest.MonkeyPatch) -> None:
    real = versions.Versions.put

    def put(self, record, register, lives, had_others):
        one_each = {repr(live.value): live for live in lives}
        return real(self, record, register, list(one_each.values()), had_others)

    monkeypatch.setattr(versions.Versions, "put", put)


def duplicates_are_applied_again(monkeypatch: pytest.MonkeyPatch) -> None:
    real = merge.Merge.apply

    def apply(self, entry):
        if entry.dot.seq <= self._head(self._authors.local(entry.dot)):
            for one in entry.edits:
                self._edit(one, entry, self._authors.local(entry.dot))
            self.result.duplicates += 1
            return
        real(self, entry)

    monkeypatch.setattr(merge.Merge, "apply", apply)


def the_clock_is_the_base(monkeypatch: pytest.MonkeyPatch) -> None:
    real = merge.Merge._settle

    def settle(self, place, base, fresh):
        row = self._row(place.kind, place.record) or {}
        shown = place.register.value_of(row)
        lives = self._versions.lives(place.record, place.register, shown, place.version)
        older = tuple(one.dot for one in lives if one.hlc < fresh.hlc)
        return real(self, place, older, fresh)

    monkeypatch.setattr(merge.Merge, "_settle", settle)


def a_form_forgets_its_bases(monkeypatch: pytest.MonkeyPatch) -> None:
    real = unit_of_work.Work.edit

    def edit(self, row, touched):
        real(self, row, unit_of_work.Touched(touched.values))

    monkeypatch.setattr(unit_of_work.Work, "edit", edit)


def a_form_writes_every_field(monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole draft is assigned, as it stood when the form was opened (trials T12)."""
    real = unit_of_work.Work.edit
    drafts: dict[bytes, dict] = {}

    def edit(self, row, touched):
        kind = self.store.registry.of(type(row))
        draft = drafts.setdefault(
            row.id, {name: getattr(row, name) for name in kind.columns if name != "state"}
        )
        real(self, row, unit_of_work.Touched({**draft, **touched.values}, touched.bases))

    monkeypatch.setattr(unit_of_work.Work, "edit", edit)


def widening_forgets_the_siblings(monkeypatch: pytest.MonkeyPatch) -> None:
    real = fold.Fold._all_lives

    def lives(self, kind, row, version):
        found = {
            register.name: (register, live)
            for register, live in reversed(real(self, kind, row, version))
        }
        return list(found.values())

    monkeypatch.setattr(fold.Fold, "_all_lives", lives)


def entries_of_the_past_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit that comes before its record stays unread for ever."""
    monkeypatch.setattr(merge, "waiting_records", lambda connection: set())


def keeping_the_shown_value_settles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fold.Fold, "_settle_only", lambda self, record, name: None)


def a_rebuilt_row_keeps_the_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        rebuild.Told, "lives", lambda self, name: list(self.written.get(name, {}).values())
    )


BUGS = (
    last_writer_wins, equal_values_are_cleared_together,
    the_clock_is_the_base, a_form_forgets_its_bases, a_form_writes_every_field,
    entries_of_the_past_are_forgotten, keeping_the_shown_value_settles_nothing, a_rebuilt_row_keeps_the_dead,
)  # fmt: skip


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.__name__)
def test_the_machine_sees(bug, monkeypatch: pytest.MonkeyPatch) -> None:
    bug(monkeypatch)
    Village.numbers = itertools.count(1)
    with pytest.raises(BaseException) as seen:
        run_state_machine_as_test(Village, settings=LOUD)
    assert not isinstance(seen.value, KeyboardInterrupt)
