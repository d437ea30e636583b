"""A place above a form where one band stands at a time, and takes no room while empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desmigratif_desktop.ui.bands import Band

if TYPE_CHECKING:
    from desmigratif_desktop.ui.buttons import Button
    from desmigratif_desktop.ui.theme import Tone


class BandStack(QWidget):
    """Shows the latest band only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 12, 24, 12)
        self._band: Band | None = None
        self.hide()

    def say(
        self, title: str, sentence: str, tone: Tone, *, icon: str = "", button: Button | None = None
    ) -> Band:
        """Show a band in place of the one before."""
        self.clear()
        self._band = Band(title, sentence, tone, icon=icon, button=button)
        self._column.addWidget(self._band)
        self.show()
        return self._band

    def band(self) -> Band | None:
        """The band that stands there now."""
        return self._band

    def clear(self) -> None:
        """Take the band away."""
        if self._band is not None:
            self._column.removeWidget(self._band)
            self._band.hide()
            self._band.deleteLater()
            self._band = None
        self.hide()
