from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from desmigratif_desktop.foundation import paths

FONTS = (
    "NotoSans-Regular",
    "NotoSans-SemiBold",
    "NotoSans-Bold",
    "NotoSans-Italic",
    "NotoSerif-Regular",
    "NotoSerif-Bold",
)


@pytest.mark.parametrize("name", FONTS)
def test_fonts_ship_as_static_truetype(name):
    raw = paths.resource(f"fonts/{name}.ttf").read_bytes()
    assert raw[:4] == b"\x00\x01\x00\x00"
    tables = {raw[12 + 16 * place :][:4] for place in range(int.from_bytes(raw[4:6]))}
    assert b"glyf" in tables
    assert b"fvar" not in tables


def test_every_borrowed_thing_names_its_licence():
    assert "SIL OPEN FONT LICENSE" in paths.resource("fonts/OFL.txt").read_text()
    assert "ODbL" in paths.resource("reference/regions/SOURCE.md").read_text()
    assert "300.2.2-2138" in paths.resource("reference/regions/SOURCE.md").read_text()
    assert paths.resource("CREDITS.md").is_file()


def test_a_frozen_program_looks_beside_itself_first(tmp_path, monkeypatch):
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "x.txt").write_text("frozen")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resource("x.txt").read_text() == "frozen"
    assert paths.resource("CREDITS.md").is_file()


def test_a_missing_resource_is_named():
    with pytest.raises(paths.ResourceMissingError) as missing:
        paths.resource("fonts/none.ttf")
    assert "fonts/none.ttf" in missing.value.sentence
    assert missing.value.advice


@pytest.mark.parametrize("name", ["", "/etc/passwd", "../LICENSE", "a/../../b", "C:/x", "a\\b"])
def test_no_name_leaves_the_resources(name):
    with pytest.raises(ValueError):
        paths.resource(name)


@pytest.mark.skipif(sys.platform == "win32", reason="folders of Linux")
def test_default_folder_follows_xdg(monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", "/srv/data")
    assert paths.default_folder() == Path("/srv/data/desmigratif")
    for value in ("", "relative"):
        monkeypatch.setenv("XDG_DATA_HOME", value)
        assert paths.default_folder() == Path.home() / ".local/share/desmigratif"


def test_default_folder_is_local_on_windows(monkeypatch, tmp_path):
    windows = SimpleNamespace(name="nt", environ={"LOCALAPPDATA": str(tmp_path)})
    monkeypatch.setattr(paths, "os", windows)
    assert paths.default_folder() == tmp_path / "desmigratif"


@pytest.mark.skipif(sys.platform == "win32", reason="folders of Linux")
def test_documents_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("XDG_DOCUMENTS_DIR", raising=False)
    assert paths.documents_folder() == tmp_path
    (tmp_path / "Dokumen").mkdir()
    assert paths.documents_folder() == tmp_path / "Dokumen"
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "user-dirs.dirs").write_text(
        '# x\nXDG_DOCUMENTS_DIR="$HOME/Berkas Saya"\n'
    )
    assert paths.documents_folder() == tmp_path / "Dokumen"
    (tmp_path / "Berkas Saya").mkdir()
    assert paths.documents_folder() == tmp_path / "Berkas Saya"
    (tmp_path / "config" / "user-dirs.dirs").write_bytes(b"\xff\xfe")
    assert paths.documents_folder() == tmp_path / "Dokumen"
