"""Exchanges over a real server process, on lines that break, lie or answer twice."""

from __future__ import annotations

import random
import shutil

import pytest

from desmigratif_desktop.exchange import shelf
from desmigratif_desktop.exchange.values import LinkState, Stage
from desmigratif_desktop.foundation.clock import FrozenClock, SystemClock
from desmigratif_desktop.foundation.errors import (
    SyncRefusedError,
    UnreachableError,
)
from exchange.district import District, Line, roster


def _frames(laptop) -> list[tuple]:
    return laptop.sql("SELECT hash, held, state FROM frame WHERE own=1 ORDER BY no")


def _doubles(laptop) -> int:
    """Rows of one NIK and name more than once: nothing may arrive twice."""
    return laptop.sql(
        "SELECT count(*) FROM (SELECT 1 FROM person GROUP BY name, nik, phone HAVING count(*) > 1)"
    )[0][0]


def test_everything_new_goes_up_in_one_request_and_comes_down_in_one(district, laptop):
    first, second = laptop(enrolled_at=district), laptop("B", enrolled_at=district)
    first.register(roster(40))
    up = first.exchange()
    down = second.exchange()
    assert (up.complete, up.round_trips, up.sent_entries) == (True, 1, 41)
    assert (down.complete, down.round_trips, down.applied) == (True, 1, 41)
    assert second.people() == first.people()
    assert first.status().unsent_acts == 0
    assert first.status().done_at is not None
    again = first.exchange()
    assert (again.sent, again.received, again.applied, again.bytes_up) == (0, 1, 1, 0)
    assert first.digests() == second.digests()
    idle = first.exchange()
    assert (idle.sent, idle.received, idle.applied, idle.bytes_up, idle.bytes_down) == (0,) * 5


def test_the_same_bytes_are_sent_again_and_new_acts_get_frames_of_their_own(district, laptop):
    one = laptop(enrolled_at=district)
    one.register(roster(3))
    line = Line(("127.0.0.1", district.port), cut_down=0, cuts=1)
    with pytest.raises(UnreachableError):
        one.exchange(url=line.url)
    sealed = one.sql("SELECT hash, sealed FROM frame ORDER BY no")
    one.register(roster(2, seed=9))
    outcome = one.exchange(url=line.url)
    line.close()
    assert outcome.complete
    assert one.sql("SELECT hash, sealed FROM frame ORDER BY no")[: len(sealed)] == sealed
    assert all(held == 1 and state == "applied" for _, held, state in _frames(one))


@pytest.mark.parametrize("way", ["up", "down"])
def test_C01_a_line_cut_after_any_byte_resumes_and_nothing_arrives_twice(
    district, laptop, way, runs_all
):
    first, second = laptop(enrolled_at=district), laptop("B", enrolled_at=district)
    whole = Line(("127.0.0.1", district.port))
    first.register(roster(4))
    first.exchange(url=whole.url)
    length = whole.up if way == "up" else whole.down
    whole.close()
    places = list(range(0, length, 64))
    if not runs_all:
        places = sorted(random.Random(1).sample(places, min(10, len(places))))
    broken = 0
    for number, place in enumerate(places):
        cut = {"cut_up": place} if way == "up" else {"cut_down": place}
        line = Line(("127.0.0.1", district.port), cuts=1, **cut)
        first.register(roster(2, seed=100 + number))
        try:
            first.exchange(url=line.url)
        except UnreachableError:
            broken += 1
            assert first.status().unsent_acts == 2
        assert first.exchange(url=line.url).complete
        assert first.status().unsent_acts == 0
        line.close()
    assert broken > len(places) // 2
    second.exchange()
    assert second.people() == first.people()
    assert len(second.people()) == 4 + 2 * len(places)
    assert _doubles(second) == 0
    assert len(second.sql("SELECT hash FROM frame WHERE own=0")) == len(_frames(first))


def test_C01_a_break_in_the_middle_goes_on_with_smaller_pieces(district, laptop):
    first, second = laptop(enrolled_at=district), laptop("B", enrolled_at=district)
    draw = random.Random(7)
    people = [one | {"note": draw.randbytes(130).hex()} for one in roster(900)]
    first.register(people, bulk=True)
    line = Line(("127.0.0.1", district.port))
    broken = []

    def cut_the_second(step) -> None:
        if step.stage is Stage.TALK and step.sent_frames and not broken:
            broken.append(step)
            line.cut_up, line.cuts = 30_000, 1
            line.close_all()

    outcome = first.exchange(url=line.url, progress=cut_the_second)
    assert outcome.complete
    assert (len(broken), line.cuts) == (1, 0)
    assert broken[0].left_to_send > 0
    second.exchange(url=line.url)
    line.close()
    assert second.people() == first.people()


def test_C05_a_server_killed_between_commit_and_ack_stores_once(laptop, tmp_path):
    own = District(tmp_path / "server").start()
    first, second = laptop(enrolled_at=own), laptop("B", enrolled_at=own)
    first.register(roster(5))
    line = Line(("127.0.0.1", own.port), on_answer=own.kill)
    line.cut_down, line.cuts = 0, 1
    with pytest.raises(UnreachableError):
        first.exchange(url=line.url)
    assert first.status().unsent_acts == 6
    line.close()
    own.start()
    outcome = first.exchange()
    assert outcome.complete
    assert first.status().unsent_acts == 0
    second.exchange()
    own.kill()
    assert second.people() == first.people()
    assert len(second.people()) == 5


def test_C05_a_laptop_killed_between_ack_and_its_own_mark_stores_once(
    district, laptop, monkeypatch
):
    first, second = laptop(enrolled_at=district), laptop("B", enrolled_at=district)
    second.register(roster(3, seed=3))
    second.exchange()
    first.register(roster(5))

    class PowerCut(BaseException):
        pass

    def cut(*_args) -> None:
        raise PowerCut

    monkeypatch.setattr(shelf, "settle_held", cut)
    with pytest.raises(PowerCut):
        first.exchange()
    monkeypatch.undo()
    assert first.status().unsent_acts == 6
    assert first.sql("SELECT count(*) FROM frame WHERE own=0") == [(0,)]
    assert first.sql("SELECT count(*) FROM cursor") == [(0,)]
    assert first.exchange().complete
    second.exchange()
    assert second.people() == first.people()
    assert len(second.people()) == 8
    assert _doubles(second) == 0


def test_a_frame_delivered_twice_is_applied_once(district, laptop):
    first, second = laptop(enrolled_at=district), laptop("B", enrolled_at=district)
    first.register(roster(6))
    first.exchange()
    second.exchange()
    before = second.digests()
    with second.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM cursor")
    outcome = second.exchange()
    assert (outcome.received, outcome.applied) == (0, 0)
    assert second.digests() == before


def test_C11_what_a_restored_server_no_longer_holds_is_sent_again(laptop, tmp_path):
    own = District(tmp_path / "server").start()
    first, second = laptop(enrolled_at=own), laptop("B", enrolled_at=own)
    first.register(roster(3))
    first.exchange()
    own.kill()
    shutil.copytree(own.folder, tmp_path / "cadangan")
    own.start()
    first.register(roster(2, seed=4))
    first.exchange()
    assert first.status().unsent_acts == 0
    own.kill()
    shutil.rmtree(own.folder)
    shutil.copytree(tmp_path / "cadangan", own.folder)
    own.start()
    outcome = first.exchange()
    assert outcome.complete
    assert outcome.sent == 1
    second.exchange()
    own.kill()
    assert second.people() == first.people()
    assert len(second.people()) == 5


def test_a_cancel_keeps_what_is_done_and_the_next_exchange_goes_on(district, laptop):
    first, second = laptop(enrolled_at=district), laptop("B", enrolled_at=district)
    first.register(roster(600), bulk=True)
    first.exchange()
    seen = []
    outcome = second.exchange(
        progress=seen.append, cancelled=lambda: any(one.applied > 50 for one in seen)
    )
    assert not outcome.complete
    assert 0 < len(second.people()) <= 600
    assert second.exchange().complete
    assert second.people() == first.people()


def test_without_enrolment_the_officer_is_told_what_to_do(laptop):
    one = laptop()
    with pytest.raises(SyncRefusedError) as told:
        one.exchange()
    assert "kode pendaftaran" in told.value.advice
    assert one.status().link is LinkState.NOT_ENROLLED


def test_C15_a_revoked_laptop_keeps_its_data_and_is_told(district, laptop):
    one = laptop(enrolled_at=district)
    one.exchange()
    district.command("revoke", one.store.replica.device.hex())
    one.register(roster(1))
    with pytest.raises(SyncRefusedError) as told:
        one.exchange()
    assert told.value.problem_code == "403.2"
    assert one.status().link is LinkState.REVOKED
    assert len(one.people()) == 1


def test_a_server_that_is_away_is_one_sentence(district, laptop):
    one = laptop(enrolled_at=district)
    with pytest.raises(UnreachableError) as told:
        one.exchange(url="http://127.0.0.1:9")
    assert told.value.sentence == "Server kabupaten tidak dapat dihubungi."


@pytest.mark.parametrize("years", [-10, 10])
def test_C07_a_wrong_clock_is_shown_and_stops_nothing(district, laptop, years):
    first, second = laptop(enrolled_at=district), laptop("B", enrolled_at=district)
    off = years * 365 * 24 * 3600 * 1000
    first.store.clock = FrozenClock(SystemClock().millis() + off)
    first.register(roster(3))
    outcome = first.exchange()
    assert outcome.complete
    assert abs(outcome.skew_ms - off) < 3600 * 1000
    assert abs(first.status().skew_ms - off) < 3600 * 1000
    second.exchange()
    assert second.people() == first.people()
    (person, *_) = second.people()
    second.correct(person, phone="+6281200000007")
    second.exchange()
    first.exchange()
    assert first.person(person)["phone"] == "+6281200000007"


def test_C12_a_first_download_that_breaks_again_and_again_is_whole_in_the_end(district, laptop):
    first, second = laptop(enrolled_at=district), laptop("B", enrolled_at=district, opens=False)
    draw = random.Random(5)
    people = [one | {"note": draw.randbytes(130).hex()} for one in roster(700)]
    first.register(people, bulk=True)
    first.exchange()
    line = Line(("127.0.0.1", district.port))
    broken = 0
    for size in (0, 500, 20_000, 60_000, 100_000):
        line.cut_down, line.cuts = size, 1
        try:
            second.exchange(url=line.url)
        except UnreachableError:
            broken += 1
        before = second.people()
        assert before.items() <= first.people().items()  # never half a person
    assert broken >= 3
    assert second.exchange(url=line.url).complete
    line.close()
    assert second.people() == first.people()
    assert _doubles(second) == 0
