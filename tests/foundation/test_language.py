from __future__ import annotations

import subprocess
import sys

import pytest

from desmigratif_desktop.foundation import language


@pytest.fixture(autouse=True)
def unbound():
    yield
    language.bind("id")


@pytest.fixture
def english(tmp_path, monkeypatch):
    """A compiled catalogue of two sentences, written by hand in the format of gettext."""
    pairs = {
        b"": b"Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n",
        b"Simpan": b"Save",
        b"{count} warga\0{count} warga": b"{count} resident\0{count} residents",
    }
    keys = sorted(pairs)
    ids = b"".join(key + b"\0" for key in keys)
    texts = b"".join(pairs[key] + b"\0" for key in keys)
    head, count = 28, len(keys)
    first = head + 16 * count
    table = bytearray()
    for source, begin in ((keys, first), ([pairs[key] for key in keys], first + len(ids))):
        lengths = [len(text) for text in source]
        for place, length in enumerate(lengths):
            start = begin + sum(lengths[:place]) + place
            table += length.to_bytes(4, "little") + start.to_bytes(4, "little")
    parts = [0x950412DE, 0, count, head, head + 8 * count, 0, 0]
    folder = tmp_path / "translations" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    header = b"".join(part.to_bytes(4, "little") for part in parts)
    (folder / "desmigratif.mo").write_bytes(header + bytes(table) + ids + texts)
    monkeypatch.setattr(language, "resource", lambda _name: tmp_path / "translations")


def test_the_source_language_stands_as_written():
    assert language.bind() == "id"
    assert language.t("Simpan") == "Simpan"
    assert language.t("") == ""
    assert language.tn("{count} warga", "{count} warga", 5) == "{count} warga"


def test_a_catalogue_speaks(english):
    assert language.bind("en") == "en"
    assert language.current_language() == "en"
    assert language.t("Simpan") == "Save"
    assert language.t("") == ""
    assert language.t("Tidak diterjemahkan") == "Tidak diterjemahkan"
    assert language.tn("{count} warga", "{count} warga", 1) == "{count} resident"
    assert language.tn("{count} warga", "{count} warga", 2) == "{count} residents"


def test_an_unknown_language_is_indonesian():
    assert language.bind("xx") == "id"
    assert language.t("Simpan") == "Simpan"


def test_the_whole_foundation_imports_nothing_but_the_standard_library():
    code = (
        "import sys, pkgutil, importlib, desmigratif_desktop.foundation as f\n"
        "before = set(sys.modules)\n"
        "for m in pkgutil.iter_modules(f.__path__): importlib.import_module(f'{f.__name__}.{m.name}')\n"
        "new = {n.split('.')[0] for n in set(sys.modules) - before} - {'desmigratif_desktop'}\n"
        "print(sorted(n for n in new if n not in sys.stdlib_module_names))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
