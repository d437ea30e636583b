from __future__ import annotations

import json
import subprocess
import sys

import pytest
from python_calamine import CalamineWorkbook

from desmigratif_desktop.app.commands import main
from desmigratif_desktop.people.imports import formulas

HARD = [
    "=cmd|'/c calc'!A1", "+6281234567890", "-5", "@x", "＝1+1", "'aku", "''=1", "Nur'aini", 'D. "Siti"',
    "a;b,c", "baris, koma", "'", "'x",
]  # fmt: skip


@pytest.fixture(scope="module")
def village(tmp_path_factory):
    folder = tmp_path_factory.mktemp("perintah")
    secret = folder / "sandi"
    secret.write_text("kata sandi sendiri", encoding="utf-8")
    pos = folder / "pos"
    base = ["--folder", str(pos), "--passphrase-file", str(secret)]
    assert main([*base, "init", "--village", "3212162004", "--officer", "Wulandari",
                 "--sheet", str(folder / "lembar.pdf")]) == 0  # fmt: skip
    return folder, base


@pytest.fixture
def run(village, capsys):
    _, base = village

    def call(*args, json_=True):
        code = main([*base, *(("--json",) if json_ else ()), *map(str, args)])
        told = capsys.readouterr()
        answer = json.loads(told.out) if json_ else told.out
        return code, answer, told.err

    capsys.readouterr()
    return call


@pytest.fixture
def add(run, tmp_path):
    def call(text):
        file = tmp_path / "masuk.json"
        file.write_bytes(
            text
            if isinstance(text, bytes)
            else text.encode()
            if isinstance(text, str)
            else json.dumps(text).encode()
        )
        return run("person", "add", file)

    return call


def test_init_writes_the_sheet_and_tells_no_code(village):
    folder, _ = village
    assert (folder / "lembar.pdf").read_bytes().startswith(b"%PDF")


def test_a_second_init_in_the_same_folder_is_refused(run):
    code, answer, err = run("init", "--village", "3212162004", "--officer", "X")
    assert code == 1
    assert not answer["ok"]
    assert err.count("\n") == 1


def test_one_object_a_list_and_lines_are_taken(add):
    assert add({"name": "Satu"})[1]["data"]["added"] == 1
    assert add([{"name": "Dua"}, {"name": "Tiga"}])[1]["data"]["added"] == 2
    assert add('{"name": "Empat"}\n\n{"name": "Lima"}\n')[1]["data"]["added"] == 2


@pytest.mark.parametrize("text", [
    "", "bukan json", b"\xff\xfe\x00", "[" * 100_000, "null", "1", '"x"', "[1, null, []]", '{"name": 1e400}',
    '{"name": {"a": 1}}', '{"name": ""}', '{"uid": "x", "name": "A"}', '{"name": "A", "roles": ["raja"]}',
    '{"name": "A", "roles": 1}', '{"name": "A"', '{"name":"A","uid":[1]}', '{"name":"\\ud800"}',
])  # fmt: skip
def test_bad_input_is_one_sentence_and_never_a_traceback(add, run, text):
    before = run("export", "people", "--to", "/nonexistent/x.json")
    assert before[0] == 1
    code, answer, err = add(text)
    assert code in {1, 2}, answer
    assert answer["problems"]
    assert "Traceback" not in err


def test_rows_that_are_refused_do_not_stop_the_others(add):
    code, answer, _ = add(
        [{"name": "Enam"}, {"name": ""}, {"name": "Tujuh", "nik": "12"}, {"name": "Delapan"}]
    )
    assert code == 4
    assert answer["data"]["added"] == 2
    assert [one["row"] for one in answer["problems"]] == [2, 3]
    assert [one["row"] for one in answer["data"]["people"]] == [1, 4]


def test_warnings_never_refuse(add):
    code, answer, _ = add({"name": "Peringatan", "nik": "3212165207920009", "birth_date": "1950"})
    assert code == 0
    assert [one["code"] for one in answer["problems"]] == ["nik_birth_date"]


def test_an_exported_person_goes_in_again_under_the_same_uid_only_once(add, run):
    uid = add({"name": "Ulang"})[1]["data"]["people"][0]["uid"]
    shown = run("person", "show", uid)[1]["data"]
    code, answer, _ = add(shown)
    assert code == 1
    assert answer["problems"][0]["code"] == "rule"


def test_show_by_nik_with_several_hits_tells_their_uids(add, run):
    nik = "3212161203880001"
    uids = {
        add({"name": name, "nik": nik})[1]["data"]["people"][0]["uid"]
        for name in ("Kembar", "Kembar Dua")
    }
    code, answer, _ = run("person", "show", nik)
    assert code == 1
    assert set(answer["data"]["uids"]) == uids
    assert run("person", "show", "3212161203880002")[0] == 1
    assert run("person", "show", "ngawur")[0] == 1


def test_set_changes_only_what_is_named(add, run):
    uid = add({"name": "Ubah", "phone": "081234567890", "rt": "1"})[1]["data"]["people"][0]["uid"]
    assert run("person", "set", uid, "rw=2", "note=a=b")[0] == 0
    shown = run("person", "show", uid)[1]["data"]
    assert (shown["rt"], shown["rw"], shown["note"], shown["phone"]) == (
        "001",
        "002",
        "a=b",
        "+6281234567890",
    )
    assert run("person", "set", uid, "phone=")[0] == 0
    assert run("person", "show", uid)[1]["data"]["phone"] is None
    assert run("person", "set", uid, "favourite=x")[0] == 1
    assert run("person", "set", uid, "rw")[0] == 2
    assert run("person", "set", uid, "birth_date=31-02-1990")[0] == 1


def test_find_masks_the_nik(add, run):
    add({"name": "Tersamar", "nik": "3212161203880077"})
    _, answer, _ = run("person", "find", "tersam")
    assert "3212161203880077" not in json.dumps(answer)
    assert run("person", "find", "x", "--limit", "0")[0] == 2


@pytest.mark.parametrize("args", [
    (), ("person",), ("person", "nope"), ("init",), ("demo", "--people", "banyak"), ("--nope", "check"),
    ("person", "add", "/tidak/ada.json"), ("print", "FORM-3", "--to", "x.pdf"), ("export", "people", "--to", "x.doc"),
])  # fmt: skip
def test_bad_usage_is_two(run, args):
    code, answer, err = run(*args)
    assert code == 2
    assert not answer["ok"]
    assert "Traceback" not in err


def test_a_wrong_passphrase_is_five(village, capsys, tmp_path):
    wrong = tmp_path / "salah"
    wrong.write_text("bukan kata sandi", encoding="utf-8")
    assert (
        main(["--folder", str(village[0] / "pos"), "--passphrase-file", str(wrong), "check"]) == 5
    )
    assert capsys.readouterr().err.startswith("Kata sandi belum cocok.")


def test_no_post_no_passphrase_and_a_busy_folder(village, capsys, tmp_path, run):
    assert (
        main(["--folder", str(tmp_path), "--passphrase-file", str(village[0] / "sandi"), "check"])
        == 1
    )
    assert (
        main(
            ["--folder", str(village[0] / "pos"), "--passphrase-file", str(tmp_path / "x"), "check"]
        )
        == 2
    )
    from desmigratif_desktop.records.folder_lock import FolderLock

    lock = FolderLock(village[0] / "pos")
    try:
        code, _, err = run("check")
    finally:
        lock.release()
    assert code == 1
    assert "sedang dibuka" in err


def test_a_damaged_store_is_five(tmp_path, village, capsys):
    import shutil

    copy = tmp_path / "rusak"
    shutil.copytree(village[0] / "pos", copy)
    (copy / "desmigratif.db").write_bytes(b"x" * 4096)
    assert (
        main(["--folder", str(copy), "--passphrase-file", str(village[0] / "sandi"), "check"]) == 5
    )
    assert "Traceback" not in capsys.readouterr().err


def test_demo_refuses_a_real_folder(run):
    code, _, err = run("demo", "--people", "5")
    assert code == 1
    assert "bukan folder latihan" in err


def test_a_viewer_reads_and_writes_nothing(village, run, tmp_path, add):
    folder, _ = village
    secret = tmp_path / "kuwu"
    secret.write_text("kata sandi kuwu", encoding="utf-8")
    assert run("officer", "add", "--name", "Pak Kuwu", "--role", "penanggung_jawab",
               "--new-passphrase-file", secret)[0] == 0  # fmt: skip
    as_viewer = ["--folder", str(folder / "pos"), "--passphrase-file", str(secret)]
    assert main([*as_viewer, "person", "find", "a"]) == 0
    file = tmp_path / "a.json"
    file.write_text('{"name": "A"}', encoding="utf-8")
    assert main([*as_viewer, "person", "add", str(file)]) == 1
    assert main([*as_viewer, "export", "people", "--to", str(tmp_path / "x.json")]) == 1
    assert (
        main([*as_viewer, "officer", "add", "--name", "B", "--new-passphrase-file", str(secret)])
        == 1
    )


def test_F05_cells_are_text_and_go_in_and_out_unchanged(add, run, tmp_path):
    names = [f"{one} Z" for one in HARD]
    assert add([{"name": one, "address": one, "phone": "+6281234567890"} for one in names])[0] == 0
    for ending in ("csv", "xlsx"):
        assert run("export", "people", "--to", tmp_path / f"warga.{ending}")[0] == 0
    import csv

    with (tmp_path / "warga.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    raw = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in raw if cell[:1] in set("=+-@\t\r＝＋－＠")]
    assert set(names) <= {formulas.open_cell(row["name"]) for row in rows}
    assert {formulas.open_cell(row["phone"]) for row in rows if row["phone"]} >= {"+6281234567890"}
    sheet = (
        CalamineWorkbook.from_path(str(tmp_path / "warga.xlsx")).get_sheet_by_index(0).to_python()
    )
    column = sheet[0].index("name")
    assert set(names) <= {row[column] for row in sheet[1:]}
    assert b"<f>" not in _sheet_xml(tmp_path / "warga.xlsx")


def _sheet_xml(path):
    import zipfile

    with zipfile.ZipFile(path) as book:
        return book.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", [*HARD, "", "a", "\t=", "'''"])
def test_F05_a_guarded_cell_gives_its_text_back(text):
    assert formulas.open_cell(formulas.guard_cell(text)) == text


def test_export_is_canonical_and_complete(add, run, tmp_path):
    add([{"name": f"Lengkap {n}", "rt": n} for n in range(1, 4)])
    for name in ("a.json", "b.json"):
        assert run("export", "people", "--to", tmp_path / name)[0] == 0
    one = (tmp_path / "a.json").read_bytes()
    assert one == (tmp_path / "b.json").read_bytes()
    people = json.loads(one)
    assert [p["uid"] for p in people] == sorted(p["uid"] for p in people)
    assert {"Lengkap 1", "Lengkap 2", "Lengkap 3"} <= {p["name"] for p in people}
    assert all(list(p) == sorted(p) for p in people)


@pytest.mark.parametrize(
    "text", ["<img src=file:///etc/passwd>", "\\\\host\\share", "<a href='x'>y</a>", "<b>x</b>"]
)
def test_F04_markup_stays_text(add, run, text):
    uid = add({"name": text, "address": text})[1]["data"]["people"][0]["uid"]
    assert run("person", "show", uid)[1]["data"]["name"] == text


@pytest.mark.parametrize("text", ["'; DROP TABLE person;--", '" OR * NEAR(', "%", "*", "^", "(("])
def test_F03_fragments_on_the_command_line_are_plain_text(add, run, text):
    assert run("person", "find", text)[0] == 0
    uid = add({"name": f"Fragmen {text}"})[1]["data"]["people"][0]["uid"]
    assert run("person", "show", uid)[1]["data"]["name"] == f"Fragmen {text}"


def test_the_tool_imports_no_qt():
    script = (
        "import sys\n"
        "from desmigratif_desktop.app import commands\n"
        "from desmigratif_desktop.app.commands import "
        "exchanges, exports, keeping, papers, people, post, practice, program, demo_village\n"
        "commands.main(['forms'])\n"
        "print([m for m in sys.modules if m.startswith('PySide6')])\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines()[-1] == "[]"
