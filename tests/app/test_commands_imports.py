from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from desmigratif_desktop.app.commands import main

FILES = Path(__file__).parents[1] / "people" / "imports" / "files"
HARD = [
    {"name": "=cmd|'/c calc'!A1", "nik": "3212161203880001", "phone": "+6281234567890", "note": 'a\nb; "c"'},
    {"name": "Nur'aini", "no_kk": "3212161201100001", "household_relation": "istri", "birth_date": "1992-07"},
    {"name": "'aku", "address": "-5", "dusun": "@x", "children_count": 3, "alias": "a  b"},
    {"name": "Sukarno"}, {"name": "Sukarno"}, {"name": 'D. "Siti" 😀', "title_after": "S.Pd", "religion": "hindu"},
]  # fmt: skip


@pytest.fixture
def make(tmp_path, capsys):
    secret = tmp_path / "sandi"
    secret.write_text("kata sandi sendiri", encoding="utf-8")

    def post(name="pos"):
        base = ["--folder", str(tmp_path / name), "--passphrase-file", str(secret), "--json"]
        assert main([*base, "init", "--village", "3212162004", "--officer", "Wulandari"]) == 0
        capsys.readouterr()

        def run(*args):
            code = main([*base, *map(str, args)])
            out = capsys.readouterr()
            return code, json.loads(out.out), out.err

        return run

    return post


def add(run, tmp_path, people):
    file = tmp_path / "masuk.json"
    file.write_text(json.dumps(people), encoding="utf-8")
    assert run("person", "add", file)[1]["data"]["refused"] == 0


def counts(answer):
    names = ("read", "added", "changed", "unchanged", "duplicate_cases", "refused")
    return tuple(answer["data"][one] for one in names)


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_F05_an_export_comes_in_again_without_a_change(make, tmp_path, form) -> None:
    run = make()
    add(run, tmp_path, HARD)
    out = tmp_path / f"warga.{form}"
    assert run("export", "people", "--to", out)[0] == 0
    code, answer, _ = run("import", "people", out)
    assert counts(answer) == (6, 0, 0, 6, 0, 0), answer
    assert (code, answer["data"]["act"]) == (0, None)
    other = make("lain")
    assert counts(other("import", "people", out)[1]) == (6, 6, 0, 0, 0, 0)
    again = tmp_path / "lagi.json"
    assert other("export", "people", "--to", again)[0] == 0
    first = tmp_path / "pertama.json"
    run("export", "people", "--to", first)
    assert again.read_bytes() == first.read_bytes()


def test_a_dry_run_writes_nothing_and_its_report_tells_each_cell(make, tmp_path) -> None:
    run = make()
    report = tmp_path / "laporan.csv"
    code, answer, _ = run(
        "import", "people", FILES / "opensid.csv", "--dry-run", "--report", report
    )
    assert code == 0
    assert counts(answer) == (13, 13, 0, 0, 0, 0)
    assert answer["data"]["act"] is None
    assert [one["cell"] for one in answer["problems"]] == ["G14"]
    with report.open(encoding="utf-8-sig", newline="") as file:
        assert "G14" in {line["Sel"] for line in csv.DictReader(file)}
    assert run("person", "find", "sutrisno")[1]["data"]["people"] == []


def test_import_undo_and_import_again(make) -> None:
    run = make()
    code, answer, _ = run("import", "people", FILES / "bebas_gaya.xlsx")
    assert (code, counts(answer)) == (4, (14, 13, 0, 0, 0, 1))
    act = answer["data"]["act"]
    assert counts(run("import", "people", FILES / "bebas_gaya.xlsx")[1]) == (14, 0, 0, 13, 0, 1)
    code, answer, _ = run("import", "undo", act)
    assert code == 0
    assert answer["data"]["taken_back"] == 17
    assert run("import", "people", FILES / "bebas_gaya.xlsx")[1]["data"]["added"] == 13
    assert run("import", "undo", "00000000-0000-7000-8000-000000000000")[0] == 1
    assert run("import", "undo", "x")[0] in {1, 2}


def test_an_open_question_is_asked_and_a_mapping_answers_it(make, tmp_path) -> None:
    run = make()
    file = tmp_path / "x.csv"
    file.write_text("Sebutan,NIK,JK\nSiti,3212165207920003,P\nBudi,3212161203880004,L\n"
                    "Rina,3212164904050009,P\n", "utf-8")  # fmt: skip
    code, answer, err = run("import", "people", file)
    assert code == 1
    assert answer["problems"]
    assert err.count("\n") == 1
    mapping = tmp_path / "peta.json"
    mapping.write_text('{"tables": [{"columns": {"A": "name"}}]}', "utf-8")
    assert run("import", "people", file, "--mapping", mapping)[1]["data"]["added"] == 3
    file.write_text(file.read_text("utf-8") + "Tuti,3212164904060001,P\n", "utf-8")
    assert run("import", "people", file)[1]["data"]["added"] == 1, "the mapping is remembered"


@pytest.mark.parametrize(
    "name", ["x.pdf", "tidak_ada.xlsx", "kosong.csv", "judul.csv", "rusak.xlsx"]
)
def test_bad_input_is_one_sentence(make, tmp_path, name) -> None:
    run = make()
    bodies = {
        "x.pdf": b"%PDF",
        "kosong.csv": b"",
        "judul.csv": b"Nama,NIK\n",
        "rusak.xlsx": b"PK\x03\x04",
    }
    if name in bodies:
        (tmp_path / name).write_bytes(bodies[name])
    code, answer, err = run("import", "people", tmp_path / name)
    assert code == 1
    assert answer["problems"]
    assert "Traceback" not in err
