"""What the wire's short reasons mean for an officer: one sentence, one advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desmigratif_desktop.foundation.errors import SyncRefusedError, UnreachableError
from desmigratif_sync.protocol.frames import FrameResult

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desmigratif_sync.protocol.endpoint import NotReachedError, RefusedError

SAFE = "Data Anda aman di laptop ini."

UNREACHABLE: Mapping[str, tuple[str, str]] = {
    "offline": (
        "Server kabupaten tidak dapat dihubungi.",
        f"Periksa sambungan internet, lalu coba lagi. {SAFE}",
    ),
    "timeout": (
        "Server kabupaten terlalu lama tidak menjawab.",
        f"Coba lagi di tempat yang sinyalnya lebih baik. {SAFE}",
    ),
    "redirect": (
        "Sambungan internet ini mengalihkan ke halaman lain.",
        f"Masuklah dahulu ke jaringan Wi-Fi lewat peramban, lalu coba lagi. {SAFE}",
    ),
    "no_answer": (
        "Yang menjawab bukan server kabupaten.",
        f"Masuklah dahulu ke jaringan Wi-Fi lewat peramban, lalu coba lagi. {SAFE}",
    ),
    "not_signed": (
        "Jawaban yang diterima tidak ditandatangani server kabupaten.",
        f"Jangan lanjutkan di jaringan ini; hubungi kabupaten bila berulang. {SAFE}",
    ),
    "insecure": (
        "Alamat server tidak aman.",
        "Alamat server harus diawali https://.",
    ),
    "other_server": (
        "Alamat ini dilayani server yang lain daripada server kabupaten yang dikenal.",
        "Jangan lanjutkan sebelum kabupaten membenarkan penggantian server.",
    ),
    "too_large": (
        "Kiriman atau jawabannya terlalu besar untuk sambungan ini.",
        f"Coba lagi; aplikasi akan memakai potongan yang lebih kecil. {SAFE}",
    ),
    "tls": (
        "Sertifikat server kabupaten tidak dipercaya oleh laptop ini.",
        "Periksa tanggal laptop; bila sudah benar, hubungi kabupaten.",
    ),
    "unavailable": (
        "Server kabupaten sedang tidak siap.",
        f"Coba lagi beberapa saat lagi. {SAFE}",
    ),
    "too_many": (
        "Server kabupaten meminta menunggu.",
        f"Coba lagi beberapa menit lagi. {SAFE}",
    ),
}

FRAME_REASONS: Mapping[str, str] = {
    FrameResult.FORK: "Riwayat laptop ini berbeda dengan yang sudah diterima.",
    FrameResult.BAD_SIGNATURE: "Tanda tangan kiriman tidak cocok dengan laptop pengirim.",
    FrameResult.BAD_CHAIN: "Kiriman sebelumnya belum lengkap.",
    FrameResult.WRONG_VILLAGE: "Kiriman ini milik desa lain.",
    FrameResult.NOT_ALLOWED: "Laptop ini tidak berhak mengirim data ini.",
    FrameResult.TOO_LARGE: "Kiriman terlalu besar.",
    FrameResult.QUOTA: "Jatah penyimpanan desa di server kabupaten sudah penuh.",
    FrameResult.MALFORMED: "Isi kiriman tidak dapat dibaca.",
    "practice": "Data latihan dan data sungguhan tidak boleh bercampur.",
    "unknown_device": "Pengirim kiriman ini belum dikenal; menunggu daftar laptop desa.",
    "waits": "Menunggu kiriman lain yang mendahuluinya.",
}


def frame_reason(code: str) -> str:
    """Why a frame was not taken, for the officer."""
    return FRAME_REASONS.get(code, f"Kiriman tidak diterima ({code}).")


def unreachable(error: NotReachedError) -> UnreachableError:
    """The officer's words for a missing or untrusted answer."""
    sentence, advice = UNREACHABLE.get(error.reason, UNREACHABLE["offline"])
    return UnreachableError(sentence, advice)


def refused(error: RefusedError) -> SyncRefusedError:
    """The officer's words for a refusal."""
    problem = error.problem
    return SyncRefusedError(problem.sentence, problem.advice, problem.code)
