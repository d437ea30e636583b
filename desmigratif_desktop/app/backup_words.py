"""A backup in words, before anybody trusts it: whose, from when, how much, and what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desmigratif_desktop.app.backup_card import iso_words
from desmigratif_desktop.foundation.language import t

if TYPE_CHECKING:
    from desmigratif_desktop.records.restore import BackupSeen


def facts_of(seen: BackupSeen) -> tuple[tuple[str, str], ...]:
    """Label and value of each line."""
    people = seen.counts.get("person", 0)
    episodes = seen.counts.get("migration_episode", 0)
    holds = t("{people} warga, {episodes} pendaftaran").format(people=people, episodes=episodes)
    kind = t(" (latihan)") if seen.practice else ""
    return (
        (t("Milik"), f"{seen.title}{kind}"),
        (t("Dibuat"), t("{when}, laptop {l}").format(when=iso_words(seen.made_at), l=seen.laptop)),
        (t("Isi"), holds),
        (t("Dibuka oleh"), ", ".join(seen.officers)),
    )


def warnings_of(seen: BackupSeen) -> tuple[str, ...]:
    """What the officer must know before it takes the place of the data at hand."""
    found = []
    if seen.is_other_village:
        found.append(t("Cadangan ini milik desa lain; di folder ini tidak dapat dipulihkan."))
    if seen.live_at:
        found.append(
            t(
                "Data di laptop ini lebih baru: terakhir berubah {now}, cadangan dibuat {then}."
                " Yang diisi di antaranya tidak ada dalam cadangan; data sekarang disisihkan."
            ).format(now=iso_words(seen.live_at), then=iso_words(seen.made_at))
        )
    if seen.exchanged_at:
        found.append(
            t(
                "Sesudah cadangan ini laptop bertukar data dengan kabupaten ({when}). Yang sudah"
                " terkirim kembali sendiri pada pertukaran berikutnya."
            ).format(when=iso_words(seen.exchanged_at))
        )
    return tuple(found)
