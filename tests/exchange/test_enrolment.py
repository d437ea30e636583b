"""Enrolment against a real server: proof both ways, confirmation, letters, other places."""

from __future__ import annotations

import pytest

from desmigratif_desktop.exchange import enrolment, link
from desmigratif_desktop.exchange.values import LinkState
from desmigratif_desktop.foundation.errors import (
    InputError,
    NotAllowedError,
    SyncRefusedError,
    UnreachableError,
)
from desmigratif_desktop.records import keys as key_slots
from desmigratif_desktop.records.actors import Role
from exchange.district import District, FalseServer, http_answer, new_laptop, roster


def _pinned(one):
    with one.store.read() as reading:
        return link.load(reading.connection())


def test_an_unconfirmed_laptop_waits_with_six_digits_and_then_goes_on(
    district, laptop, village_code
):
    one = laptop()
    one.register(roster(1))
    code = district.code(village_code, confirmed=False)
    made = enrolment.enrol(one.store, district.url, code, label="Laptop meja depan")
    assert made.state is LinkState.PENDING
    assert len(made.sas) == 6
    assert made.sas.isdigit()
    with pytest.raises(SyncRefusedError) as told:
        one.exchange()
    assert told.value.problem_code == "403.1"
    shown = one.status()
    assert (shown.link, shown.link_words) == (LinkState.PENDING, "menunggu konfirmasi")
    assert shown.sas == made.sas
    assert enrolment.confirm_state(one.store) is LinkState.PENDING
    device = one.store.replica.device.hex()
    there = next(row for row in district.command("devices")["devices"] if row["device"] == device)
    assert (there["sas"], there["label"]) == (made.sas, "Laptop meja depan")
    district.command("confirm", device)
    assert enrolment.confirm_state(one.store) is LinkState.ACTIVE
    assert one.exchange().complete
    assert one.status().sas == ""


def test_a_letter_that_is_taken_names_the_free_ones_and_a_change_mends_it(
    district, laptop, village_code
):
    first, second = laptop(enrolled_at=district), laptop()  # both chose A
    second.register(roster(1))
    _lay_slots(second)
    code = district.code(village_code)
    with pytest.raises(enrolment.LetterTakenError) as told:
        enrolment.enrol(second.store, district.url, code)
    assert told.value.free == ("B", "C")
    assert "B, C" in told.value.advice
    assert _pinned(second) is None
    enrolment.change_letter(second.store, "B")
    assert second.store.replica.laptop == "B"
    assert key_slots.read_slots(second.store.folder).label.laptop == "B"
    enrolment.enrol(second.store, district.url, code)
    assert second.exchange().complete
    first.exchange()
    assert first.people() == second.people()
    letters = [(one.letter, one.is_this) for one in first.status().devices]
    assert letters == [("A", True), ("B", False), ("", False)]


def _lay_slots(one) -> None:
    label = key_slots.OfficeLabel(one.store.replica.village, "Desa", "A", practice=True)
    slot = key_slots.make_slot(one.store.keys, one.officer, "padi bunting di sawah")
    file = key_slots.SlotFile(one.store.keys.store_id, 0, label, (slot,))
    key_slots.write_slots(one.store.folder, file, one.store.keys)


@pytest.mark.parametrize("letter", ["D", "", "AB", "a"])
def test_only_three_letters_exist(laptop, letter):
    with pytest.raises(InputError):
        enrolment.change_letter(laptop().store, letter)


def test_a_mistyped_code_is_found_before_anything_is_sent(laptop, district, village_code):
    one = laptop()
    code = district.code(village_code)
    wrong = code[:3] + ("A" if code[3] != "A" else "B") + code[4:]
    for typed in (wrong, "", "ABCD", "x" * 40):
        with pytest.raises(InputError) as told:
            enrolment.enrol(one.store, "http://127.0.0.1:9", typed)
        assert told.value.problems[0].field == "code"
    enrolment.enrol(one.store, district.url, code.lower().replace("-", " "))
    assert one.status().link is LinkState.ACTIVE


def test_a_used_code_is_refused(laptop, district, village_code):
    first, second = laptop(), laptop("B")
    code = district.code(village_code)
    enrolment.enrol(first.store, district.url, code)
    with pytest.raises(SyncRefusedError) as told:
        enrolment.enrol(second.store, district.url, code)
    assert told.value.problem_code == "403.4"


def test_plain_http_to_another_machine_is_refused(laptop, district, village_code):
    with pytest.raises(InputError) as told:
        enrolment.enrol(laptop().store, "http://sinkron.example.id", district.code(village_code))
    assert told.value.problems[0].field == "url"


def test_another_villages_code_pins_nothing(laptop, district):
    one = laptop()
    code = district.code("3212150001")
    with pytest.raises(SyncRefusedError) as told:
        enrolment.enrol(one.store, district.url, code)
    assert "desa lain" in told.value.sentence
    assert one.status().link is LinkState.NOT_ENROLLED


def test_practice_and_real_never_meet(tmp_path, district, village_code):
    real = new_laptop(tmp_path / "sungguhan", village_code, practice=False)
    with pytest.raises(SyncRefusedError) as told:
        enrolment.enrol(real.store, district.url, district.code(village_code))
    real.store.close()
    assert "latihan" in told.value.sentence


def test_a_portal_cannot_enrol_anybody(laptop, district, village_code):
    one = laptop()
    false = FalseServer(http_answer("200 OK", b"<html>masuk</html>"))
    with pytest.raises(UnreachableError):
        enrolment.enrol(one.store, false.url, district.code(village_code))
    false.close()
    assert one.status().link is LinkState.NOT_ENROLLED


def test_a_server_that_does_not_know_the_code_is_not_pinned(
    laptop, district, tmp_path, village_code
):
    one = laptop()
    other = District(tmp_path / "lain").start()
    with pytest.raises((SyncRefusedError, UnreachableError)):
        enrolment.enrol(one.store, other.url, district.code(village_code))
    other.kill()
    assert _pinned(one) is None


def test_only_officers_who_may_exchange_can_enrol(laptop, district, village_code):
    from dataclasses import replace

    one = laptop()
    viewer = replace(one.officer, role=Role.PENANGGUNG_JAWAB)
    one.store.keys = replace(one.store.keys, actor=viewer)
    with pytest.raises(NotAllowedError):
        enrolment.enrol(one.store, district.url, district.code(village_code))


def test_the_counter_of_requests_rises_before_use_and_survives(laptop, district):
    one = laptop(enrolled_at=district)
    before = link.next_counter(one.store, 0)
    assert link.next_counter(one.store, 40) == 41
    assert link.next_counter(one.store, 0) == 42
    assert before < 41
    assert one.sql("SELECT counter FROM server") == [(42,)]
