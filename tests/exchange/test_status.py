"""What the home page and the exchange page show."""

from __future__ import annotations

from desmigratif_desktop.exchange.values import LinkState
from exchange.district import roster


def test_it_counts_acts_not_entries_and_forgets_none(district, laptop):
    one = laptop()
    assert one.status().unsent_acts == 1  # the post itself
    one.register(roster(20), bulk=True)
    one.register(roster(2, seed=2))
    assert one.status().unsent_acts == 4
    assert one.status().link is LinkState.NOT_ENROLLED
    assert one.status().done_at is None
    one.enrol(district)
    one.exchange()
    shown = one.status()
    assert (shown.unsent_acts, shown.problem, shown.failures) == (0, "", 0)
    assert (shown.link_words, shown.url) == ("terdaftar", district.url)
    assert abs(shown.skew_ms) < 60_000
    one.register(roster(1, seed=3))
    assert one.status().unsent_acts == 1


def test_it_names_the_villages_devices(district, laptop):
    first, second = laptop(enrolled_at=district), laptop("B", enrolled_at=district)
    first.exchange()
    devices = first.status().devices
    assert [one.letter for one in devices] == ["A", "B", ""]
    assert [one.is_this for one in devices] == [True, False, False]
    assert devices[1].device == second.store.replica.device
    assert devices[2].state == "district"
