from __future__ import annotations

import dataclasses
import io
from datetime import date
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from desmigratif_desktop.documents import archive, numbering
from desmigratif_desktop.documents.sheets import A4, F4, Sheet
from desmigratif_desktop.features.migration_services.documents import (
    CARD,
    CERTIFICATE,
    FORM,
    PAPER_NAMES,
    blank_registration_form,
    issue_paper,
    press_paper,
    registration_card,
    registration_certificate,
    registration_form,
    render_paper,
)
from desmigratif_desktop.features.migration_services.documents.form import date_cells
from desmigratif_desktop.features.migration_services.documents.form_back import usual_documents
from desmigratif_desktop.features.migration_services.values import (
    DocumentFacts,
    RelativeFacts,
    WorkFacts,
)
from desmigratif_desktop.foundation.errors import InputError, RuleBrokenError
from desmigratif_desktop.records.unit_of_work import unit
from kit.papers import (
    LONG_NAME,
    OFFICE,
    OFFICER,
    annotations,
    loose_fonts,
    paper_store,
    registration,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from desmigratif_desktop.foundation.clock import FrozenClock
    from desmigratif_desktop.records.engine import Store

SHEETS = pytest.mark.parametrize("sheet", [F4, A4], ids=["f4", "a4"])
PAPERS: list[Callable[..., Any]] = [registration_form, registration_certificate, registration_card]
HOSTILE = "<b>Tgk. H. Muhammad & <a href=file:///c:/x.exe>Ikhsan"


def extreme(**changes: Any) -> Any:
    """Everything as long as it comes, unknown where it hurts."""
    relative = RelativeFacts(LONG_NAME, "saudara sepupu dari pihak ibu", "+62 812-0000-4417",
                             "Kabupaten Teluk Penyu Hilir")  # fmt: skip
    work = WorkFacts("Asisten rumah tangga keluarga lanjut usia", "Hong Kong", "2013–2017", "PHK")
    office = dataclasses.replace(
        OFFICE, village="Kepulauan Seribu Bukit Barisan Selatan", village_term="Gampong",
        subdistrict="Kepulauan Seribu Bukit Barisan Selatan", subdistrict_term="Distrik",
        regency="Teluk Penyu Lematang Hilir Utara",
        address="Jalan Teuku Panglima Polem Raya Simpang Empat Nomor 112 A, Dusun Tengah",
    )  # fmt: skip
    facts = registration(
        office=office, name=LONG_NAME, passport_name="W" * 60, mother_name=LONG_NAME,
        father_name=LONG_NAME, spouse_name=LONG_NAME, officer=LONG_NAME, nik=None,
        nik_missing_reason="KTP belum terbit, masih dalam proses perekaman", birth_date="1991",
        birth_place="Kepulauan Seribu Bukit Barisan", registrant="pmi", signs_with="thumbprint",
        religion="Kepercayaan terhadap Tuhan Yang Maha Esa", emergency_contact=relative,
        heir=relative, caregiver=relative, agency=LONG_NAME, recruiter_name=LONG_NAME,
        languages=("Inggris", "Mandarin", "Kanton", "Jepang", "Korea", "Arab", "Melayu"),
        work_history=(work,) * 5, signer_name=LONG_NAME, signer_relation="suami",
        documents=tuple(DocumentFacts(f"Dokumen {n}", held=True) for n in range(18)),
    )  # fmt: skip
    return dataclasses.replace(facts, **changes)


@SHEETS
def test_the_form_has_two_pages_with_name_and_number_on_both(sheet: Sheet) -> None:
    paper = registration_form(registration(), sheet)
    pages = texts(paper.data)
    assert paper.pages == len(pages) == 2
    for number, page in enumerate(pages, 1):
        assert "SITI NURHALIMAH" in page
        assert "2026/0047" in page
        assert f"Halaman {number} dari 2" in page
    for word in ("POS LAYANAN DESMIGRATIF", "Sumberjaya", "Krajan Kulon", "Hong Kong"):
        assert word in pages[0]
    for word in ("Taiwan", "PT Bahtera Karya Mandiri", "Kartu Keluarga", "DEWI LESTARI"):
        assert word in pages[1]
    assert "9 9 0 5 0 1" in pages[0] or "990501" in pages[0].replace(" ", "")


@SHEETS
@pytest.mark.parametrize("make", PAPERS)
def test_equal_facts_press_to_equal_bytes(make: Callable[..., Any], sheet: Sheet) -> None:
    assert make(registration(), sheet).data == make(registration(), sheet).data
    assert make(registration(), sheet).data != make(registration(phone="1", name="X"), sheet).data


@SHEETS
@pytest.mark.parametrize("make", PAPERS)
def test_fonts_are_embedded_and_the_language_is_told(
    make: Callable[..., Any], sheet: Sheet
) -> None:
    paper = make(registration(), sheet)
    assert loose_fonts(paper.data) == set()
    assert b"/Lang" in paper.data


@SHEETS
def test_a_blank_form_carries_no_number_and_no_person(sheet: Sheet) -> None:
    paper = blank_registration_form(OFFICE, sheet)
    pages = texts(paper.data)
    assert len(pages) == 2
    assert "CPMI/" not in "".join(pages)
    assert "POS LAYANAN DESMIGRATIF" in pages[0]
    assert "Karanganyar, ...." in pages[1]
    for one in usual_documents():
        assert one.label in pages[1]
    assert paper.data == blank_registration_form(OFFICE, sheet).data


@SHEETS
@pytest.mark.parametrize("make", PAPERS)
def test_the_longest_values_fit_and_none_is_cut(make: Callable[..., Any], sheet: Sheet) -> None:
    paper = make(extreme(), sheet)
    assert paper.pages == (2 if make is registration_form else 1)
    whole = "".join(texts(paper.data)).replace(" ", "").upper()
    assert LONG_NAME.replace(" ", "").upper() in whole
    if make is registration_form:
        assert "W" * 60 in whole


@SHEETS
@pytest.mark.parametrize("make", PAPERS)
def test_F17_hostile_names_are_literal_text_without_links(
    make: Callable[..., Any], sheet: Sheet
) -> None:
    paper = make(registration(name=HOSTILE, officer=HOSTILE, address=HOSTILE), sheet)
    whole = "".join(texts(paper.data)).replace(" ", "").casefold()
    assert HOSTILE.replace(" ", "").casefold() in whole
    assert annotations(paper.data) == []
    assert b"/URI" not in paper.data
    assert b"/Launch" not in paper.data


@SHEETS
def test_nothing_is_drawn_outside_the_printable_area(sheet: Sheet) -> None:
    for paper in (registration_form(extreme(), sheet), registration_certificate(extreme(), sheet)):
        document = pypdfium2.PdfDocument(io.BytesIO(paper.data))
        for page in document:
            image = page.render(scale=1, grayscale=True).to_pil()
            edge = round(4.4 / 25.4 * 72)
            inner = image.crop((edge, edge, image.width - edge, image.height - edge))
            outer = sum(one < 128 for one in image.tobytes())
            assert outer == sum(one < 128 for one in inner.tobytes())
        document.close()


def test_a_single_name_and_almost_nothing_known_still_prints() -> None:
    bare = registration(
        name="Sukarno", nik=None, no_kk=None, birth_date=None, birth_place=None, sex=None,
        emergency_contact=None, heir=None, caregiver=None, work_history=(), consents=(),
    )  # fmt: skip
    for make in PAPERS:
        assert "sukarno" in "".join(texts(make(bare).data)).casefold()


def test_without_consent_health_stays_empty_even_when_stored() -> None:
    told = registration(disability="kursi roda", consents=("health_note",))
    untold = registration(disability="kursi roda", consents=("photo",))
    assert "kursi roda" in texts(registration_form(told).data)[1]
    assert "kursi roda" not in texts(registration_form(untold).data)[1]
    same = registration_form(dataclasses.replace(untold, health_statement="perlu_pemeriksaan"))
    assert same.data == registration_form(untold).data


def test_the_district_is_told_not_asked() -> None:
    page = texts(registration_form(registration()).data)[1]
    assert "disampaikan kepada Dinas Tenaga Kerja kabupaten" in page
    assert "boleh dikirim ke Dinas" not in page


@pytest.mark.parametrize("make", PAPERS)
def test_practice_papers_say_that_they_are_not_valid(make: Callable[..., Any]) -> None:
    practice = registration(office=dataclasses.replace(OFFICE, practice=True))
    for page in texts(make(practice).data):
        assert "LATIHAN · TIDAK BERLAKU" in page
        assert page.count("LATIHAN") >= 2
    assert "LATIHAN" not in "".join(texts(make(registration()).data))


@pytest.mark.parametrize("make", [registration_certificate, registration_card])
def test_the_full_nik_stands_only_on_the_form(make: Callable[..., Any]) -> None:
    whole = "".join(texts(make(registration()).data)).replace(" ", "")
    assert "9905014105900003" not in whole
    assert "bukanizinbekerjakeluarnegeri" in whole.casefold()


def test_more_documents_than_the_page_holds_are_refused() -> None:
    many = tuple(DocumentFacts(f"Dokumen {n}") for n in range(19))
    with pytest.raises(InputError, match="Kelengkapan dokumen"):
        registration_form(registration(documents=many))


@pytest.mark.parametrize(
    ("value", "cells"),
    [("1990-05-01", "01051990"), ("1990-05", "  051990"), ("1990", "    1990"), (None, ""),
     ("dulu", "")],
)  # fmt: skip
def test_partial_dates_leave_their_cells_empty(value: str | None, cells: str) -> None:
    assert date_cells(value) == cells


def test_the_queue_never_shows_the_full_name() -> None:
    from pypdf import PdfReader

    meta = PdfReader(io.BytesIO(registration_form(registration()).data)).metadata
    assert meta is not None
    assert "Nurhalimah".casefold() not in str(meta.title).casefold()


PERSON = b"\x09" * 16
DAY = date(2026, 11, 21)


@pytest.fixture
def store(tmp_path: Path, clock: FrozenClock) -> Iterator[Store]:
    made = paper_store(tmp_path / "a", clock)
    yield made
    made.close()


def test_a_registrations_papers_share_its_number(store: Store) -> None:
    with unit(store, OFFICER, "person.register") as work:
        number = numbering.take_number(work, numbering.registration_rule(OFFICE, "A"), DAY)
    facts = registration(registration_no=number.text)
    with unit(store, OFFICER, "paper.issue") as work:
        for paper_type in PAPER_NAMES:
            issue_paper(work, paper_type, PERSON, facts, on=DAY)
    with store.read() as session:
        issued = archive.papers_of(session, PERSON)
        assert {one.paper_type for one in issued} == {FORM, CERTIFICATE, CARD}
        assert {one.number for one in issued} == {number.text}
        assert numbering.gaps(session, numbering.registration_rule(OFFICE, "A"), 2026) == ()
        for one in issued:
            assert render_paper(one).sha256 == one.sha256


def test_equal_facts_are_found_so_that_they_are_printed_again(store: Store) -> None:
    with unit(store, OFFICER, "paper.issue") as work:
        issued = issue_paper(work, FORM, PERSON, registration(), on=DAY, sheet=A4)
    with store.read() as session:
        found = archive.issued_equal(session, FORM, PERSON, registration())
        assert found is not None
        assert found.id == issued.id
        assert found.sheet == "a4"
        assert archive.issued_equal(session, FORM, PERSON, registration(name="X")) is None
        assert archive.issued_equal(session, CARD, PERSON, registration()) is None


def test_without_a_number_nothing_is_issued(store: Store) -> None:
    with pytest.raises(RuleBrokenError), unit(store, OFFICER, "paper.issue") as work:
        issue_paper(work, FORM, PERSON, registration(registration_no=""), on=DAY)


def test_a_blank_takes_no_number(store: Store) -> None:
    blank_registration_form(OFFICE)
    with unit(store, OFFICER, "paper.number") as work:
        rule = numbering.registration_rule(OFFICE, "A")
        assert numbering.take_number(work, rule, DAY).serial == 1


def test_a_photo_is_printed_only_with_consent() -> None:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (30, 40), "black").save(buffer, "PNG")
    photo = buffer.getvalue()
    for paper_type in (FORM, CERTIFICATE):
        without = press_paper(paper_type, registration(), photo=photo)
        assert without.data == press_paper(paper_type, registration()).data
        agreed = registration(consents=("photo",))
        assert b"/Image" in press_paper(paper_type, agreed, photo=photo).data


def test_a_long_working_life_says_what_stands_elsewhere() -> None:
    jobs = tuple(WorkFacts(f"Pekerjaan {n}", "Malaysia", str(2000 + n)) for n in range(9))
    page = texts(registration_form(registration(work_history=jobs)).data)[0]
    assert "Pekerjaan 8" in page
    assert "dan 5 pekerjaan sebelumnya, tercatat di pos layanan" in page
