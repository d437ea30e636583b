from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from desmigratif_desktop.documents.facts import from_json, strings_of, to_json
from desmigratif_desktop.features.migration_services.values import (
    DocumentFacts,
    RegistrationFacts,
    RelativeFacts,
)
from kit.papers import OFFICE, registration


def test_facts_travel_as_one_canonical_text() -> None:
    facts = registration(documents=(DocumentFacts("KTP", held=False), DocumentFacts("KK")))
    assert from_json(RegistrationFacts, to_json(facts)) == facts
    assert to_json(facts) == to_json(from_json(RegistrationFacts, to_json(facts)))
    assert "passport" not in to_json(registration(passport_name=None))


@given(
    st.builds(
        RegistrationFacts,
        office=st.just(OFFICE), registration_no=st.text(), registered_on=st.text(),
        officer=st.text(), name=st.text(), fee_asked=st.none() | st.integers(0),
        children_count=st.none() | st.integers(0, 30),
        heir=st.none() | st.builds(RelativeFacts, name=st.text(min_size=1)),
        languages=st.lists(st.text(min_size=1)).map(tuple),
    )
)  # fmt: skip
def test_any_facts_survive_the_journey(facts: RegistrationFacts) -> None:
    assert from_json(RegistrationFacts, to_json(facts)) == facts


def test_fields_of_a_newer_program_are_left_aside() -> None:
    plain = json.loads(to_json(registration()))
    plain["favourite_colour"] = "hijau"
    assert from_json(RegistrationFacts, json.dumps(plain)) == registration()


def test_every_text_is_found_with_its_field() -> None:
    found = dict(strings_of(registration()))
    assert found["name"] == "SITI NURHALIMAH"
    assert found["office.village"] == "Karanganyar"
    assert found["work_history.work"] == "Asisten rumah tangga"


def test_a_kota_is_not_called_kabupaten() -> None:
    import dataclasses

    assert dataclasses.replace(OFFICE, regency="Kota Bima").regency_line == "Kota Bima"
    assert OFFICE.place_line == "Desa Karanganyar, Kecamatan Sindangsari, Kabupaten Tirtamulya"
    assert OFFICE.dotted_code == "99.05.01.2003"
