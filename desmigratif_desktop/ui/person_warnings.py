"""Warnings of a person's form: the NIK that disagrees asks for a reason, others are said.

A warning never blocks. The reasons are those of the table `override_reason`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from desmigratif_desktop.foundation import reference
from desmigratif_desktop.foundation.errors import InputError
from desmigratif_desktop.foundation.identity import compare_nik
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.foundation.partial_dates import parse_partial_date
from desmigratif_desktop.ui.fields import DateField
from desmigratif_desktop.ui.nik_field import NikField
from desmigratif_desktop.ui.radar import Typed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from desmigratif_desktop.ui.section_form import SectionedForm

WATCHED: Final = frozenset({"nik", "birth_date", "sex", "name", "dusun", "mother_name", "alias"})
_TITLES: Final = {
    "nik_birth_date": ("birth_date", "Tanggal lahir berbeda dengan NIK"),
    "nik_sex": ("sex", "Jenis kelamin berbeda dengan NIK"),
    "nik_calendar": ("nik", "Tanggal pada NIK tidak ada di kalender"),
    "nik_serial": ("nik", "Nomor urut NIK tidak biasa"),
    "nik_region_unknown": ("nik", "Kode wilayah pada NIK tidak dikenal"),
}
"""Which field each warning stands under, and its title."""


class NikWatch:
    """Keeps brackets, amber bands and the radar in step with what is typed.

    Args:
        form: the form with `nik`, `birth_date`, `sex`.
        today: of the post.
        tell: takes what the radar shall look for; None for none.
        but_not: the person whose form is open.
        more: further warnings by field, as (title, sentence).
    """

    def __init__(
        self,
        form: SectionedForm,
        today: date,
        tell: Callable[[Typed], None] | None = None,
        but_not: bytes | None = None,
        more: Callable[[], Mapping[str, tuple[str, str]]] | None = None,
    ) -> None:
        self._form, self._today, self._tell, self._but_not = form, today, tell, but_not
        self._more = more
        self._shown: dict[str, str] = {}
        self._silenced = False

    def quiet(self, *, on: bool) -> None:
        """Ask for nothing while a record is loaded whose warnings were answered before."""
        self._silenced = on

    def refresh(self) -> None:
        """Something that matters for the NIK was typed or loaded."""
        form = self._form
        field = form.widget("nik")
        birth, sex = birth_of(form), form.value("sex")
        digits = field.digits() if isinstance(field, NikField) else ""
        if isinstance(field, NikField):
            field.set_partner(birth, sex if isinstance(sex, str) else None)
        self._show_warnings(digits, birth, sex)
        if self._tell is not None:
            words = {
                one: str(form.value(one) or "").strip()
                for one in ("name", "dusun", "mother_name", "sex", "alias")
                if one in form.names()
            }
            nik = digits if len(digits) == 16 else ""
            self._tell(Typed(nik=nik, birth_date=birth or "", but_not=self._but_not, **words))

    def _show_warnings(self, digits: str, birth: str | None, sex: Any) -> None:
        found: dict[str, str] = {}
        if len(digits) == 16 and not self._silenced:
            told = compare_nik(digits, birth, sex, today=self._today)
            found = {one.code: one.message for one in told if one.code in _TITLES}
        wanted: dict[str, tuple[str, str]] = {}
        for code, sentence in found.items():
            field, title = _TITLES[code]
            wanted.setdefault(field, (t(title), sentence))
        if self._more is not None and not self._silenced:
            for field, (title, sentence) in self._more().items():
                before = wanted.get(field)
                both = f"{before[1]} {sentence}" if before else sentence
                wanted[field] = (before[0] if before else title, both)
        for field in [one for one in self._shown if one not in wanted]:
            self._form.form_of(field).drop_reason(field)
            del self._shown[field]
        for field, (title, sentence) in wanted.items():
            if self._shown.get(field) == sentence:
                continue
            choices = reference.table("override_reason").choices()
            self._form.form_of(field).ask_reason(field, title, sentence, choices)
            self._shown[field] = sentence

    def count(self) -> int:
        """How many warnings stand in the form."""
        return len(self._shown)

    def reason(self) -> str | None:
        """The reasons given, in words, for the history; None without any."""
        table = reference.table("override_reason")
        words = dict.fromkeys(table.label(code) for code in self._form.reasons().values())
        return "; ".join(words) or None


def birth_of(form: SectionedForm) -> str | None:
    """The birth date as far as it can be read while it is typed."""
    field = form.widget("birth_date")
    typed = field.text().strip() if isinstance(field, DateField) else ""
    if len(typed) < 4:
        return None
    try:
        return parse_partial_date(typed)
    except InputError:
        return None


def show_nik_reason(form: SectionedForm, *, on: bool | None = None) -> None:
    """Show why there is no NIK: asked for by the link, or because a reason stands there.

    Args:
        form: the form with `nik_missing_reason`.
        on: None decides by the value.
    """
    holder = form.holder("nik_missing_reason")
    if holder is not None:
        shown = form.value("nik_missing_reason") is not None if on is None else on
        holder.setVisible(shown)
