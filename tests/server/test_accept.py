"""What the server takes, refuses and gives back, over real HTTP."""

from __future__ import annotations

import threading

import pytest

from desmigratif_sync.protocol.endpoint import RefusedError
from desmigratif_sync.protocol.entries import Dot
from desmigratif_sync.protocol.frames import FrameResult, frame_hash, open_frame, read_header
from desmigratif_sync.protocol.messages import NO_CHAIN, Cursor, all_streams


def _results(answer) -> list[str]:
    return [str(one.result) for one in answer.verdicts]


def test_frames_go_up_and_come_down_to_the_second_laptop(laptop, laptop_class) -> None:
    frames = [laptop.frame(3), laptop.frame(2)]
    answer = laptop.send(*frames)
    assert _results(answer) == ["stored", "stored"]
    assert [one.seq for one in answer.verdicts] == [1, 2]
    (held,) = answer.state.held
    assert (held.device, held.epoch, held.last, held.hash) == (
        laptop.key.device,
        laptop.epoch,
        5,
        frame_hash(frames[1]),
    )
    second = laptop_class(laptop.district, laptop.village, "B").enrol()
    down = {one.cursor.audience: one for one in second.fetch().streams}["village"]
    assert [raw for _, raw in down.frames] == frames
    entries = [open_frame(raw, laptop.key.public).entries for raw in frames]
    assert sum(map(len, entries)) == 5
    again = second.fetch(cursors=(down.cursor,))
    assert [one.frames for one in again.streams] == [()]
    assert {one.letter for one in again.state.roster} == {"A", "B", ""}


def test_S03_the_same_frames_again_are_duplicates(laptop) -> None:
    frames = [laptop.frame(), laptop.frame()]
    assert _results(laptop.send(*frames)) == ["stored", "stored"]
    again = laptop.send(*frames)
    assert _results(again) == ["duplicate", "duplicate"]
    assert [one.seq for one in again.verdicts] == [1, 2]


def test_own_frames_stay_away_by_the_vector_and_come_back_without_it(laptop) -> None:
    frames = [laptop.frame(), laptop.frame()]
    laptop.send(*frames)
    vector = (Dot(laptop.key.device, laptop.epoch, "village", 2),)
    streams = laptop.fetch(vector=vector).streams
    assert [one.frames for one in streams] == [()] * len(streams)
    down = next(one for one in streams if one.cursor.audience == "village")
    assert (down.cursor.seq, down.head) == (2, 2)
    lost = next(one for one in laptop.fetch().streams if one.cursor.audience == "village")
    assert [raw for _, raw in lost.frames] == frames


def test_S05_other_content_under_the_same_number_is_a_fork(laptop) -> None:
    first = laptop.frame()
    laptop.send(first)
    seq, prev = laptop.seq, laptop.prev
    laptop.seq, laptop.prev = 0, b"\0" * 32
    twin = laptop.frame(2)
    follower = laptop.frame()
    assert _results(laptop.send(twin, follower)) == ["fork", "bad_chain"]
    laptop.seq, laptop.prev = seq, prev
    assert _results(laptop.send(laptop.frame())) == ["stored"]
    rows = laptop.district.tell("devices")["devices"]
    (mine,) = [row for row in rows if row["device"] == laptop.key.device.hex()]
    assert mine["flagged"] is True
    down = next(one for one in laptop.fetch().streams if one.cursor.audience == "village")
    assert down.frames[0][1] == first


def test_a_gap_in_the_chain_is_refused_and_mended_later(laptop) -> None:
    first, second, third = laptop.frame(), laptop.frame(), laptop.frame()
    assert _results(laptop.send(first, third)) == ["stored", "bad_chain"]
    assert _results(laptop.send(second, third)) == ["stored", "stored"]


def test_one_bad_frame_does_not_stop_the_others(laptop) -> None:
    first, second = laptop.frame(), laptop.frame()
    spoiled = first[:-1] + bytes([first[-1] ^ 1])
    answer = laptop.send(spoiled, b"no frame", first, second)
    assert _results(answer) == ["bad_signature", "malformed", "stored", "stored"]


def test_S07_a_frame_for_another_village_is_refused(laptop, laptop_class) -> None:
    foreign = laptop_class(laptop.district, "1111111111").enrol()
    for raw, result in (
        (laptop.frame(village=foreign.village), FrameResult.WRONG_VILLAGE),
        (foreign.frame(village=laptop.village), FrameResult.NOT_ALLOWED),
    ):
        assert laptop.send(raw).verdicts[0].result == result
    assert foreign.fetch().streams[0].head == 0
    assert all(one.head == 0 for one in foreign.fetch().streams)


def test_S08_a_village_sees_nothing_of_another(laptop, laptop_class) -> None:
    secret = laptop.frame(3)
    laptop.send(secret)
    cursor = next(one for one in laptop.fetch().streams if one.cursor.audience == "village").cursor
    stranger = laptop_class(laptop.district, "2222222222").enrol()
    for cursors in (all_streams(), (cursor,), (Cursor("village", 10**9, b"x" * 32),)):
        answer = stranger.fetch(cursors=cursors)
        assert all(one.frames == () and one.head == 0 for one in answer.streams)
        assert answer.state.held == ()
        assert laptop.key.device not in {one.device for one in answer.state.roster}


def test_a_practice_frame_is_not_taken_by_a_real_server(laptop) -> None:
    assert _results(laptop.send(laptop.frame(practice=True))) == ["not_allowed"]


def test_another_laptop_of_the_village_may_carry_frames(laptop, laptop_class) -> None:
    carrier = laptop_class(laptop.district, laptop.village, "B").enrol()
    raw = laptop.frame()
    assert _results(carrier.send(raw)) == ["stored"]
    assert _results(laptop.send(raw)) == ["duplicate"]


def test_frames_of_an_unknown_or_revoked_device_are_refused(laptop, laptop_class) -> None:
    nobody = laptop_class(laptop.district, laptop.village, "B")
    assert _results(laptop.send(nobody.frame())) == ["not_allowed"]
    nobody.enrol()
    raw = nobody.frame(prev=b"\0" * 32)
    laptop.district.tell("revoke", nobody.key.device.hex())
    assert _results(laptop.send(raw)) == ["not_allowed"]


def test_a_long_stream_comes_in_bites_of_the_budget(laptop, laptop_class) -> None:
    frames = [laptop.frame(40) for _ in range(30)]
    assert set(_results(laptop.send(*frames))) == {"stored"}
    second = laptop_class(laptop.district, laptop.village, "B").enrol()
    cursors, got, rounds = all_streams(), [], 0
    while True:
        answer = second.send(cursors=cursors, budget=3 * len(frames[0]))
        rounds += 1
        got += [raw for one in answer.streams for _, raw in one.frames]
        cursors = tuple(one.cursor for one in answer.streams)
        if not answer.more:
            break
    assert got == frames
    assert 10 <= rounds <= 16


def test_even_a_tiny_budget_brings_one_frame(laptop) -> None:
    frames = [laptop.frame(5), laptop.frame(5)]
    laptop.send(*frames)
    answer = laptop.send(cursors=(Cursor("village"),), budget=1)
    assert [raw for _, raw in answer.streams[0].frames] == frames[:1]
    assert answer.more


def test_C11_a_cursor_of_another_history_starts_again_and_loses_nothing(laptop) -> None:
    """After a server was restored: the vector spares what is held, nothing is deleted."""
    frames = [laptop.frame(), laptop.frame()]
    laptop.send(*frames)
    for wrong in (Cursor("village", 1, b"w" * 32), Cursor("village", 99, b"w" * 32)):
        (down,) = laptop.fetch(cursors=(wrong,)).streams
        assert down.rewound
        assert [raw for _, raw in down.frames] == frames
    (down,) = laptop.fetch(cursors=(Cursor("village", 0, NO_CHAIN),)).streams
    assert not down.rewound


def test_S16_the_same_frames_at_once_are_stored_once(laptop) -> None:
    frames = [laptop.frame() for _ in range(5)]
    found: list[str] = []
    refused: list[str] = []

    def send() -> None:
        try:
            found.extend(_results(laptop.send(*frames)))
        except RefusedError as error:
            refused.append(error.problem.code)

    senders = [threading.Thread(target=send) for _ in range(8)]
    for one in senders:
        one.start()
    for one in senders:
        one.join()
    assert found.count("stored") == 5
    assert set(found) == {"stored", "duplicate"}
    assert set(refused) <= {"401.2"}
    down = next(one for one in laptop.fetch().streams if one.cursor.audience == "village")
    assert [seq for seq, _ in down.frames] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("audience", ["village", "district", "case"])
def test_every_stream_counts_for_itself(laptop, audience: str) -> None:
    entries = laptop.entries(2, audience)
    from desmigratif_sync.protocol.frames import seal

    (raw,) = seal(entries, key=laptop.key, village=laptop.village)
    answer = laptop.send(raw)
    assert _results(answer) == ["stored"]
    assert answer.verdicts[0].seq == 1
    assert read_header(raw).audience == answer.state.held[0].audience == audience
