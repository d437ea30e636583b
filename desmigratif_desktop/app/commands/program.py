"""The command line: which commands there are, and one door in and out of each."""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from desmigratif_desktop.app.commands.answers import (
    DONE,
    Streams,
    UsageError,
    bug,
    tell,
    tell_error,
)
from desmigratif_desktop.foundation.errors import DesmigratifError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desmigratif_desktop.app.commands.answers import Answer

_MODULES: Final = {
    "init": "post", "officer": "post", "recover": "post", "demo": "practice",
    "person": "people", "export": "exports", "forms": "papers", "print": "papers",
    "enrol": "exchanges", "sync": "exchanges", "check": "keeping", "backup": "keeping",
    "restore": "keeping", "rehearse": "keeping", "import": "imports",
}  # fmt: skip
PROGRAM: Final = "desmigratif-tool"


def run(argv: Sequence[str] | None = None) -> int:
    """Parse, run, answer; never a traceback for bad input."""
    given = list(sys.argv[1:] if argv is None else argv)
    streams = Streams(_utf8(sys.stdout), _utf8(sys.stderr), sys.stdin, "--json" in given)
    try:
        return tell(streams, _dispatch(parser().parse_args(given), streams))
    except SystemExit:
        return DONE
    except DesmigratifError as error:
        return tell_error(streams, error)
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return 1
    except Exception as error:  # noqa: BLE001 - the last door; the details go to the log
        return tell_error(streams, bug(_note(error)))


def _utf8(stream: Any) -> Any:
    """A console of another code page must not break on a name."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="replace")
    return stream


def _note(error: Exception) -> str:
    """Keep the fault in the log and give it a short name."""
    import logging
    import secrets

    reference = secrets.token_hex(3)
    logging.getLogger(__name__).error("fault %s: %s", reference, type(error).__name__)
    return f"{type(error).__name__} {reference}"


def _dispatch(arguments: argparse.Namespace, streams: Streams) -> Answer:
    import importlib

    module = importlib.import_module(f"desmigratif_desktop.app.commands.{arguments.module}")
    answer: Answer = getattr(module, arguments.function)(arguments, streams)
    return answer


class Parser(argparse.ArgumentParser):
    """A parser that refuses in one sentence, by the same door as everything else."""

    def error(self, message: str) -> NoReturn:
        """Refuse a command line.

        Raises:
            UsageError: always.
        """
        raise UsageError(f"Perintah tidak dapat diikuti ({message}).", f"Lihat: {self.prog} --help")


def _common() -> argparse.ArgumentParser:
    """Options that stand before or after the command alike."""
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    group = common.add_argument_group("umum")
    group.add_argument("--folder", type=Path, help="folder pos layanan")
    group.add_argument("--passphrase-file", type=Path, help="berkas berisi kata sandi")
    group.add_argument("--json", action="store_true", help="jawaban untuk program")
    return common


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    common = _common()
    top = Parser(
        PROGRAM, description="Desmigratif tanpa jendela.", parents=[common], allow_abbrev=False
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="PERINTAH")

    def add(parent: Any, name: str, function: str, about: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = parent.add_parser(
            name, help=about, description=about, parents=[common], allow_abbrev=False
        )
        module = _MODULES[function.split("_", 1)[0]]
        made.set_defaults(module=module, function=function)
        return made

    _add_post(commands, add)
    _add_people(commands, add)
    _add_papers(commands, add)
    _add_exchange(commands, add)
    _add_keeping(commands, add)
    return top


def _group(commands: Any, name: str, about: str) -> Any:
    made = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
    return made.add_subparsers(dest="sub", required=True, metavar="TINDAKAN")


def _add_post(commands: Any, add: Any) -> None:
    init = add(commands, "init", "init", "buat pos layanan baru")
    init.add_argument("--village", required=True, help="kode wilayah desa, 10 angka")
    init.add_argument("--office", default="", help="nama kantor")
    init.add_argument("--officer", required=True, help="nama petugas pertama")
    init.add_argument("--laptop", choices=("A", "B", "C"), default="A")
    init.add_argument("--practice", action="store_true", help="folder untuk belajar")
    init.add_argument("--sheet", type=Path, help="tulis lembar pemulihan ke berkas PDF ini")
    officer = _group(commands, "officer", "petugas pos layanan")
    new = add(officer, "add", "officer_add", "tambah petugas dengan kata sandinya")
    new.add_argument("--name", required=True)
    new.add_argument("--role", default="petugas")
    new.add_argument("--position", default=None, help="jabatan pada surat")
    new.add_argument("--new-passphrase-file", type=Path, required=True)
    slot = add(officer, "slot", "officer_slot", "ganti kata sandi seorang petugas")
    slot.add_argument("--name", default=None, help="nama petugas; tanpa ini diri sendiri")
    slot.add_argument("--new-passphrase-file", type=Path, required=True)
    leaving = add(officer, "remove", "officer_remove", "petugas berhenti; data disandikan ulang")
    leaving.add_argument("name", help="nama petugas yang berhenti")
    add(officer, "list", "officer_list", "daftar petugas")
    recover = add(commands, "recover", "recover", "masuk dengan lembar pemulihan")
    recover.add_argument("--sheet", required=True, help="kode pemulihan, atau berkas berisinya")
    recover.add_argument("--officer", default=None, help="petugas yang mendapat kata sandi baru")
    demo = add(commands, "demo", "demo", "isi folder latihan")
    demo.add_argument("--people", type=int, default=240)
    demo.add_argument("--seed", type=int, default=1)


def _add_people(commands: Any, add: Any) -> None:
    person = _group(commands, "person", "warga")
    new = add(person, "add", "person_add", "daftarkan warga dari JSON")
    new.add_argument(
        "file", help="berkas JSON (objek, daftar, atau satu objek sebaris); - = masukan"
    )
    new.add_argument("--override-reason", default=None)
    show = add(person, "show", "person_show", "tampilkan seorang warga")
    show.add_argument("who", help="nomor data atau NIK")
    find = add(person, "find", "person_find", "cari warga")
    find.add_argument("text")
    find.add_argument("--limit", type=int, default=50)
    change = add(person, "set", "person_set", "ubah isian seorang warga")
    change.add_argument("who")
    change.add_argument("changes", nargs="+", metavar="isian=nilai")
    change.add_argument("--override-reason", default=None)
    history = add(person, "history", "person_history", "siapa mengubah apa")
    history.add_argument("who")
    copy = add(person, "export", "person_export", "salinan data tentang seorang warga")
    copy.add_argument("who")
    copy.add_argument("--to", type=Path, default=None)
    _add_imports(commands, add)
    export = _group(commands, "export", "ekspor")
    people = add(export, "people", "export_people", "semua warga ke berkas")
    people.add_argument("--to", type=Path, required=True, help="berkas .json, .csv, atau .xlsx")


def _add_imports(commands: Any, add: Any) -> None:
    rosters = _group(commands, "import", "impor daftar warga")
    people = add(rosters, "people", "import_people", "masukkan daftar warga dari lembar kerja")
    people.add_argument(
        "file", help="berkas .xlsx, .xlsm, .xls, .ods, .csv, atau .json; - = masukan"
    )
    people.add_argument("--dry-run", action="store_true", help="periksa saja, jangan simpan")
    people.add_argument("--report", type=Path, default=None, help="laporan .csv atau .xlsx")
    people.add_argument("--mapping", type=Path, default=None, help="pemetaan kolom, JSON")
    people.add_argument(
        "--accept-changes", action="store_true", help="terima usul perubahan pada warga yang ada"
    )
    undo = add(rosters, "undo", "import_undo", "batalkan seluruh sebuah impor")
    undo.add_argument("act", help="nomor tindakan dari jawaban impor")


def _add_papers(commands: Any, add: Any) -> None:
    add(commands, "forms", "forms", "daftar formulir")
    print_ = add(commands, "print", "print_form", "cetak formulir ke PDF")
    print_.add_argument("form", help="kode formulir, misalnya pendaftaran_cpmi atau FORM-3")
    print_.add_argument("--record", default=None, help="nomor data warga atau pendaftaran")
    print_.add_argument("--to", type=Path, required=True)
    print_.add_argument("--sheet", choices=("f4", "a4"), default="f4")
    print_.add_argument("--blank", action="store_true", help="kosong, untuk diisi tangan")


def _add_exchange(commands: Any, add: Any) -> None:
    enrol = add(commands, "enrol", "enrol", "daftarkan laptop ini ke server kabupaten")
    enrol.add_argument("url")
    enrol.add_argument("code")
    sync = add(commands, "sync", "sync", "kirim dan terima data")
    sync.add_argument("--server", default=None, help="alamat lain dari yang terdaftar")


def _add_keeping(commands: Any, add: Any) -> None:
    add(commands, "check", "check", "periksa keutuhan data")
    backup = add(commands, "backup", "backup", "buat cadangan yang teruji")
    backup.add_argument("--to", type=Path, default=None, help="folder cadangan")
    rehearse = add(commands, "rehearse", "rehearse", "uji pemulihan cadangan terbaru")
    rehearse.add_argument("--to", type=Path, default=None, help="folder cadangan")
    restore = add(commands, "restore", "restore", "pulihkan dari cadangan")
    restore.add_argument("file", type=Path)
    restore.add_argument("--sheet", default=None, help="kode pemulihan, atau berkas berisinya")
