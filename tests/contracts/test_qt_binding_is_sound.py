"""PySide6 6.12.0 on Python 3.11 loses a reference to True at each emission and aborts."""

from __future__ import annotations

import subprocess
import sys

EMIT = """
import sys
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Bell(QObject):
    rang = Signal(bool, object)

app = QCoreApplication(sys.argv)
heard = []
bell = Bell()
bell.rang.connect(lambda flag, thing: heard.append((flag, thing)))
before = sys.getrefcount(True)
for number in range(2_000):
    bell.rang.emit(True, None)
assert len(heard) == 2_000
heard.clear()
lost = before - sys.getrefcount(True)
assert lost < 100, f"{lost} references to True were lost"
print("sound")
"""


def test_two_thousand_signals_do_not_wear_out_true() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", EMIT], capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "sound"
