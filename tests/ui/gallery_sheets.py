"""The sheets of the gallery, with invented people."""

from __future__ import annotations

import gallery_lists
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop.ui import badges, bands, buttons, cards, choices, dialogs, fields
from desmigratif_desktop.ui.form import FieldSpec, Form, Section
from desmigratif_desktop.ui.form_parts import FieldFrame
from desmigratif_desktop.ui.labels import PlainLabel
from desmigratif_desktop.ui.nik_field import NikField
from desmigratif_desktop.ui.page import HouseFrame, Page, ScrollBody
from desmigratif_desktop.ui.print_dialog import PrintDialog
from desmigratif_desktop.ui.rail import RailEntry
from desmigratif_desktop.ui.tabs import Tab, TabBar
from desmigratif_desktop.ui.theme import Hue, Tone

ROOMS = (
    RailEntry("home", "Beranda", "home"),
    RailEntry("people", "Warga", "people"),
    RailEntry("migration", "Layanan migrasi", "plane"),
    RailEntry("trainings", "Pelatihan", "cap"),
    RailEntry("business", "Usaha produktif", "shop"),
    RailEntry("learning", "Rumah Belajar", "book"),
    RailEntry("cooperative", "Koperasi", "coin"),
    RailEntry("cases", "Pengaduan", "shield", locked=True),
    RailEntry("reports", "Laporan", "chart"),
    RailEntry("sync", "Kirim & terima", "swap", at_foot=True),
    RailEntry("settings", "Pengaturan", "gear", at_foot=True),
)
KEYS = (("F2", "Cari warga"), ("Ctrl+N", "Warga baru"), ("Ctrl+P", "Cetak"), ("F1", "Bantuan"))


def frame(page: Page, here: str = "home") -> HouseFrame:
    """A window with rail and sheet."""
    made = HouseFrame()
    made.rail.set_place("Karangjati Wetan", "Pos Desmigratif")
    made.rail.set_user("Wulandari", "Petugas migrasi")
    made.rail.set_entries(ROOMS)
    made.rail.set_current(here)
    made.rail.set_count("sync", 18)
    page.foot.set_keys(KEYS)
    page.foot.set_truth("Semua tersimpan di laptop ini · 09.24")
    made.show_page(page)
    return made


def _row(*widgets: QWidget, spacing: int = 8) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(spacing)
    for one in widgets:
        line.addWidget(one)
    line.addStretch(1)
    return line


def _buttons_card() -> cards.Card:
    card = cards.Card()
    card.add(PlainLabel("TOMBOL", 12, 600, Hue.INK_3))
    for kind, words in zip(
        buttons.Kind, ("Cetak", "Ubah", "Kirim", "Batal", "Buka", "Hapus"), strict=True
    ):
        line = []
        for state in ("", "hover", "pressed", "focus", "off"):
            one = buttons.Button(words, kind)
            one.force_state(state) if state != "off" else one.setEnabled(False)
            line.append(one)
        card.add(_row(*line, spacing=12))
    chip = badges.Chip("PMI")
    chip.set_value(True)
    card.add(
        _row(
            buttons.secondary("Kecil", size=buttons.Size.SMALL),
            buttons.secondary("Besar", size=buttons.Size.LARGE),
            buttons.icon_button("print", "Cetak", kind=buttons.Kind.SECONDARY),
            badges.Chip("Saring", ((1, "Satu"),)),
            chip,
        )
    )
    return card


def _field_card() -> cards.Card:
    card = cards.Card()
    card.add(PlainLabel("ISIAN", 12, 600, Hue.INK_3))
    plain, wrong, odd = fields.TextField(), fields.TextField(), fields.TextField()
    plain.set_value("Sukarno")
    wrong.set_value("12-13-1990")
    odd.set_value("21-07-1992")
    readonly = fields.TextField()
    readonly.set_value("560/A014/Ds.KJW/XI/2026")
    readonly.setEnabled(False)
    frames = [
        FieldFrame("Biasa", plain), FieldFrame("Uang", fields.RupiahField()),
        FieldFrame("Keliru", wrong), FieldFrame("Peringatan", odd),
        FieldFrame("Hanya dibaca", readonly),
        FieldFrame("Pilihan", choices.Choice([("a", "Islam"), ("b", "Hindu")])),
    ]  # fmt: skip
    frames[2].show_message("Bulan hanya sampai 12.", "error")
    frames[3].show_message("Berbeda dengan NIK.", "warn")
    for left, right in zip(frames[::2], frames[1::2], strict=True):
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(right, 1, Qt.AlignmentFlag.AlignTop)
        card.add(line)
    check, radio = choices.Check("Hadir"), choices.Radio("Laptop ini")
    check.setChecked(True)
    radio.setChecked(True)
    other = choices.Radio("Laptop B")
    group = QButtonGroup(card)
    group.addButton(radio)
    group.addButton(other)
    card.add(_row(check, choices.Check("Izin"), radio, other, spacing=14))
    return card


def _bands_card() -> cards.Card:
    card = cards.Card()
    card.add(PlainLabel("PITA PESAN", 12, 600, Hue.INK_3))
    card.add(bands.Band("Tersimpan. Nomor warga KJW-1285.", "", Tone.LEAF))
    card.add(bands.Band("KTP suami belum dilampirkan", "Surat tetap dapat dicetak.", Tone.SOGA))
    card.add(bands.Band("Kertas F4 habis", "", Tone.BRICK))
    card.add(bands.Band("Laptop B menunggu di jaringan ini", "", Tone.INDIGO))
    return card


def _signs_card() -> cards.Card:
    card = cards.Card()
    card.add(PlainLabel("TANDA TAHAP", 12, 600, Hue.INK_3))
    card.add(
        _row(
            badges.Badge("Minat"),
            badges.Badge("CPMI · Jepang", Tone.SOGA),
            badges.Badge("PMI · Taiwan", Tone.LEAF),
            badges.Badge("Purna", Tone.INDIGO),
        )
    )
    card.add(
        _row(
            badges.Badge("Hilang kontak", Tone.BRICK, "warn"),
            badges.Badge("Sertifikat terbit", Tone.LEAF, "check"),
        )
    )
    card.add(
        _row(
            badges.KeyCaps("Ctrl+N"),
            badges.KeyCaps("F9"),
            badges.KeyCaps("Return"),
            badges.Avatar("Siti Khoiriah", 32, Tone.SOGA),
            badges.Avatar("Wulandari", 32, Tone.LAMP),
            badges.Meter(5, 8),
        )
    )
    return card


def parts() -> QWidget:
    """Sheet 14."""
    page = Page("Bagian-bagian antarmuka", "Kisi 8 px · huruf Noto Sans · garis ikon 1,75 px")
    body = ScrollBody()
    line = QHBoxLayout()
    line.setSpacing(12)
    for group in (
        (_buttons_card(), _field_card()),
        (_bands_card(), _signs_card()),
    ):
        column = QVBoxLayout()
        column.setSpacing(12)
        for one in group:
            column.addWidget(one)
        column.addStretch(1)
        line.addLayout(column, 1)
    body.add(line)
    body.end()
    page.set_body(body)
    return frame(page)


RELIGIONS = [("islam", "Islam"), ("kristen", "Kristen"), ("katolik", "Katolik")]
MARITAL = [("belum", "Belum kawin"), ("kawin", "Kawin")]


def make_form() -> Form:
    """A form like screen 06."""
    rows = (
        (FieldSpec("nik", "NIK", NikField, link="NIK belum ada"),),
        (
            FieldSpec("name", "Nama lengkap", fields.TextField, span=3,
                      help="Satu kata pun boleh. Gelar diisi terpisah."),
            FieldSpec("alias", "Nama panggilan", fields.TextField, span=2, optional=True),
        ),
        (
            FieldSpec("birth_place", "Tempat lahir", fields.TextField, span=3),
            FieldSpec("birth_date", "Tanggal lahir", fields.DateField, span=2,
                      meaning="Tanggal lahir menurut akta, KTP, atau ingatan; bulan boleh kosong."),
            FieldSpec("sex", "Jenis kelamin", lambda: choices.Choice(
                [("L", "Laki-laki"), ("P", "Perempuan")]), span=2),
        ),
        (
            FieldSpec("marital", "Status perkawinan", lambda: choices.Choice(MARITAL), span=3),
            FieldSpec("religion", "Agama", lambda: choices.Choice(RELIGIONS), span=2),
            FieldSpec("phone", "Nomor HP", fields.PhoneField, span=2),
        ),
    )  # fmt: skip
    hint = "Isi seperti pada KTP. Yang belum diketahui boleh dikosongkan."
    return Form((Section("identity", "Identitas", rows, hint),))


def form() -> QWidget:
    """Sheet 06."""
    page = Page("Pendaftaran calon PMI", "Draf tersimpan sendiri di laptop ini · 09.41")
    page.header.add_action(buttons.ghost("Batal", key="Esc"))
    page.header.add_action(buttons.secondary("Simpan dulu", icon="save", key="Ctrl+S"))
    page.header.add_action(buttons.primary("Lanjut", key="Alt+Down"))
    body = ScrollBody()
    made = make_form()
    made.load({
        "name": "Siti Khoiriah", "alias": "Riah", "birth_place": "Nganjuk",
        "birth_date": "1992-07-21", "sex": "P", "marital": "kawin", "religion": "islam",
    })  # fmt: skip
    nik = made.widget("nik")
    nik.set_value("3518175207920003")
    nik.set_partner("1992-07-12", "P")
    made.ask_reason(
        "birth_date", "Tanggal lahir berbeda dengan NIK",
        "NIK menunjuk 12 Juli 1992, Anda mengisi 21 Juli 1992. Keduanya bisa benar.",
        [("akta", "Sesuai akta kelahiran")],
    )  # fmt: skip
    body.add(made)
    page.set_body(body)
    window = frame(page, "people")
    window.settle = nik.line.setFocus
    return window


def person() -> QWidget:
    """Sheet 05, the head only."""
    page = Page("Siti Khoiriah", "34 tahun · Dusun Ja'an RT 002 RW 001", back=True,
                avatar="Siti Khoiriah", lined=False)  # fmt: skip
    page.header.set_badges([
        badges.Badge("CPMI · Jepang", Tone.SOGA),
        badges.Badge("Persetujuan data lengkap", Tone.LEAF, "check"),
    ])  # fmt: skip
    page.header.add_action(buttons.secondary("Ubah data", icon="edit", key="F4"))
    page.header.add_action(buttons.primary("Cetak surat", icon="print", key="Ctrl+P"))
    page.set_tabs(TabBar((
        Tab("summary", "Ringkasan"), Tab("documents", "Dokumen", "3/8"),
        Tab("family", "Keluarga", "4"), Tab("history", "Riwayat", "37"),
    )))  # fmt: skip
    body = ScrollBody()
    button = buttons.secondary("Cetak surat izin", icon="print")
    body.add(bands.Band("Langkah berikutnya: perjanjian penempatan",
                        "Suami hadir hari ini pukul 09.30.", Tone.SOGA, icon="flag",
                        button=button))  # fmt: skip
    waiting = cards.Card("Menunggu keputusan Anda", lined=True)
    waiting.add(cards.ListRow("2 isian berbeda antarlaptop", "Alamat dan nomor HP", icon="swap",
                              tone=Tone.SOGA))  # fmt: skip
    waiting.add(cards.ListRow("2 surat menunggu tanda tangan", "Kepala Desa hadir pukul 13.00",
                              icon="stamp", tone=Tone.INDIGO, lined=True))  # fmt: skip
    body.add(waiting)
    line = QHBoxLayout()
    line.setSpacing(16)
    inet = cards.ChoiceCard(
        "Lewat internet", "Hotspot terhubung", icon="cloud", key="F9", tall=True
    )
    inet.setChecked(True)
    line.addWidget(inet)
    line.addWidget(cards.ChoiceCard("Lewat USB", "Belum ada", icon="usb", key="F8", tall=True))
    body.add(line)
    facts = cards.Card("Koperasi", "anggota 0142")
    facts.add(cards.FactRow("Simpanan", "Rp1.480.000", strong=True, spread=True))
    facts.add(cards.FactRow("Simpanan wajib", "tertunggak 2 bulan", tone=Tone.SOGA, spread=True))
    body.add(facts)
    body.end()
    page.set_body(body)
    return frame(page, "people")


def dialog() -> QWidget:
    """Sheet 07b."""
    window = form()
    window.settle = lambda: dialogs.ask(
        window, "Batalkan surat nomor 560/A013?",
        "Nomor tetap tercatat sebagai batal dan tidak dipakai lagi. Tulis alasannya untuk "
        "arsip desa.", effect="Cetak 2 lembar", on_yes=lambda: None, icon="print",
    )  # fmt: skip
    return window


def print_dialog() -> QWidget:
    """Sheet 07b."""
    window = form()
    window.settle = lambda: PrintDialog(
        window, "Cetak surat izin suami", copies=2, copies_hint="1 untuk warga, 1 arsip desa",
        note=("Nomor 560/A014 tetap dipakai bila dicetak ulang",
              "Lembar berikutnya bertanda “Cetak ulang ke-1”. Isi surat dibekukan seperti hari ini."),
        printers=("Epson L3110 · meja depan",),
    ).open()  # fmt: skip
    return window


SHEETS = {
    "parts": parts,
    "form": form,
    "person": person,
    "dialog": dialog,
    "print": print_dialog,
    "people": lambda: gallery_lists.people(frame),
    "people-empty": lambda: gallery_lists.people(frame, count=0),
    "time": lambda: gallery_lists.time_sheet(frame),
    "states": lambda: gallery_lists.states(frame),
    "palette": lambda: gallery_lists.find_anything(frame),
    "opening": gallery_lists.opening,
}
