"""A process that works until it is killed, and says on its output what it was told is saved.

python -m kit.busy_officer FOLDER KEY SALT STORE SEED
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from desmigratif_desktop.records.engine import Store
from desmigratif_desktop.records.keys import OpenedKeys
from desmigratif_desktop.records.unit_of_work import unit
from kit import store_kit
from kit.store_kit import OFFICER, REGISTRY, STEPS, Villager


def main(folder: str, key: str, salt: str, store_id: str, seed: str) -> None:
    """Register, change, import and tidy for ever."""
    dice = random.Random(int(seed))
    keys = OpenedKeys(
        bytes.fromhex(key), bytes.fromhex(salt), None, OFFICER, bytes.fromhex(store_id)
    )
    store = Store.open(Path(folder), keys, REGISTRY, store_kit.SystemClock(), (STEPS,))
    people: list[bytes] = []
    print("ready", flush=True)
    while True:
        record = dice.randbytes(16)
        say(store_kit.add(store, record, name=f"Orang {dice.random()}"))
        people.append(record)
        say(store_kit.edit(store, dice.choice(people), name=f"Nama {dice.random()}"))
        if dice.random() < 0.1:
            with unit(store, OFFICER, "import", bulk=True) as work:
                work.session.add_all(
                    [Villager(id=dice.randbytes(16), name=str(n)) for n in range(50)]
                )
            say(work.act)
        if dice.random() < 0.15:
            store.tidy()


def say(act: bytes) -> None:
    """Tell the world outside the database."""
    print(act.hex(), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
