"""Qt's own words in Indonesian: Qt ships no catalogue for it.

The words live in Python, so no compiled catalogue can be missing in a package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, QTranslator

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication

WORDS: Final = {
    # QPlatformTheme: the standard buttons
    "OK": "Baik", "Save": "Simpan", "Save All": "Simpan semua", "Open": "Buka",
    "&Yes": "&Ya", "Yes to &All": "Ya untuk &semua", "&No": "&Tidak",
    "N&o to All": "Tidak untuk s&emua", "Abort": "Hentikan", "Retry": "Coba lagi",
    "Ignore": "Abaikan", "Close": "Tutup", "Cancel": "Batal", "Discard": "Buang",
    "Help": "Bantuan", "Apply": "Terapkan", "Reset": "Kembalikan",
    "Restore Defaults": "Kembalikan ke awal", "Don't Save": "Jangan simpan",
    "Close without Saving": "Tutup tanpa menyimpan",
    # context menus of lines and texts
    "&Undo": "&Urungkan", "&Redo": "U&langi", "Cu&t": "&Potong", "&Copy": "&Salin",
    "&Paste": "&Tempel", "Delete": "Hapus", "Select All": "Pilih semua",
    "Copy &Link Location": "Salin alamat &tautan",
    "Insert Unicode control character": "Sisipkan huruf kendali",
    # scroll bars
    "Scroll here": "Gulir ke sini", "Top": "Atas", "Bottom": "Bawah", "Left edge": "Tepi kiri",
    "Right edge": "Tepi kanan", "Page up": "Halaman naik", "Page down": "Halaman turun",
    "Page left": "Halaman kiri", "Page right": "Halaman kanan", "Scroll up": "Gulir naik",
    "Scroll down": "Gulir turun", "Scroll left": "Gulir kiri", "Scroll right": "Gulir kanan",
    # QFileDialog
    "Look in:": "Cari di:", "Back": "Kembali", "Go back": "Kembali", "Forward": "Maju",
    "Go forward": "Maju", "Alt+Left": "Alt+Left", "Alt+Right": "Alt+Right",
    "Parent Directory": "Folder di atasnya", "Go to the parent directory": "Ke folder di atasnya",
    "Alt+Up": "Alt+Up", "Create New Folder": "Buat folder baru",
    "Create a New Folder": "Buat folder baru", "List View": "Tampilan daftar",
    "Change to list view mode": "Ubah ke tampilan daftar", "Detail View": "Tampilan rincian",
    "Change to detail view mode": "Ubah ke tampilan rincian", "Sidebar": "Bilah sisi",
    "List of places and bookmarks": "Daftar tempat", "Files": "Berkas",
    "Files of type:": "Jenis berkas:", "Find Directory": "Cari folder", "Open ": "Buka ",
    "Save As": "Simpan sebagai", "Directory:": "Folder:", "File &name:": "&Nama berkas:",
    "&Open": "&Buka", "&Choose": "&Pilih", "&Save": "&Simpan", "All Files (*)": "Semua berkas (*)",
    "All files (*)": "Semua berkas (*)", "Show &hidden files": "Tampilkan berkas &tersembunyi",
    "&Rename": "&Ganti nama", "&Delete": "&Hapus", "&New Folder": "&Folder baru",
    "New Folder": "Folder baru", "Directories": "Folder", "Recent Places": "Tempat terakhir",
    "Remove": "Hapus", "My Computer": "Komputer ini", "Computer": "Komputer", "Drive": "Cakram",
    "File": "Berkas", "File Folder": "Folder", "Folder": "Folder", "Name": "Nama",
    "Size": "Ukuran", "Type": "Jenis", "Kind": "Jenis", "Date Modified": "Diubah pada",
    "Shortcut": "Pintasan", "Alias": "Pintasan", "Unknown": "Tidak dikenal",
    "%1 already exists.\nDo you want to replace it?": "%1 sudah ada.\nGanti dengan yang baru?",
    "%1\nFile not found.\nPlease verify the correct file name was given.":
        "%1\nBerkas tidak ditemukan.\nPeriksa nama berkasnya.",
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.":
        "%1\nFolder tidak ditemukan.\nPeriksa nama foldernya.",
    "'%1' is write protected.\nDo you want to delete it anyway?":
        "'%1' dilindungi dari perubahan.\nTetap hapus?",
    "Are you sure you want to delete '%1'?": "Hapus '%1'?",
    "Could not delete directory.": "Folder tidak dapat dihapus.",
    '<b>The name "%1" cannot be used.</b><p>Try using another name, with fewer characters or'
    " no punctuation marks.": 'Nama "%1" tidak dapat dipakai. Coba nama lain.',
    # QPrintDialog and its pages
    "Print": "Cetak", "&Print": "&Cetak", "Print To File ...": "Cetak ke berkas …",
    "Print to File (PDF)": "Cetak ke berkas (PDF)", "Printer": "Pencetak", "&Name:": "&Nama:",
    "P&roperties": "Si&fat", "Properties": "Sifat", "Location:": "Tempat:", "Preview": "Pratinjau",
    "Type:": "Jenis:", "Output &file:": "&Berkas hasil:", "&Options >>": "&Pilihan >>",
    "&Options <<": "&Pilihan <<", "Copies": "Lembar", "Copies:": "Lembar:",
    "Print range": "Halaman", "Print all": "Semua halaman", "Pages from": "Halaman",
    "Pages": "Halaman", "to": "sampai", "Current Page": "Halaman ini", "Selection": "Pilihan",
    "Output Settings": "Pengaturan hasil", "Collate": "Susun per rangkap",
    "Reverse": "Urutan terbalik", "Options": "Pilihan", "Color Mode": "Warna", "Color": "Berwarna",
    "Grayscale": "Hitam putih", "Duplex Printing": "Cetak dua sisi", "None": "Tidak",
    "Long side": "Sisi panjang", "Short side": "Sisi pendek", "Paper": "Kertas",
    "Page size:": "Ukuran kertas:", "Width:": "Lebar:", "Height:": "Tinggi:",
    "Paper source:": "Baki:", "Orientation": "Arah", "Portrait": "Tegak",
    "Landscape": "Mendatar", "Reverse landscape": "Mendatar terbalik",
    "Reverse portrait": "Tegak terbalik", "Margins": "Tepi", "Page Layout": "Susunan halaman",
    "Page Setup": "Pengaturan halaman", "Custom": "Ukuran sendiri", "Form": "Lembar",
    "Pages per sheet:": "Halaman per lembar:", "Page order:": "Urutan halaman:",
    "Cancel printing": "Batalkan pencetakan",
    # other dialogs of Qt
    "Show Details...": "Tampilkan rincian…", "Hide Details...": "Sembunyikan rincian…",
    "Next": "Lanjut", "&Next": "&Lanjut", "< &Back": "< &Kembali", "&Next >": "&Lanjut >",
    "&Finish": "&Selesai", "Finish": "Selesai", "Commit": "Simpan", "Done": "Selesai",
    "Continue": "Lanjutkan", "Quit": "Keluar", "More...": "Lainnya…", "Clear": "Kosongkan",
    "Uncheck": "Hapus centang", "Check": "Centang", "Toggle": "Ubah", "Press": "Tekan",
    "Show menu": "Tampilkan menu", "Close Tab": "Tutup tab", "&Restore": "&Kembalikan",
    "&Move": "&Pindah", "Mi&nimize": "&Kecilkan", "Ma&ximize": "&Besarkan", "&Close": "&Tutup",
    "Minimize": "Kecilkan", "Maximize": "Besarkan", "Restore": "Kembalikan", "Menu": "Menu",
    "&Select All": "Pilih s&emua", "&Step up": "&Naik", "Step &down": "&Turun",
}  # fmt: skip


class IndonesianQt(QTranslator):
    """Answers Qt's questions for words from our own list; never asks a file."""

    def isEmpty(self) -> bool:
        """It always has words."""
        return False

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803 - Qt's name
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        """Look a word up; an unknown one stays as it is, since an empty answer shows nothing."""
        _ = (context, disambiguation, n)
        return WORDS.get(sourceText) or sourceText


def speak_indonesian(app: QApplication, owner: QObject | None = None) -> IndonesianQt:
    """Teach Qt's dialogs Indonesian and set numbers and dates to id_ID."""
    QLocale.setDefault(QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia))
    translator = IndonesianQt(owner or app)
    app.installTranslator(translator)
    return translator
