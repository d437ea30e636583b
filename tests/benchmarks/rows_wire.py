"""What goes over the line, through a real server process."""

from __future__ import annotations

import random
import statistics
from typing import TYPE_CHECKING

from benchmarks.measure import Row
from benchmarks.people import VILLAGE, persons
from desmigratif_desktop.people.model import Person
from desmigratif_desktop.records.unit_of_work import Touched, unit
from exchange.district import District, Line, new_laptop

if TYPE_CHECKING:
    from pathlib import Path


def wire(scratch: Path, count: int) -> list[Row]:
    """First upload, one person alone, 500 edits at once."""
    district = District(scratch / "kabupaten").start()
    line = Line(("127.0.0.1", district.port))
    one = new_laptop(scratch / "pos", VILLAGE)
    try:
        one.enrol(district)
        one.exchange(url=line.url)
        ids = one.register(persons(count), bulk=True)
        up, trips = line.up, line.requests
        outcome = one.exchange(url=line.url)
        first = (line.up - up) / count
        rows = [
            Row(f"byte tiap warga, unggah pertama {count:,}", first, 143, "B", 80, 54, "value",
                f"frame {outcome.bytes_up / count:.1f}; Anki 143"),
            Row(f"bolak-balik, unggah pertama {count:,}", line.requests - trips, 9, "kali", 4, 2, "value",
                "Anki 9 / 87 / 807"),
        ]  # fmt: skip
        alone = []
        for given in persons(12, 77):
            one.register([given])
            alone.append(one.exchange(url=line.url).bytes_up)
        rows.append(Row("byte seorang warga baru sendiri (frame)", statistics.median(alone), 300, "B", 400, 240,
                        "value", f"{min(alone)}-{max(alone)}"))  # fmt: skip
        draw = random.Random(6)
        with unit(one.store, one.officer, "person.correct", bulk=True) as work:
            for record in draw.sample(ids, min(500, count)):
                work.edit(
                    work.get(Person, record),
                    Touched({"phone": f"+62812{draw.randrange(10**8):08}"}),
                )
        up = line.up
        one.exchange(url=line.url)
        edited = (line.up - up) / min(500, count)
        rows.append(
            Row("byte tiap perubahan, 500 sekaligus", edited, 153, "B", 40, 12, "value", "Anki 153")
        )
        return rows
    finally:
        one.store.close()
        line.close()
        district.kill()
