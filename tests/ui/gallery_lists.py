"""More sheets of the gallery: lists, charts, time, waiting, paper, the opening picture."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop.ui import badges, busy, buttons, cards, charts, timeline
from desmigratif_desktop.ui.empty_state import Bones, Drawing, EmptyState
from desmigratif_desktop.ui.history_list import Change, HistoryItem, HistoryList
from desmigratif_desktop.ui.labels import PlainLabel
from desmigratif_desktop.ui.page import Page, ScrollBody
from desmigratif_desktop.ui.palette import CommandPalette, Hit, HitGroup
from desmigratif_desktop.ui.picture import OpeningPicture
from desmigratif_desktop.ui.table_delegate import find_hits
from desmigratif_desktop.ui.table_model import Cell, CellKind, Column, RecordTableModel
from desmigratif_desktop.ui.table_page import TablePage
from desmigratif_desktop.ui.theme import Hue, Tone

COLUMNS = (
    Column("name", "Nama"), Column("nik", "NIK", 162), Column("age", "Umur", 60),
    Column("dusun", "Dusun", 100), Column("stage", "Tahap", 158),
    Column("documents", "Dokumen", 124, sortable=False),
)  # fmt: skip
PEOPLE = (
    ("Siti Khoiriah", "panggilan Riah", "351817••••••0003", "34 th", "Ja'an", "CPMI · Jepang", 3),
    ("Siti Nur'aini", "", "351817••••••0011", "29 th", "Krajan", "PMI · Hong Kong", 8),
    ("Siti Mu'arifah", "binti Mas'ud", "351817••••••0002", "41 th", "Ja'an", "Purna · Taiwan", 8),
    ("Sitti Choiriyah", "", "", "34 th", "Soka'an", "CPMI", 1),
    ("Baiq Siti Hajrah", "", "520204••••••0004", "31 th", "Krajan", "Hilang kontak", 6),
    ("Yusuf Sitinjak", "", "351817••••••0014", "38 th", "Krajan", "PMI · Korea Selatan", 8),
)
TONES = {"CPMI": Tone.SOGA, "PMI": Tone.LEAF, "Purna": Tone.INDIGO, "Hilang": Tone.BRICK}


def _cells(number: int) -> tuple[Cell, ...]:
    name, under, nik, age, dusun, stage, done = PEOPLE[number % len(PEOPLE)]
    masked = Cell(nik, CellKind.MASKED) if nik else Cell(
        "NIK belum ada", CellKind.MASKED, tone=Tone.SOGA)  # fmt: skip
    icon = "warn" if stage == "Hilang kontak" else ""
    return (
        Cell(name, CellKind.NAME, under, hits=find_hits(name, "sit")),
        masked,
        Cell(age),
        Cell(dusun, CellKind.TWO_LINES, "RT 002/001"),
        Cell(stage, CellKind.BADGE, tone=TONES[stage.split()[0]], icon=icon),
        Cell("", CellKind.METER, done=done, total=8),
    )


def make_model(count: int) -> RecordTableModel:
    """A model of invented people that answers at once."""
    model = RecordTableModel(
        COLUMNS, lambda ids, take: take({one: _cells(int.from_bytes(one)) for one in ids})
    )
    model.set_ids([number.to_bytes(16) for number in range(count)])
    return model


def _peek() -> QWidget:
    panel = QWidget()
    column = QVBoxLayout(panel)
    column.setContentsMargins(20, 20, 20, 16)
    column.setSpacing(10)
    line = QHBoxLayout()
    line.addWidget(badges.Avatar("Siti Khoiriah", 48, Tone.SOGA))
    words = QVBoxLayout()
    words.addWidget(PlainLabel("Siti Khoiriah", 16, 600))
    words.addWidget(PlainLabel("panggilan Riah", 13, 400, Hue.INK_2))
    line.addLayout(words, 1)
    column.addLayout(line)
    column.addWidget(badges.Badge("CPMI · Jepang", Tone.SOGA))
    column.addWidget(cards.Hairline())
    column.addWidget(cards.FactRow("Lahir", "Nganjuk, 12 Juli 1992 (34 th)"))
    column.addWidget(cards.FactRow("Alamat", "Dusun Ja'an RT 002 RW 001"))
    column.addWidget(cards.FactRow("HP", "0812-••••-4471"))
    column.addWidget(cards.Hairline())
    column.addWidget(PlainLabel("Langkah berikutnya", 14, 600))
    told = "Cetak surat izin keluarga. Suami hadir hari ini pukul 09.30."
    column.addWidget(PlainLabel(told, 13, 400, Hue.INK_2, wrap=True))
    column.addWidget(buttons.primary("Buka halaman warga", key="Return"))
    column.addWidget(buttons.secondary("Cetak surat", icon="print", key="Ctrl+P"))
    column.addStretch(1)
    return panel


def people(frame: object, *, count: int = 40) -> QWidget:
    """Sheet 04."""
    chips = (
        ("stage", badges.Chip("Semua tahap", (("cpmi", "CPMI"),))),
        ("dusun", badges.Chip("Semua dusun", (("krajan", "Krajan"),))),
        ("documents", badges.Chip("Dokumen kurang")), ("nik", badges.Chip("Tanpa NIK")),
    )  # fmt: skip
    page = TablePage("Warga", "1.284 orang di 3 dusun", make_model(count), chips=chips,
                     search_hint="Nama, NIK, atau alamat")  # fmt: skip
    page.header.add_action(buttons.secondary("Impor daftar", icon="box"))
    page.header.add_action(buttons.primary("Daftarkan warga", icon="plus", key="Ctrl+N"))
    page.set_count(f"{count} warga", "dari 1.284, cocok dengan “sit”")
    page.search.setText("sit")
    page.set_ids(page._records.ids)
    if count:
        page.set_peek(_peek())
    else:
        page.set_empty(EmptyState(
            "Tidak ada warga yang cocok dengan “suparmi'ah”",
            "Coba nama panggilan, atau daftarkan sebagai warga baru.", Drawing.SEARCH,
            (buttons.secondary("Hapus saringan", icon="x"),
             buttons.primary("Daftarkan “suparmi'ah”", icon="plus")),
        ))  # fmt: skip
    window = frame(page, "people")  # type: ignore[operator]
    window.settle = page.search.setFocus
    return window


def _chart_line() -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(16)
    stages = cards.Card("358 warga migran menurut tahap")
    stages.add(charts.StackedBar((
        charts.Slice("CPMI, menyiapkan berangkat", 47, Hue.LAMP),
        charts.Slice("PMI, sedang bekerja", 168, Hue.LEAF),
        charts.Slice("Purna PMI", 131, Hue.CHART_2),
        charts.Slice("Belum diketahui", 12, Hue.HAIR_2),
    ), "358 warga"))  # fmt: skip
    weeks = cards.Card("Layanan per minggu", "8 minggu")
    weeks.add(charts.BarChart((
        charts.Bar("28/9", 14), charts.Bar("5/10", 11), charts.Bar("12/10", 19),
        charts.Bar("26/10", None), charts.Bar("9/11", 13), charts.Bar("16/11", 9, is_now=True),
    ), "Layanan"))  # fmt: skip
    weeks.body.addStretch(1)
    line.addWidget(stages, 1)
    line.addWidget(weeks, 1)
    return line


def time_sheet(frame: object) -> QWidget:
    """Journey, steps, history, charts."""
    page = Page("Waktu dan angka", "Perjalanan, langkah, riwayat, diagram")
    body = ScrollBody()
    road = cards.Card("Perjalanan migrasi", "3 kali, sejak 2014", lined=True)
    road.body.setContentsMargins(20, 12, 20, 8)
    road.add(timeline.EpisodeBar((
        timeline.Episode("Hong Kong", "penata rumah, 3 th", 2014.2, 2017.4),
        timeline.Episode("Taiwan", "pengasuh lansia, 3 th", 2018.6, 2021.9),
        timeline.Episode("Jepang", "perawat lansia, persiapan", 2026.7, 2028, is_planned=True),
    ), 2026.88))  # fmt: skip
    state = timeline.StepState
    names = ("Terdaftar desa", "Terverifikasi", "SIAPkerja", "Tes kesehatan",
             "Perjanjian penempatan", "Paspor", "Visa", "Perjanjian kerja", "Orientasi",
             "Berangkat")  # fmt: skip
    road.add(timeline.StepLine([
        timeline.Step(name, state.DONE if n < 4 else state.CURRENT if n == 4 else state.LATER)
        for n, name in enumerate(names)
    ]))  # fmt: skip
    body.add(road)
    history = HistoryList()
    history.set_days([("Hari ini, 19 November 2026", [
        HistoryItem(b"1", "09.12", "Wulandari", "laptop ini · belum terkirim",
                    (Change("Nomor HP", "0812-3344-4417", "0812-3344-4471"),),
                    "“Dua angka terbalik, sudah dicoba ditelepon.”", may_undo=True, is_mine=True),
        HistoryItem(b"2", "08.40", "Agus Priyono", "laptop B · diterima 18 Nov",
                    (Change("Alamat", "Dusun Krajan RT 004 RW 002", "Dusun Ja'an RT 002 RW 001"),
                     Change("Pekerjaan", "", "Mengurus rumah tangga")),
                    badge=("Dari Dinas", Tone.INDIGO)),
    ])])  # fmt: skip
    body.add(history)
    body.add(_chart_line())
    body.end()
    page.set_body(body)
    return frame(page, "people")  # type: ignore[operator]


def states(frame: object) -> QWidget:
    """Sheet 13."""
    page = Page("Keadaan", "Kosong, menunggu, keliru, terputus, sebagian, terkunci.")
    body = ScrollBody()
    line = QHBoxLayout()
    line.setSpacing(16)
    quiet = cards.Card()
    quiet.add(EmptyState("Belum ada layanan hari ini", "Warga yang datang dicatat di sini.",
                         actions=(buttons.primary("Catat layanan", icon="plus", key="Ctrl+L"),),
                         raised=False))  # fmt: skip
    waiting = cards.Card()
    waiting.add(Bones(3))
    progress = busy.Progress("Mengimpor 6.000 warga")
    progress.show_progress(2140, 6000, "2.140 selesai · sisa 20 detik")
    waiting.add(progress)
    ring = busy.ProgressRing()
    ring.set_percent(62)
    waiting.add(ring)
    waiting.body.addStretch(1)
    line.addWidget(quiet, 1)
    line.addWidget(waiting, 1)
    body.add(line)
    body.end()
    page.set_body(body)
    return frame(page, "home")  # type: ignore[operator]


def find_anything(frame: object) -> QWidget:
    """Sheet 15."""
    window = time_sheet(frame)
    groups = (
        HitGroup("Warga", (Hit(1, "Siti Khoiriah", "34 th · Dusun Ja'an · CPMI Jepang"),
                           Hit(2, "Sitti Choiriyah", "34 th · Dusun Soka'an · bunyinya mirip"))),
        HitGroup("Lakukan untuk Siti Khoiriah", (
            Hit(3, "Cetak surat izin suami", "nomor berikutnya 560/A014", "print", "Ctrl+P"),
            Hit(4, "Catat layanan", "buku layanan hari ini", "edit", "Ctrl+L"))),
    )  # fmt: skip

    def settle() -> None:
        found = CommandPalette(window, lambda _words, take: take(groups))
        found.open()
        found._line.setText("khoi")

    window.settle = settle
    return window


def opening() -> QWidget:
    """The picture of sheets 01 and 02."""
    window = QWidget()
    row = QHBoxLayout(window)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(OpeningPicture(
        "Selamat datang di pos layanan desa Anda",
        "Mendaftarkan warga, mencetak surat, mencatat pelatihan dan koperasi. Semua berjalan "
        "tanpa internet.",
    ))  # fmt: skip
    row.addStretch(1)
    return window
