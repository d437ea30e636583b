"""What a server can refuse, as decimal codes; the whole part is the HTTP status.

`Problem` is a value on the wire, `WireError` the local exception for bytes that cannot
be taken. The sentences are what an officer reads.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Code(StrEnum):
    """Every problem the wire knows. A number is never used again for another meaning."""

    UNREADABLE_ENVELOPE = "400.1"
    UNREADABLE_MESSAGE = "400.2"
    NOT_AUTHENTIC = "401.1"
    STALE_COUNTER = "401.2"
    OTHER_SERVER = "401.3"
    NOT_CONFIRMED = "403.1"
    REVOKED = "403.2"
    PRACTICE_MIXED = "403.3"
    BAD_CODE = "403.4"
    NOT_FOUND = "404.1"
    TOO_SLOW = "408.1"
    FORK = "409.1"
    LETTER_TAKEN = "409.2"
    DEVICE_ELSEWHERE = "409.3"
    TOO_LARGE = "413.1"
    VERSION = "426.1"
    TOO_MANY = "429.1"
    FAILED = "500.1"
    STORE_AWAY = "503.1"


SENTENCES: Mapping[str, tuple[str, str]] = {
    Code.UNREADABLE_ENVELOPE: (
        "Server kabupaten tidak dapat membaca kiriman ini.",
        "Data di laptop ini aman. Coba lagi; bila berulang, hubungi kabupaten.",
    ),
    Code.UNREADABLE_MESSAGE: (
        "Server kabupaten tidak dapat membaca isi kiriman ini.",
        "Data di laptop ini aman. Perbarui aplikasi, lalu coba lagi.",
    ),
    Code.NOT_AUTHENTIC: (
        "Server kabupaten tidak mengenali laptop ini.",
        "Data di laptop ini aman. Hubungi kabupaten untuk memeriksa pendaftaran laptop.",
    ),
    Code.STALE_COUNTER: (
        "Nomor urut kiriman sudah pernah dipakai.",
        "Aplikasi akan mencoba lagi dengan nomor berikutnya.",
    ),
    Code.OTHER_SERVER: (
        "Alamat ini dilayani server yang lain daripada server kabupaten yang dikenal.",
        "Jangan lanjutkan sebelum kabupaten membenarkan penggantian server.",
    ),
    Code.NOT_CONFIRMED: (
        "Laptop ini belum disahkan oleh kabupaten.",
        "Bacakan enam angka di layar kepada petugas kabupaten agar laptop disahkan.",
    ),
    Code.REVOKED: (
        "Kabupaten telah mencabut izin laptop ini untuk bertukar data.",
        "Data tetap dapat dibaca di laptop ini. Hubungi kabupaten.",
    ),
    Code.PRACTICE_MIXED: (
        "Data latihan dan data sungguhan tidak boleh bercampur.",
        "Gunakan server latihan untuk folder latihan dan server kabupaten untuk pos.",
    ),
    Code.BAD_CODE: (
        "Kode pendaftaran salah, kedaluwarsa, atau sudah dipakai.",
        "Periksa ketikan; bila tetap ditolak, minta kode baru kepada kabupaten.",
    ),
    Code.NOT_FOUND: ("Alamat ini tidak dikenal server.", "Periksa alamat server kabupaten."),
    Code.TOO_SLOW: (
        "Kiriman terlalu lama sampai di server.",
        "Aplikasi akan mencoba lagi dengan kiriman yang lebih kecil.",
    ),
    Code.FORK: (
        "Riwayat laptop ini berbeda dengan yang sudah diterima kabupaten.",
        "Mungkin laptop dipulihkan dari cadangan atau disalin. Ikuti petunjuk pemulihan.",
    ),
    Code.LETTER_TAKEN: (
        "Huruf laptop ini sudah dipakai laptop lain di desa yang sama.",
        "Pilih huruf lain yang masih bebas, lalu daftarkan kembali.",
    ),
    Code.DEVICE_ELSEWHERE: (
        "Laptop ini sudah terdaftar untuk desa lain.",
        "Hubungi kabupaten.",
    ),
    Code.TOO_LARGE: (
        "Kiriman terlalu besar untuk server.",
        "Aplikasi akan mencoba lagi dengan kiriman yang lebih kecil.",
    ),
    Code.VERSION: (
        "Versi aplikasi ini tidak lagi dilayani server kabupaten.",
        "Perbarui aplikasi, lalu coba lagi. Data di laptop ini aman.",
    ),
    Code.TOO_MANY: ("Terlalu banyak permintaan dalam waktu singkat.", "Tunggu beberapa saat."),
    Code.FAILED: (
        "Terjadi kesalahan di server kabupaten.",
        "Data di laptop ini aman. Coba lagi; sebutkan nomor kesalahan kepada kabupaten.",
    ),
    Code.STORE_AWAY: (
        "Penyimpanan server kabupaten sedang tidak siap.",
        "Data di laptop ini aman. Coba lagi beberapa saat lagi.",
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal on the wire.

    Attributes:
        code: decimal code, one of `Code`; an unknown one keeps its HTTP status.
        details: facts for the program, text or whole numbers ("free": "BC", "last": 41,
            "error": "7f3a90c2").
    """

    code: str
    details: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """HTTP status: the whole part of the code."""
        return int(self.code.partition(".")[0])

    @property
    def sentence(self) -> str:
        """What happened, for the officer."""
        return self._texts()[0]

    @property
    def advice(self) -> str:
        """What to do, for the officer."""
        return self._texts()[1]

    def _texts(self) -> tuple[str, str]:
        fallback = (f"Server kabupaten menolak permintaan ini ({self.code}).", "Hubungi kabupaten.")
        return SENTENCES.get(self.code, fallback)


class WireError(Exception):
    """Bytes that break the protocol.

    Attributes:
        code: the problem's decimal code.
    """

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
