"""The exchange in words: what happens now, how much, when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desmigratif_desktop.exchange.values import Stage
from desmigratif_desktop.foundation.clock import ZONES, hlc_datetime
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.foundation.partial_dates import format_with_weekday

if TYPE_CHECKING:
    from desmigratif_desktop.exchange.values import ExchangeOutcome, Progress

STAGES = {
    Stage.SEAL: "Menyiapkan dan menyegel perubahan",
    Stage.TALK: "Mengirim dan menerima",
    Stage.APPLY: "Memeriksa dan menggabungkan",
}


def when_words(step: Progress) -> str:
    """One line for a running exchange."""
    head = t(STAGES[step.stage])
    moved = f"{step.sent_kb} KB dikirim, {step.received_kb} KB diterima"
    left = step.left_to_send + step.left_to_receive + step.left_to_apply
    rest = t(" · sisa {n} bingkai").format(n=left) if left else ""
    return f"{head} · {moved}{rest}"


def outcome_words(outcome: ExchangeOutcome) -> str:
    """What an exchange came to, in one sentence."""
    if not outcome.complete:
        return t("Dihentikan sebelum selesai. Yang sudah sampai tetap tersimpan.")
    if not outcome.sent_entries and not outcome.applied:
        return t("Tidak ada yang baru. Laptop ini dan kabupaten sudah sama.")
    return t("Selesai. {sent} perubahan dikirim, {got} diterima.").format(
        sent=outcome.sent_entries, got=outcome.applied
    )


def moment_words(millis: int | None) -> str:
    """When something happened; "belum pernah" for never."""
    if millis is None:
        return t("belum pernah")
    moment = hlc_datetime(millis << 16, ZONES["WIB"])
    return f"{format_with_weekday(moment.date())}, pukul {moment:%H.%M}"
