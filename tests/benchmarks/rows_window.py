"""Starting and memory, each in a process of its own; importing a spreadsheet."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Row
from benchmarks.people import open_post, persons

if TYPE_CHECKING:
    from desmigratif_desktop.records.keys import OpenedKeys

HOUSE = Path(__file__).resolve().parents[2]
BARE = """
import json, time
began = time.perf_counter()
from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
class Model(QAbstractTableModel):
    def rowCount(self, p=None): return 5000
    def columnCount(self, p=None): return 6
    def data(self, i, role=Qt.ItemDataRole.DisplayRole):
        return f"{i.row()} {i.column()}" if role == Qt.ItemDataRole.DisplayRole else None
app = QApplication([]); app.setStyle("Fusion")
window, table, model = QMainWindow(), QTableView(), Model()
table.setModel(model); window.setCentralWidget(table); window.resize(1366, 728)
window.show(); window.grab()
for _ in range(5): app.processEvents()
seconds = time.perf_counter() - began
rss = int(next(l for l in open("/proc/self/status") if l.startswith("VmRSS")).split()[1]) / 1024
print(json.dumps([seconds * 1000, rss]))
"""
OURS = """
import json, sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from desmigratif_desktop.app import catalogue
from desmigratif_desktop.app.main_window import MainWindow
from desmigratif_desktop.foundation.clock import SystemClock
from desmigratif_desktop.records.actors import Actor, Role
from desmigratif_desktop.records.engine import Store
from desmigratif_desktop.records.keys import OpenedKeys
from desmigratif_desktop.ui.qt_language import speak_indonesian
from desmigratif_desktop.ui.theme import apply_theme
app = QApplication([]); apply_theme(app); speak_indonesian(app, app)
given = json.loads(sys.stdin.read())
folder = Path(given["folder"])
data, salt, office, officer, store_id = (bytes.fromhex(one) for one in given["keys"])
keys = OpenedKeys(data, salt, office, Actor(officer, "Wulandari", Role.PETUGAS), store_id)
window = MainWindow(folder); window.show(); window.grab(); app.processEvents()
began = time.perf_counter()
store = Store.open(folder, keys, catalogue.registry(), SystemClock(), catalogue.MIGRATIONS)
opened = time.perf_counter() - began
window.enter(store); window.grab()
quiet = 0
while quiet < 3:
    app.processEvents()
    quiet = quiet + 1 if window.session.jobs.pending == 0 else 0
    time.sleep(0.0005)
window.grab()
seconds = time.perf_counter() - began
rss = int(next(l for l in open("/proc/self/status") if l.startswith("VmRSS")).split()[1]) / 1024
print(json.dumps([seconds * 1000, rss, opened * 1000]))
window._leave()
"""


def _run(script: str, given: str = "") -> list[float]:
    paths = os.pathsep.join((str(HOUSE), str(HOUSE / "sync"), str(HOUSE / "tests")))
    variables = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": paths}
    done = subprocess.run(
        [sys.executable, "-c", script], input=given, capture_output=True, text=True, check=True,
        env=variables, timeout=300, cwd=HOUSE,
    )  # fmt: skip
    found: list[float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def window(folder: Path, keys: OpenedKeys, count: int, times: int) -> list[Row]:
    """From the accepted key to the page with its figures; resident memory then."""
    parts = (keys.data_key, keys.salt, keys.office_key, keys.actor.officer_id, keys.store_id)
    given = json.dumps({"folder": str(folder), "keys": [one.hex() for one in parts]})
    mine, bare = [], []
    for _ in range(times):
        mine.append(_run(OURS, given))
        bare.append(_run(BARE))
    ours, base = sorted(mine)[len(mine) // 2], sorted(bare)[len(bare) // 2]
    opened = f"membuka berkas {ours[2]:.0f} ms"
    return [
        Row(f"kunci diterima sampai beranda, {count:,} warga", ours[0], base[0], "ms", 2.5, 2, "ratio", opened),
        Row("memori aplikasi berjalan", ours[1], base[1], "MiB", 80, 60, "more"),
    ]  # fmt: skip


def spreadsheet(folder: Path, keys: OpenedKeys, scratch: Path, count: int) -> list[Row]:
    """A roster of a spreadsheet, radar included, against reading the sheet alone."""
    try:
        from desmigratif_desktop.people.imports import session as importing
        from desmigratif_desktop.people.imports.apply import Choices, apply_plan
    except ImportError:
        return []
    import python_calamine
    import xlsxwriter

    scratch.mkdir(parents=True, exist_ok=True)
    path = scratch / "warga.xlsx"
    heads = {"name": "Nama Lengkap", "nik": "NIK", "sex": "Jenis Kelamin", "birth_place": "Tempat Lahir",
             "birth_date": "Tanggal Lahir", "religion": "Agama", "rt": "RT", "rw": "RW", "dusun": "Dusun",
             "father_name": "Nama Ayah", "mother_name": "Nama Ibu", "address": "Alamat"}  # fmt: skip
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Warga")
        sheet.write_row(0, 0, list(heads.values()))
        for number, one in enumerate(persons(count, 41), 1):
            sheet.write_row(number, 0, [one.get(name, "") for name in heads])
    began = time.perf_counter()
    python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    base = time.perf_counter() - began
    store = open_post(folder, keys)
    began = time.perf_counter()
    loaded = importing.load(path)
    plan = importing.dry_run(store, loaded, importing.confirmed(loaded.found, None))
    planned = time.perf_counter() - began
    done = apply_plan(store, keys.actor, plan, Choices())
    ours = time.perf_counter() - began
    store.close()
    remark = f"dasar: membaca lembar; percobaan {planned:.1f} s; {done.added} masuk"
    return [
        Row(f"impor {count:,} warga dari lembar kerja", ours, base, "s", 10, 3, "value", remark)
    ]
