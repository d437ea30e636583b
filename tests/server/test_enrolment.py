"""Paper codes: proved by both sides, single use, and one letter for one laptop."""

from __future__ import annotations

import threading

import pytest

from desmigratif_server import devices, settings
from desmigratif_server.store import Store
from desmigratif_sync.client import http
from desmigratif_sync.protocol.endpoint import NotReachedError, RefusedError
from desmigratif_sync.protocol.enrolment import make_code, read_code
from desmigratif_sync.protocol.messages import DeviceState
from desmigratif_sync.protocol.problems import WireError


def _code_of(error: pytest.ExceptionInfo[RefusedError]) -> str:
    return error.value.problem.code


def test_an_enrolled_laptop_pins_the_server_and_sees_the_roster(laptop) -> None:
    answer = laptop.answer
    assert answer.is_active
    assert answer.state.village == laptop.village
    states = {one.device: one.state for one in answer.state.roster}
    assert states[laptop.key.device] == DeviceState.ACTIVE
    assert list(states.values())[-1] == DeviceState.DISTRICT
    assert answer.state.roster[-1].public == answer.state.identity.signing


def test_a_code_without_confirmation_waits_for_a_person(district, village, laptop_class) -> None:
    laptop = laptop_class(district, village)
    asked = laptop.ask()
    laptop.enrol(district.code(village, confirmed=False), asked)
    assert not laptop.answer.is_active
    with pytest.raises(RefusedError) as refused:
        laptop.send(laptop.frame())
    assert _code_of(refused) == "403.1"
    assert refused.value.is_signed
    rows = district.tell("devices")["devices"]
    (row,) = [row for row in rows if row["device"] == laptop.key.device.hex()]
    code = read_code_of(asked, laptop)
    assert row["sas"] == code
    assert row["state"] == "pending"
    district.tell("confirm", laptop.key.device.hex())
    assert laptop.send(laptop.frame(prev=b"\0" * 32)).verdicts[0].result == "bad_chain"
    laptop.seq = 0
    assert laptop.send(laptop.frame(prev=b"\0" * 32)).verdicts[0].result == "stored"


def read_code_of(asked, laptop) -> str:
    """Six digits as the laptop shows them: from what it sent and the key it pinned."""
    import dataclasses

    sent = dataclasses.replace(asked, lookup=laptop_lookup(laptop), public=laptop.key.public)
    return sent.sas(laptop.identity.signing)


def laptop_lookup(laptop) -> str:
    found = settings.load(laptop.district.folder)
    store = Store.open(found)
    from desmigratif_server.tables import enrol_code

    with store.read() as connection:
        query = enrol_code.select().where(enrol_code.c.used_by == laptop.key.device)
        row = connection.execute(query).one()
    store.close()
    return row.lookup


def test_S10_five_wrong_tries_kill_a_code(district, village, laptop_class) -> None:
    code = district.code(village)
    lookup = code[:4]
    laptop = laptop_class(district, village)
    tries = 0
    while tries < 5:
        wrong = make_code()
        body = lookup + wrong.replace("-", "")[4:16]
        check = _check_of(body)
        if check is None:
            continue
        with pytest.raises(RefusedError) as refused:
            laptop.enrol(body + check)
        assert _code_of(refused) == "403.4"
        tries += 1
    with pytest.raises(RefusedError) as refused:
        laptop.enrol(code)
    assert _code_of(refused) == "403.4"


def _check_of(body: str) -> str | None:
    from desmigratif_sync.protocol import enrolment

    value = enrolment._check(body)
    return enrolment.ALPHABET[value] if value < 32 else None


def test_S10_a_used_code_serves_only_the_laptop_that_used_it(laptop, laptop_class) -> None:
    code = laptop.district.code(laptop.village)
    laptop.enrol(code)
    laptop.enrol(code)
    thief = laptop_class(laptop.district, laptop.village, "B")
    with pytest.raises(RefusedError) as refused:
        thief.enrol(code)
    assert _code_of(refused) == "403.4"


def test_S10_two_laptops_racing_for_one_code_only_one_wins(district, village, laptop_class) -> None:
    code = district.code(village)
    won: list[object] = []
    lost: list[str] = []

    def race(letter: str) -> None:
        try:
            won.append(laptop_class(district, village, letter).enrol(code))
        except RefusedError as refused:
            lost.append(refused.problem.code)

    racers = [threading.Thread(target=race, args=(letter,)) for letter in "ABCABC"]
    for one in racers:
        one.start()
    for one in racers:
        one.join()
    assert len(won) == 1
    assert set(lost) == {"403.4"}


def test_S10_an_expired_code_is_dead(own_district, laptop_class) -> None:
    code = own_district.code()
    found = settings.load(own_district.folder)
    store = Store.open(found)
    from desmigratif_server.tables import enrol_code

    with store.write() as connection:
        connection.execute(enrol_code.update().values(expires_at=1))
    store.close()
    with pytest.raises(RefusedError) as refused:
        laptop_class(own_district).enrol(code)
    assert _code_of(refused) == "403.4"


def test_two_laptops_that_chose_one_letter_are_told_which_are_free(laptop, laptop_class) -> None:
    second = laptop_class(laptop.district, laptop.village, "A")
    code = laptop.district.code(laptop.village)
    with pytest.raises(RefusedError) as refused:
        second.enrol(code)
    assert _code_of(refused) == "409.2"
    assert refused.value.problem.details == {"letter": "A", "free": "BC"}
    second.enrol(code, second.ask("B"))
    assert second.answer.is_active


def test_a_recovered_laptop_takes_its_letter_over(laptop, laptop_class) -> None:
    old = laptop.frame()
    laptop.send(old)
    again = laptop_class(laptop.district, laptop.village, "A")
    again.enrol(asked=again.ask("A", replaces=laptop.key.device))
    with pytest.raises(RefusedError) as refused:
        laptop.send()
    assert _code_of(refused) == "403.2"
    (_, _, village) = again.fetch().streams
    assert [raw for _, raw in village.frames] == [old]
    late = laptop.frame()
    assert again.send(late).verdicts[0].result == "stored"


def test_a_practice_folder_enrols_only_with_a_practice_server(
    district, district_class, tmp_path, laptop_class
) -> None:
    practice = district_class(tmp_path / "practice", practice=True).init().start()
    try:
        for server, mark in ((district, True), (practice, False)):
            laptop = laptop_class(server, practice=mark)
            with pytest.raises(RefusedError) as refused:
                laptop.enrol()
            assert _code_of(refused) == "403.3"
        right = laptop_class(practice, practice=True).enrol()
        assert right.answer.practice
        assert right.send(right.frame()).verdicts[0].result == "stored"
        right.seq, right.prev = 1, right.prev
        assert right.send(right.frame(practice=False)).verdicts[0].result == "not_allowed"
    finally:
        practice.stop()


def test_a_mistyped_code_does_not_reach_the_server(laptop_class, district) -> None:
    code = district.code()
    typed = code.lower().replace("0", "o").replace("1", "l").replace("-", " ")
    assert read_code(typed).key == read_code(code).key
    for at, one in enumerate(code):
        if one != "-":
            for other in "0Z":
                if other != one:
                    with pytest.raises(WireError):
                        read_code(code[:at] + other + code[at + 1 :])


def test_C03_a_server_that_does_not_know_the_code_cannot_enrol(
    district, village, laptop_class, monkeypatch
) -> None:
    """A false server in between may relay the request, never prove the code."""
    laptop = laptop_class(district, village)
    code = district.code(village)
    real = http.EnrolAnswer.is_proved
    monkeypatch.setattr(
        http.EnrolAnswer, "is_proved", lambda self, _key, asked: real(self, b"x" * 32, asked)
    )
    with pytest.raises(NotReachedError) as refused:
        laptop.enrol(code)
    assert refused.value.reason == "not_signed"


def test_S19_the_database_holds_no_paper_code_and_is_encrypted(own_district) -> None:
    code = own_district.code().replace("-", "")
    own_district.stop()
    path = own_district.folder / "server.db"
    raw = path.read_bytes()
    assert not raw.startswith(b"SQLite format 3")
    store = Store.open(settings.load(own_district.folder))
    with store.read() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM enrol_code").all()
    store.close()
    for secret in (code[4:16], code):
        assert secret not in repr(rows)
    assert devices.CODE_LIFE_MS == 72 * 3600 * 1000
