"""F1: what this page is for and which keys it knows, one text a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.dialogs import Dialog
from desmigratif_desktop.ui.labels import PlainLabel
from desmigratif_desktop.ui.theme import Hue

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

TEXTS: Final = {
    "home": (
        "Beranda",
        (
            "Halaman ini menunjukkan siapa yang menunggu langkah berikutnya, apa yang perlu Anda"
            " putuskan, dan berapa perubahan yang belum terkirim. Tekan nama untuk membukanya."
        ),
        "F2 daftar warga · Ctrl N daftarkan warga · Ctrl K cari apa saja · F9 kirim dan terima",
    ),
    "people": (
        "Warga",
        (
            "Ketik nama, nama panggilan, atau awal NIK. NIK hanya tampak sebagian di daftar; angka"
            " lengkapnya ada di halaman orangnya dan pada kertas."
        ),
        "Panah memilih · Enter membuka · Ctrl N warga baru · Esc menghapus pencarian",
    ),
    "people.duplicates": (
        "Warga mungkin tercatat ganda",
        (
            "Pasangan yang mirip beserta alasannya. Bandingkan berdampingan, lengkapi yang satu "
            "dari yang lain, atau katakan bahwa keduanya orang yang berbeda; itu diingat."
        ),
        "Ctrl Enter periksa semua warga · Esc kembali",
    ),
    "person": (
        "Halaman warga",
        (
            "Semua yang tercatat tentang satu orang: perjalanan migrasinya, dokumen, keluarga, dan"
            " riwayat siapa mengubah apa. Riwayat tidak dapat dihapus; perubahan dapat dibatalkan."
        ),
        "F4 ubah data · Ctrl P cetak · Ctrl 1 sampai 4 berpindah bagian · Esc kembali",
    ),
    "person.form": (
        "Data warga",
        (
            "Isi seperti pada KTP. Hanya nama yang wajib. Peringatan tidak menghalangi; pilih"
            " alasannya lalu simpan. Yang Anda ketik tersimpan sendiri sebagai draf."
        ),
        "Tab isian berikut · Enter isian berikut · Ctrl S simpan · Esc kembali",
    ),
    "people.import": (
        "Impor dari berkas",
        (
            "Pilih berkas, cocokkan kolomnya, lalu periksa hasilnya. Baru sesudah Anda setuju"
            " warganya masuk, sekaligus semuanya. Seluruh impor dapat dibatalkan."
        ),
        "Ctrl Enter lanjut · Esc langkah sebelumnya atau hentikan · F1 bantuan",
    ),
    "household": (
        "Keluarga",
        (
            "Orang-orang dalam satu kartu keluarga. Pemilik No. KK yang sama berkumpul di sini"
            " dengan sendirinya."
        ),
        "Enter membuka orangnya · Esc kembali",
    ),
    "migration_services.choose": (
        "Daftarkan warga",
        (
            "Pilih siapa yang datang: calon pekerja, yang sudah pulang, atau yang sedang di luar"
            " negeri. Yang belum diketahui boleh dikosongkan; tidak ada yang disalahkan."
        ),
        "Ketik nama untuk mencari · Enter memilih · Esc kembali",
    ),
    "migration_services.register": (
        "Pendaftaran",
        (
            "Satu kali simpan mencatat orang, keluarga, rencana kerja, dokumen, dan persetujuan"
            " sekaligus. Draf tersimpan sendiri, juga bila listrik padam."
        ),
        "Alt panah bawah bagian berikut · Ctrl S simpan · F1 arti isian · Esc kembali",
    ),
    "migration_services.episodes": (
        "Layanan migrasi",
        (
            "Semua perjalanan migrasi warga desa ini menurut tahapnya. Saringan di atas daftar"
            " memilih calon pekerja, yang sedang bekerja, atau yang sudah pulang."
        ),
        "Panah memilih · Enter membuka orangnya · Ctrl N daftarkan warga · Esc kembali",
    ),
    "migration_services.papers": (
        "Cetak surat",
        (
            "Kertas diperiksa di layar sebelum dicetak. Nomor baru terpakai saat kertas"
            " diterbitkan; mencetak ulang memakai kertas yang sama persis."
        ),
        "Ctrl P cetak · Esc kembali",
    ),
    "sync": (
        "Kirim dan terima",
        (
            "Laptop ini dan kabupaten saling memberi yang baru. Boleh dihentikan kapan saja: yang"
            " sudah sampai tetap tersimpan. Tidak ada yang hilang atau tercatat dua kali."
        ),
        "F9 mulai · Esc hentikan",
    ),
    "settings": (
        "Pengaturan",
        "Data pos, petugas dan kata sandinya, cadangan, serta lembar kunci pemulihan.",
        "Tab isian berikut · Ctrl S simpan · Esc kembali",
    ),
}


def open_help(over: QWidget, page: str) -> Dialog:
    """Show the help of a page."""
    title, sentence, keys = TEXTS.get(page, TEXTS["home"])
    dialog = Dialog(over, t(title), icon="info")
    dialog.add(PlainLabel(t(sentence), 14, wrap=True))
    dialog.add(PlainLabel(t(keys), 13, 400, Hue.INK_2, wrap=True))
    dialog.add_effect(t("Tutup"))
    dialog.open()
    return dialog
