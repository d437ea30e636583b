"""What a chosen backup holds, and what it lacks, before it is restored."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desmigratif_desktop.app.backup_words import facts_of, warnings_of
from desmigratif_desktop.foundation.errors import DesmigratifError
from desmigratif_desktop.foundation.language import t
from desmigratif_desktop.records.restore import look_at
from desmigratif_desktop.ui.bands import Band
from desmigratif_desktop.ui.cards import FactRow
from desmigratif_desktop.ui.theme import Tone


class BackupPanel(QWidget):
    """Looks at a file each time another is chosen; shows nothing for none.

    Args:
        folder: where it would be restored to.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def look(self, name: str) -> None:
        """Show what a file says of itself."""
        self._clear()
        path = Path(name.strip())
        if not name.strip() or not path.is_file():
            self.hide()
            return
        try:
            seen = look_at(path, self._folder)
        except DesmigratifError as error:
            self._column.addWidget(Band(error.sentence, error.advice, Tone.BRICK))
        else:
            for label, value in facts_of(seen):
                self._column.addWidget(FactRow(label, value))
            for words in warnings_of(seen):
                self._column.addWidget(Band(t("Perhatikan"), words, Tone.SOGA))
        self.show()

    def _clear(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
