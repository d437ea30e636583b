"""Parts of a person's page that tell a migration: next step, journey, documents, consents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desmigratif_desktop.features.migration_services.presenter.glance import lawful
from desmigratif_desktop.foundation import partial_dates
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.ui.bands import Band
from desmigratif_desktop.ui.buttons import link, secondary
from desmigratif_desktop.ui.cards import Card, FactRow, Hairline
from desmigratif_desktop.ui.labels import ElidedLabel, IconLabel, PlainLabel
from desmigratif_desktop.ui.theme import Hue, Tone
from desmigratif_desktop.ui.timeline import Episode, EpisodeBar, Step, StepLine, StepState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from desmigratif_desktop.features.migration_services.values import (
        DocumentLine,
        EpisodeView,
        MigrationView,
    )

TONES: Final = {"cpmi": Tone.SOGA, "pmi": Tone.LEAF, "purna": Tone.INDIGO, "closed": Tone.STONE}
STATES: Final = {
    "done": StepState.DONE, "current": StepState.CURRENT, "later": StepState.LATER,
}  # fmt: skip
SIGNS: Final = {
    "ada": ("check", Hue.LEAF), "tidak_perlu": ("minus", Hue.INK_3), "belum": ("clock", Hue.SOGA),
}  # fmt: skip
PLANNED_YEARS: Final = 1.4
UNKNOWN_YEARS: Final = 2.0


def year_of(day: str | None) -> float | None:
    """A partial date as a year with its fraction; None when unknown."""
    if not day:
        return None
    first = partial_dates.earliest(day)
    return first.year + (first.timetuple().tm_yday - 1) / 365.25


def next_step_band(migration: MigrationView, on_record: Callable[[], None]) -> Band | None:
    """The amber band that names the next step; None when nothing waits."""
    if not migration.episodes:
        return None
    episode = migration.episodes[0]
    button = secondary(t("Catat tahap"), icon="edit")
    button.clicked.connect(on_record)
    if migration.next_step:
        missing = [one.label for one in lawful(episode.documents) if one.status == "belum"]
        sentence = t("Dokumen menurut undang-undang sudah lengkap.")
        if missing:
            sentence = t("{n} dokumen belum ada: {names}.").format(
                n=len(missing), names=_few([_short(one) for one in missing])
            )
        return Band(migration.next_step, sentence, Tone.SOGA, icon="flag", button=button)
    if episode.stage in {"hilang_kontak", "bermasalah"}:
        title = t("Langkah berikutnya: tanyakan kabar kepada keluarga")
        sentence = t("Tahap terakhir: {stage}. Catat kabar yang diterima.").format(
            stage=episode.stage_label.lower()
        )
        return Band(title, sentence, Tone.BRICK, icon="phone", button=button)
    return None


def _few(names: list[str]) -> str:
    if len(names) <= 2:
        return t(" dan ").join(names)
    return t("{names}, dan {n} lagi").format(names=", ".join(names[:2]), n=len(names) - 2)


def _short(label: str) -> str:
    """The first words of a document's long name."""
    name = label.split(",", maxsplit=1)[0].split(" / ", maxsplit=1)[0].split(" (", maxsplit=1)[0]
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def journey_card(
    migration: MigrationView,
    today: date,
    on_add: Callable[[], None],
    on_stage: Callable[[], None] | None,
) -> Card:
    """The life abroad on an axis of years, and the steps before departure.

    Args:
        migration: of the person.
        today: of the post.
        on_add: registers another journey.
        on_stage: records a stage; None where a band offers it already.
    """
    count = len(migration.episodes)
    since = min(
        (one.since or str(one.values.get("registered_on") or "9999") for one in migration.episodes),
        default="",
    )
    remark = t("{n} kali, sejak {year}").format(n=count, year=since[:4]) if count else ""
    card = Card(t("Perjalanan migrasi"), remark, lined=True)
    add = link(t("Tambah"), icon="plus")
    add.clicked.connect(on_add)
    if count and on_stage is not None:
        stage = link(t("Catat tahap"), icon="edit")
        stage.clicked.connect(on_stage)
        card.add_head(stage)
    card.add_head(add)
    card.body.setContentsMargins(20, 12, 20, 10)
    card.body.setSpacing(8)
    if not count:
        words = t(
            "Belum ada perjalanan yang dicatat. Tekan Tambah bila orang ini datang untuk"
            " bekerja ke luar negeri, sedang di sana, atau sudah pulang."
        )
        card.add(PlainLabel(words, 13, 400, Hue.INK_2, wrap=True))
        return card
    now = today.year + (today.timetuple().tm_yday - 1) / 365.25
    card.add(EpisodeBar([_bar(one, now) for one in migration.episodes], now))
    latest = migration.episodes[0]
    if latest.tone == "cpmi":
        card.add(Hairline())
        card.add(StepLine([Step(one.label, STATES[one.mark]) for one in latest.steps]))
    elif latest.stages:
        card.add(Hairline())
        card.add(_stage_line(latest))
    return card


def _bar(one: EpisodeView, now: float) -> Episode:
    work = one.labels.get("abroad_occupation", "").lower()
    country = one.labels.get("destination_country") or t("negara belum diketahui")
    start, end = year_of(one.since), year_of(one.until)
    if one.tone == "cpmi" or (start is not None and start > now):
        begin = start if start is not None and start > now else now + 0.03
        under = t("{work}, persiapan").format(work=work) if work else t("persiapan")
        return Episode(country, under, begin, max(begin, now) + PLANNED_YEARS, is_planned=True)
    last = end if end is not None else now
    first = start if start is not None else last - UNKNOWN_YEARS
    if last <= first:
        last = first + 0.3
    length = t("tahun belum diketahui")
    if start is not None:
        length = t("{n} th").format(n=max(1, round(last - first)))
    return Episode(country, f"{work}, {length}" if work else length, first, last)


def _stage_line(episode: EpisodeView) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 2, 0, 2)
    row.setSpacing(10)
    row.addWidget(IconLabel("flag", TONES[episode.tone].value.text, 16))
    row.addWidget(PlainLabel(t("Tahap terakhir"), 13, 400, Hue.INK_2))
    row.addWidget(PlainLabel(episode.stage_label, 13, 600))
    last = next((one for one in reversed(episode.stages) if one.stage == episode.stage), None)
    told = []
    if last is not None and last.happened_on:
        told.append(partial_dates.format_long(last.happened_on))
    if last is not None and last.note:
        told.append(last.note)
    row.addWidget(ElidedLabel(" · ".join(told), 13, 400, Hue.INK_3), 1)
    return holder


def document_row(one: DocumentLine) -> QWidget:
    """One document: sign, name, what is known about it."""
    holder = QWidget()
    holder.setFixedHeight(29)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    icon, colour = SIGNS.get(one.status, SIGNS["belum"])
    row.addWidget(IconLabel(icon, colour, 16))
    has = one.status == "ada"
    row.addWidget(ElidedLabel(_name(one.label), 13, 400 if has else 600), 1)
    row.addWidget(PlainLabel(status_words(one), 12, 400, Hue.INK_2 if has else colour))
    return holder


def _name(label: str) -> str:
    return label.split(",", maxsplit=1)[0].split(" / ", maxsplit=1)[0]


def status_words(one: DocumentLine) -> str:
    """What is known about a document, in a few words."""
    if one.status == "ada" and one.valid_until:
        return t("berlaku s.d. {day}").format(day=partial_dates.format_short(one.valid_until))
    if one.status == "ada":
        day = partial_dates.format_short(one.noted_on) if one.noted_on else t("ada")
        return (one.number or day)[:24]
    return t("tidak perlu") if one.status == "tidak_perlu" else t("belum ada")


def documents_card(episode: EpisodeView, on_all: Callable[[], None], most: int = 6) -> Card:
    """The documents of the law, and how many are there."""
    lines = lawful(episode.documents)
    held = sum(one.status in {"ada", "tidak_perlu"} for one in lines)
    remark = t("{n} dari {all}").format(n=held, all=len(lines))
    card = Card(t("Dokumen"), remark, padding=16)
    rest = len(lines) - most
    more = link(t("{n} lagi").format(n=rest) if rest > 0 else t("Semua"), trailing="right")
    more.clicked.connect(on_all)
    card.add_head(more)
    card.body.setSpacing(0)
    for one in lines[:most]:
        card.add(document_row(one))
    card.body.addStretch(1)
    return card


def work_card(episode: EpisodeView, spell: Callable[[str | None], str]) -> Card:
    """What is known about the work abroad, for who is there or came back."""
    card = Card(t("Pekerjaan di luar negeri"), padding=16)
    card.body.setSpacing(2)
    values, labels = episode.values, episode.labels
    months = values.get("contract_months")
    rows = (
        (t("Pekerjaan"), labels.get("abroad_occupation", "")),
        (t("Tempat"), str(values.get("destination_place") or "")),
        (t("Pemberi kerja"), str(values.get("employer") or "")),
        (t("Telepon"), spell(_text(values.get("employer_phone")))),
        (t("P3MI"), str(values.get("agency") or "")),
        (t("Skema"), labels.get("placement_scheme", "")),
        (t("Kontrak"), t("{n} bulan").format(n=months) if months else ""),
        (t("Berangkat"), partial_dates.format_long(_text(values.get("departure_date")))),
        (t("Pulang"), partial_dates.format_long(_text(values.get("return_date")))),
        (t("Alasan pulang"), labels.get("return_reason", "")),
        (t("Jalur"), labels.get("route_status", "")),
    )
    known = [(name, value) for name, value in rows if value]
    for name, value in known[:7]:
        card.add(FactRow(name, value))
    if not known:
        told = t("Belum ada yang diketahui. Dapat dilengkapi kapan saja.")
        card.add(PlainLabel(told, 13, 400, Hue.INK_2, wrap=True))
    card.body.addStretch(1)
    return card


def _text(value: object) -> str | None:
    return str(value) if value else None


def consents_card(migration: MigrationView, on_change: Callable[[], None]) -> Card:
    """What the person agreed to; unanswered purposes are said calmly."""
    card = Card(t("Persetujuan"), padding=16)
    change = link(t("Ubah"))
    change.clicked.connect(on_change)
    card.add_head(change)
    card.body.setSpacing(4)
    for one in migration.consents:
        row = QHBoxLayout()
        row.addWidget(ElidedLabel(one.label, 13, 400, Hue.INK_2), 1)
        agreed = one.answer == "given"
        colour = Hue.LEAF if agreed else Hue.INK_2 if one.answer else Hue.SOGA
        words = one.answer_label.lower() if one.answer else t("belum ditanya")
        row.addWidget(PlainLabel(words, 12, 600, colour))
        card.add(row)
    card.body.addStretch(1)
    return card


def contacts_card(migration: MigrationView, spell: Callable[[str | None], str]) -> Card | None:
    """Whom to call; None when nobody is known."""
    if not migration.contacts:
        return None
    card = Card(t("Kontak darurat"), padding=16)
    card.body.setSpacing(2)
    for one in migration.contacts[:2]:
        line = QVBoxLayout()
        line.setSpacing(0)
        line.addWidget(ElidedLabel(one.name, 13, 600))
        told = [one.relation or "", spell(one.phone), one.place or ""]
        line.addWidget(ElidedLabel(" · ".join(x for x in told if x), 12, 400, Hue.INK_2))
        card.add(line)
    return card
