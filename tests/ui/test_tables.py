"""Tables fetch what is seen, paint every kind, and answer the keyboard."""

from __future__ import annotations

import pytest
from gallery_lists import COLUMNS, make_model
from PySide6.QtCore import Qt

from desmigratif_desktop.ui.badges import Chip
from desmigratif_desktop.ui.record_table import RecordTable
from desmigratif_desktop.ui.table_delegate import find_hits
from desmigratif_desktop.ui.table_model import KEEP_PAGES, PAGE, Cell, CellKind, RecordTableModel
from desmigratif_desktop.ui.table_page import TablePage
from desmigratif_desktop.ui.theme import Tone

pytestmark = pytest.mark.qt


def ids(count):
    return [number.to_bytes(16) for number in range(count)]


def test_only_pages_in_sight_are_fetched(qtbot):
    asked = []
    model = RecordTableModel(COLUMNS, lambda wanted, take: asked.append((wanted, take)))
    model.set_ids(ids(100_000))
    table = RecordTable(model)
    qtbot.addWidget(table)
    table.resize(900, 500)
    table.show()
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert len(asked[0][0]) == PAGE
    assert model.cell(0, 0) is None
    asked[0][1]({one: (Cell("Siti"),) * len(COLUMNS) for one in asked[0][0]})
    assert model.cell(0, 0).text == "Siti"


def test_an_answer_to_an_old_list_is_dropped():
    asked = []
    model = RecordTableModel(COLUMNS, lambda wanted, take: asked.append((wanted, take)))
    model.set_ids(ids(5))
    model.cell(0, 0)
    model.set_ids(ids(3))
    wanted, take = asked[0]
    take({one: (Cell("lama"),) for one in wanted})
    assert model.cell(0, 0) is None


def test_the_cache_stays_small():
    model = make_model(PAGE * (KEEP_PAGES + 10))
    for page in range(KEEP_PAGES + 10):
        assert model.cell(page * PAGE, 0) is not None
    assert len(model._pages) <= KEEP_PAGES


def test_a_record_missing_from_the_answer_is_an_empty_row():
    model = RecordTableModel(COLUMNS, lambda _wanted, take: take({}))
    model.set_ids(ids(2))
    assert model.cell(1, 0) == Cell()


def test_cells_are_spoken():
    model = make_model(4)
    index = model.index(0, 5)
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "3/8"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Nama"


@pytest.mark.parametrize("kind", list(CellKind))
def test_every_kind_is_painted(qtbot, kind):
    cell = Cell("Siti", kind, "RT 002", tone=Tone.SOGA, hits=((0, 3),), done=40, total=80)
    model = RecordTableModel(COLUMNS[:2], lambda w, take: take(dict.fromkeys(w, (cell, cell))))
    table = RecordTable(model)
    qtbot.addWidget(table)
    table.resize(400, 200)
    blank = table.grab().toImage()
    model.set_ids(ids(1))
    table.show()
    assert table.grab().toImage() != blank


def test_hits_begin_words():
    assert find_hits("Baiq Siti Hajrah", "sit") == ((5, 3),)
    assert find_hits("Yusuf Sitinjak", "njak") == ()
    assert find_hits("Siti Nur'aini", "nur sit") == ((0, 3), (5, 3))


@pytest.fixture
def page(qtbot):
    chip = Chip("Tanpa NIK")
    made = TablePage(
        "Warga", "", make_model(40), search_hint="Nama, NIK, atau alamat", chips=(("nik", chip),)
    )
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    made.activateWindow()
    made.set_ids(ids(40))
    return made


def test_enter_opens_and_home_end_jump(page, qtbot):
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_End)
    with qtbot.waitSignal(page.opened) as heard:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert heard.args[0] == ids(40)[-1]


def test_the_current_row_stays_when_the_list_changes(page):
    page.table.select_id(ids(40)[7])
    page.set_ids(ids(40)[5:])
    assert page.table.current_id() == ids(40)[7]
    page.set_ids(ids(3))
    assert page.table.current_id() == ids(40)[0]


def test_searching_filtering_sorting_are_told(page, qtbot):
    with qtbot.waitSignal(page.searched) as heard:
        qtbot.keyClicks(page.search, "s")
    assert heard.args == ["s"]
    with qtbot.waitSignal(page.filtered) as heard:
        page.chip("nik").click()
    assert heard.args == ["nik", True]
    with qtbot.waitSignal(page.sorted_by) as heard:
        page.table._on_head(0)
    assert heard.args == ["name", False]
    page.table._on_head(0)
    assert page.table._head.falling


def test_escape_clears_the_search_and_down_goes_to_the_table(page, qtbot):
    qtbot.keyClicks(page.search, "siti")
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert not page.search.text()
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    assert page.table.hasFocus()


def test_no_row_shows_the_empty_state(page):
    page.set_ids([])
    assert page._stack.currentIndex() == 1
