"""What the tour does: first run, find, register, print, exchange, disagree, lock, back up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desmigratif_desktop.app import assembly
from desmigratif_desktop.app.practice import PEOPLE
from desmigratif_desktop.app.recovery_paper import recovery_paper
from desmigratif_desktop.app.sign_in import SignIn
from desmigratif_desktop.app.tour_district import PracticeDistrict
from desmigratif_desktop.app.tour_guide import Guide, TourError
from desmigratif_desktop.exchange.enrolment import enrol
from desmigratif_desktop.exchange.session import run_exchange
from desmigratif_desktop.features.migration_services.presenter import papers
from desmigratif_desktop.people import persons
from desmigratif_desktop.people.roster import find_people, show_person
from desmigratif_desktop.records import changelog, recovery_code
from desmigratif_desktop.records.unit_of_work import Touched
from desmigratif_desktop.ui.fields import TextField
from desmigratif_desktop.ui.palette import CommandPalette
from desmigratif_desktop.ui.section_form import SectionedForm

if TYPE_CHECKING:
    from pathlib import Path

    from desmigratif_desktop.app.main_window import MainWindow
    from desmigratif_desktop.records.engine import Store

NAME: Final = "Siti Khoiriyah"
IDENTITY: Final = {
    "nik": "3518175207920903", "name": NAME, "alias": "Riah", "birth_place": "Nganjuk",
    "birth_date": "12-07-1992", "sex": "P", "religion": "islam",
    "mother_name": "Kasiyem", "occupation": "mengurus_rumah_tangga",
}  # fmt: skip
REGISTRATION: Final = {
    **IDENTITY, "phone": "081233444471", "address": "Jalan Melati 12", "rt": "2", "rw": "1",
    "dusun": "Ja'an", "contact_name": "Sutrisno", "contact_phone": "081333222111",
    "contact_relation": "suami", "destination_country": "jp", "agency": "PT Contoh Sejahtera",
    "consent_contact_family": "given", "consent_agency": "refused",
}  # fmt: skip


class Day:
    """One practice day.

    Args:
        guide: hands and eyes.
        window: the program's window.
        scratch: a folder for the district and the second laptop.
    """

    def __init__(self, guide: Guide, window: MainWindow, scratch: Path) -> None:
        self._guide, self._window, self._scratch = guide, window, scratch
        self._district: PracticeDistrict | None = None
        self._other: Store | None = None

    def run(self) -> None:
        """Do everything, in an officer's order."""
        self._first_run()
        self._look_around()
        person = self._register()
        self._papers(person)
        self._exchange()
        self._disagree(person)
        self._settings_and_papers()
        self._lock_and_return()

    def close(self) -> None:
        """Stop the district, close the laptops."""
        if self._other is not None:
            self._other.close()
        if self._district is not None:
            self._district.stop()
        _leave(self._window)
        self._window.close()

    @property
    def _store(self) -> Store:
        if self._window.session is None:
            raise TourError("belum ada yang masuk")
        return self._window.session.store

    def _go(self, page: str, subject: object = None) -> None:
        house = self._window.house
        if house is None:
            raise TourError("rumah belum terbuka")
        house.go(page, subject)
        self._settle()

    def _settle(self) -> None:
        session = self._window.session
        self._guide.rest(0.2)
        if session is not None:
            self._guide.wait("pekerjaan selesai", lambda: session.jobs.pending == 0)
        self._guide.rest(0.2)

    def _first_run(self) -> None:
        guide = self._guide
        guide.picture("pertama-kali")
        guide.say("membuka aplikasi untuk pertama kali")
        for way, name in (
            ("post", "siapkan-pos"),
            ("join", "bergabung"),
            ("restore", "dari-cadangan"),
        ):
            self._door().begin(way)
            guide.picture(name)
            self._door().show_ways()
        guide.press("Mulai belajar")
        guide.wait("desa latihan siap", lambda: self._window.house is not None)
        self._settle()
        guide.say(f"desa latihan dengan {PEOPLE} warga siap")
        guide.picture("beranda")

    def _door(self) -> Any:
        from desmigratif_desktop.app.first_run import FirstRun

        return self._guide.find(FirstRun)

    def _look_around(self) -> None:
        guide = self._guide
        guide.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        guide.wait("Ctrl K", lambda: bool(self._window.findChildren(CommandPalette)), 10)
        palette = guide.find(CommandPalette)
        guide.type_into(guide.find(QLineEdit, palette.isAncestorOf), "suparmi")
        self._settle()
        guide.picture("cari-apa-saja", narrow=False)
        guide.key(Qt.Key.Key_Return)
        self._settle()
        guide.say("menemukan warga dengan Ctrl K dan membuka halamannya")
        guide.picture("halaman-warga")
        self._go("people")
        guide.picture("warga")
        field = guide.find(TextField, lambda one: one.isEnabled())
        guide.type_into(field, "zzqx")
        self._settle()
        guide.picture("warga-kosong", narrow=False)
        self._go("migration_services.episodes")
        guide.picture("layanan-migrasi")
        guide.say("melihat daftar warga dan layanan migrasi")

    def _register(self) -> bytes:
        guide = self._guide
        self._go("migration_services.choose")
        guide.picture("daftarkan-warga")
        self._go("migration_services.register", ("cpmi", None))
        form = guide.find(SectionedForm)
        for name, value in REGISTRATION.items():
            fill(guide, form, name, value)
            if name == "occupation":
                guide.picture("pendaftaran-cpmi")
        for place in range(1, 5):
            form.go(place)
            self._settle()
            guide.picture(f"pendaftaran-{place + 1}")
        guide.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        guide.wait("pendaftaran tersimpan", lambda: self._person() is not None)
        self._settle()
        guide.picture("pendaftaran-tersimpan")
        person = self._person()
        if person is None:
            raise TourError("pendaftaran tidak tersimpan")
        guide.say(f"mendaftarkan calon PMI: {NAME}")
        return person

    def _person(self) -> bytes | None:
        with self._store.read() as session:
            found = find_people(self._store, session, NAME, 1)
        return found[0].uid if found else None

    def _papers(self, person: bytes) -> None:
        guide, store = self._guide, self._store
        actor = store.keys.actor
        episode = self._episode(person)
        if actor is None or episode is None:
            raise TourError("perjalanan migrasi tidak ditemukan")
        for kind in papers.PAPERS:
            printed = papers.print_paper(store, actor, kind, episode)
            guide.paper(f"{kind.form}-{kind.code}", printed.data)
            again = papers.print_paper(store, actor, kind, episode)
            guide.paper(f"{kind.form}-{kind.code}-cetak-ulang", again.data)
        with store.read() as session:
            for sheet in ("f4", "a4"):
                blank = papers.blank_paper(store, session, papers.PAPERS[0], sheet)
                guide.paper(f"FORM-3-kosong-{sheet}", blank.data)
        guide.say("mencetak formulir pendaftaran, tanda bukti, cetak ulang, dan formulir kosong")
        self._go("person", person)
        guide.picture("warga-sesudah-daftar")
        self._go("person.form", person)
        guide.picture("ubah-data-warga")
        self._go("person", person)
        guide.key(Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
        self._settle()
        guide.picture("riwayat")
        with store.read() as session:
            household = show_person(store, session, person).household
        if household is None:
            household = self._any_household()
        self._go("household", household)
        guide.picture("keluarga")

    def _any_household(self) -> bytes | None:
        with self._store.read() as session:
            for row in find_people(self._store, session, "siti", 20):
                found = show_person(self._store, session, row.uid).household
                if found is not None:
                    return found
        return None

    def _episode(self, person: bytes) -> bytes | None:
        from sqlalchemy import select

        from desmigratif_desktop.features.migration_services.model import MigrationEpisode

        with self._store.read() as session:
            return session.scalar(
                select(MigrationEpisode.id).where(MigrationEpisode.person == person)
            )

    def _exchange(self) -> None:
        guide, store = self._guide, self._store
        self._district = PracticeDistrict(self._scratch / "kabupaten")
        guide.say("server latihan kabupaten berjalan di laptop ini")
        self._go("sync")
        guide.picture("kirim-terima-belum-terdaftar")
        fields = [one for one in self._window.findChildren(TextField) if one.isVisible()]
        guide.type_into(fields[0], self._district.url)
        guide.type_into(fields[1], self._district.enrol_code(store.replica.village))
        guide.press("Daftarkan laptop")
        guide.wait("tombol kirim", lambda: _has(guide, "Kirim & terima sekarang"))
        guide.press("Kirim & terima sekarang")
        guide.wait("pertukaran", lambda: _has(guide, "Kirim & terima sekarang"))
        self._settle()
        guide.picture("kirim-terima-selesai")
        guide.say("mengirim semua perubahan ke kabupaten")

    def _disagree(self, person: bytes) -> None:
        guide, store = self._guide, self._store
        if self._district is None:
            raise TourError("server latihan belum berjalan")
        new = assembly.NewPost(
            store.replica.village,
            "",
            "Agus Priyono",
            assembly.PRACTICE_PASSPHRASE,
            "B",
            practice=True,
        )
        self._other = assembly.create_post(self._scratch / "laptop-b", new).store
        enrol(self._other, self._district.url, self._district.enrol_code(store.replica.village))
        run_exchange(self._other)
        self._change_phone(self._other, person, "081211112222")
        run_exchange(self._other)
        self._change_phone(store, person, "081299998888")
        run_exchange(store)
        with store.read() as session:
            count = changelog.count_conflicts(session)
        if not count:
            raise TourError("perbedaan antarlaptop tidak terlihat")
        guide.say("laptop B mengubah nomor HP yang sama; kedua nilai disimpan")
        self._go("person", person)
        guide.key(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
        self._settle()
        guide.picture("perbedaan-antarlaptop")
        self._go("sync")
        guide.picture("kirim-terima-perbedaan")

    def _change_phone(self, store: Store, person: bytes, phone: str) -> None:
        actor = store.keys.actor
        if actor is None:
            raise TourError("tidak ada petugas")
        with store.read() as session:
            bases = show_person(store, session, person).bases
        persons.correct_person(store, actor, person, Touched({"phone": phone}, bases))

    def _settings_and_papers(self) -> None:
        guide, store = self._guide, self._store
        self._go("settings")
        guide.picture("pengaturan")
        guide.press("Buat cadangan sekarang")
        self._settle()
        guide.say("membuat dan memeriksa cadangan")
        sheet = recovery_paper(store, recovery_code.spell(recovery_code.new_code()))
        guide.paper("lembar-kunci-pemulihan-contoh", sheet.data)
        self._go("home")
        guide.picture("beranda-sore")

    def _lock_and_return(self) -> None:
        guide = self._guide
        self._window.lock()
        guide.rest()
        guide.picture("layar-terkunci")
        page = guide.find(SignIn)
        page.type_passphrase(assembly.PRACTICE_PASSPHRASE)
        guide.press("Buka kunci")
        guide.wait("kunci terbuka", lambda: self._window.house is not None)
        self._settle()
        guide.say("mengunci layar dan membukanya lagi")


def fill(guide: Guide, form: SectionedForm, name: str, value: str) -> None:
    """Put one answer into a form: typed where a person types, chosen where they choose."""
    form.reveal(name)
    widget = form.widget(name)
    line = widget if isinstance(widget, QLineEdit) else None
    if line is None and name == "nik":
        line = widget.findChild(QLineEdit)
    if line is not None:
        line.clear()
        guide.type_into(line, value)
        return
    widget.set_value(value)  # type: ignore[attr-defined]
    widget.edited.emit()  # type: ignore[attr-defined]
    guide.rest(0.02)


def _has(guide: Guide, words: str) -> bool:
    try:
        guide.button(words)
    except TourError:
        return False
    return True


def _leave(window: MainWindow) -> None:
    if window.house is not None:
        window.house.close_pages()
        window.house = None
    if window.session is not None:
        window.session.close()
        window.session = None


__all__ = ["Day", "fill"]
