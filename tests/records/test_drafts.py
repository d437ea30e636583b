"""Half-filled forms: kept for their officer alone, whatever happens to the laptop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap

import pytest

from desmigratif_desktop.foundation.ids import new_id
from desmigratif_desktop.records.drafts import clear_draft, drafts_of, load_draft, save_draft
from desmigratif_desktop.records.unit_of_work import unit
from kit import store_kit
from kit.store_kit import OFFICER, OTHER_OFFICER, Villager

FORM = {f"field_{n}": f"isi {n} 'é \u202e" for n in range(40)}


def test_F18_a_draft_is_its_officers_alone(store) -> None:
    save_draft(store, "registration", None, OFFICER.officer_id, FORM)
    with store.read() as session:
        assert load_draft(session, "registration", None, OFFICER.officer_id).fields == FORM
        assert load_draft(session, "registration", None, OTHER_OFFICER.officer_id) is None
        assert load_draft(session, "other", None, OFFICER.officer_id) is None
        assert drafts_of(session, OTHER_OFFICER.officer_id) == []


def test_F18_the_last_field_survives_a_restart_and_makes_no_record(store) -> None:
    for number in range(1, 41):
        save_draft(
            store, "registration", None, OFFICER.officer_id, dict(list(FORM.items())[:number])
        )
    again = store_kit.again(store)
    with again.read() as session:
        (draft,) = drafts_of(session, OFFICER.officer_id)
    assert draft.fields == FORM
    assert store_kit.sql(again, "SELECT count(*) FROM kit_villager") == [(0,)]
    assert store_kit.sql(again, "SELECT count(*) FROM entry") == [(0,)]
    again.close()


def test_F18_the_draft_goes_with_the_save_or_stays_with_its_failure(store) -> None:
    save_draft(store, "registration", None, OFFICER.officer_id, FORM)
    for fails in (True, False):
        try:
            with unit(store, OFFICER, "register") as work:
                work.session.add(Villager(id=new_id(), name="Siti"))
                clear_draft(work.session, "registration", None, OFFICER.officer_id)
                if fails:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            pass
        with store.read() as session:
            assert (
                load_draft(session, "registration", None, OFFICER.officer_id) is not None
            ) is fails


def test_F18_a_killed_program_leaves_the_draft(tmp_path) -> None:
    program = textwrap.dedent(f"""
        import os, signal
        from pathlib import Path
        from kit import store_kit
        from desmigratif_desktop.records.drafts import save_draft
        store = store_kit.new_store(Path({str(tmp_path)!r}) / "pos")
        print(store.keys.data_key.hex(), store.keys.salt.hex(), store.keys.store_id.hex(), flush=True)
        for number in range(40):
            save_draft(store, "registration", None, store_kit.OFFICER.officer_id, {{"n": number}})
        os.kill(os.getpid(), signal.SIGKILL)
    """)
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    if ran.returncode != -signal.SIGKILL:
        pytest.fail(ran.stderr)
    key, salt, store_id = (bytes.fromhex(one) for one in ran.stdout.split())
    keys = store_kit.OpenedKeys(key, salt, None, OFFICER, store_id)
    store = store_kit.Store.open(
        tmp_path / "pos", keys, store_kit.REGISTRY, store_kit.SystemClock(), (store_kit.STEPS,)
    )
    with store.read() as session:
        assert load_draft(session, "registration", None, OFFICER.officer_id).fields == {"n": 39}
    store.close()
