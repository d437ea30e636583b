"""Province, regency, subdistrict, village: four short lists, each narrowed by the one before."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.foundation.places import Regions
from desmigratif_desktop.ui.choices import Choice
from desmigratif_desktop.ui.form_parts import FieldFrame

_CUTS: Final = (2, 4, 6, 10)


class VillageChooser(QWidget):
    """Chooses one of the country's villages by its address chain.

    Signals:
        edited(): another village was chosen, or none.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        words = (t("Provinsi"), t("Kabupaten atau kota"), t("Kecamatan"), t("Desa atau kelurahan"))
        self._lists: list[Choice] = []
        for place, label in enumerate(words):
            one = Choice(placeholder=t("Pilih"), searchable=True)
            one.setAccessibleName(label)
            one.edited.connect(lambda level=place: self._narrow(level))
            self._lists.append(one)
            grid.addWidget(FieldFrame(label, one), place // 2, place % 2)
        self._offer(0, "")

    def _offer(self, level: int, inside: str) -> None:
        children = Regions.load().children(inside) if level == 0 or inside else ()
        self._lists[level].set_options([(one.code, one.name) for one in children])
        self._lists[level].setEnabled(bool(children))

    def _narrow(self, level: int) -> None:
        chosen = self._lists[level].value() or ""
        for below in range(level + 1, len(self._lists)):
            self._lists[below].set_value(None)
            self._offer(below, chosen if below == level + 1 else "")
        self.edited.emit()

    def value(self) -> str | None:
        """The village's 10 digits; None while not chosen."""
        return self._lists[-1].value()

    def set_value(self, code: str) -> None:
        """Choose a village by its code."""
        for level, cut in enumerate(_CUTS):
            self._lists[level].set_value(code[:cut])
            if level + 1 < len(self._lists):
                self._offer(level + 1, code[:cut])

    def set_mark(self, mark: str) -> None:
        """Mark the lists that are still open."""
        for one in self._lists:
            one.set_mark("" if one.value() else mark)
