"""An officer's first day: a post by command, people, a registration, a paper, a backup, another laptop."""

from __future__ import annotations

import json

import pytest
from pypdf import PdfReader

from desmigratif_desktop.app import assembly
from desmigratif_desktop.app.assembly import backup_folder
from desmigratif_desktop.features.migration_services import service
from desmigratif_desktop.features.migration_services.values import DocumentDraft, RegistrationDraft
from desmigratif_desktop.people.roster import show_person
from kit.tool import Tool

PEOPLE = [
    {"name": "Siti Khoiriah", "nik": "3518175207920003", "birth_date": "1992-07-12", "sex": "P"},
    {"name": "Sutrisno"},
    {"name": "Nur'aini", "nik_missing_reason": "belum_punya"},
]


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    """The whole day once: what each step left, for the tests to look at."""
    root = tmp_path_factory.mktemp("hari")
    tool = Tool(root / "pos")
    left = {"tool": tool, "root": root}
    left["init"] = tool.init("Kantor Desa Karangsemi", "Wulandari", "A")
    left["added"] = tool.add(PEOPLE)
    left["found"] = tool("person", "find", "KHOIR")
    uid = left["found"]["people"][0]["uid"]
    left["uid"] = uid
    store = assembly.open_post(root / "pos", "kata sandi sendiri")
    actor = store.keys.actor
    left["registered"] = service.register_cpmi(
        store,
        actor,
        RegistrationDraft(
            values={"phone": "081233444471"},
            person=bytes.fromhex(uid.replace("-", "")),
            episode={"destination_country": "Jepang", "registered_at": "Balai Desa"},
            documents=(DocumentDraft("ktp"), DocumentDraft("paspor", "belum")),
        ),
    )
    store.close()
    left["pdf"] = root / "formulir.pdf"
    tool("print", "FORM-3", "--record", uid, "--to", left["pdf"])
    left["export"] = tool.exported()
    tool("backup")
    (left["backup"],) = backup_folder(root / "pos").glob("*")
    return left


def test_the_person_is_found_by_the_beginning_of_a_name(day):
    assert day["found"]["people"][0]["name"] == "Siti Khoiriah"


def test_the_paper_carries_what_was_said(day):
    text = "\n".join(page.extract_text() for page in PdfReader(day["pdf"]).pages)
    assert "Siti Khoiriah".casefold() in text.casefold()
    assert day["registered"].registration_no in text
    assert "Jepang" in text


def test_the_history_tells_who_and_what(day):
    lines = day["tool"]("person", "history", day["uid"])["entries"]
    assert {one["officer"] for one in lines} == {"Wulandari"}
    changes = [change for one in lines for change in one["changes"]]
    assert ("phone", None, "+6281233444471") in {
        (one["field"], one["old"], one["new"]) for one in changes if isinstance(one["new"], str)
    }


def test_the_check_finds_nothing_wrong(day):
    day["tool"]("check")


def test_another_laptop_goes_on_from_the_backup(day):
    (day["root"] / "laptop-baru").mkdir()
    other = Tool(day["root"] / "laptop-baru" / "pos")
    other("restore", day["backup"])
    assert json.loads(other.exported()) == json.loads(day["export"])
    assert other.exported() == day["export"]
    other("person", "set", day["uid"], "dusun=Sumber")
    store = assembly.open_post(other.folder, "kata sandi sendiri")
    with store.read() as session:
        person = show_person(store, session, day["registered"].person)
    assert person.values["dusun"] == "Sumber"
    assert store.replica.laptop == "A"
    store.close()
    assert day["tool"].exported() == day["export"], "the first folder is as it was"


def test_a_wrong_passphrase_opens_nothing(day):
    folder = day["root"] / "pos"
    wrong = Tool(folder, "bukan kata sandinya")
    wrong("person", "find", "siti", code=5)
    assert "Traceback" not in wrong.told
    Tool(folder)
