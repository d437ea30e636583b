"""`desmigratif-server`: the district technician's commands, a public contract.

Exits: 0 done, 1 refused with one sentence, 2 bad usage, 5 store damaged or wrong key.
`--json` answers {"schema": 1, "ok": …, "data": …, "problems": […]} on one line.
"""

from __future__ import annotations

import argparse
import ipaddress
import json
import logging
import os
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
import uvicorn

from desmigratif_server import devices, settings
from desmigratif_server.app import create_app
from desmigratif_server.patience import MAX_HEAD_BYTES, PatientProtocol
from desmigratif_server.service import Service
from desmigratif_server.store import Store, StoreError
from desmigratif_sync import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DONE, REFUSED, USAGE, DAMAGED = 0, 1, 2, 5
SCHEMA = 1
PORT = 8765
BACKLOG = 512
KEEP_ALIVE_S = 75
FOLDER_VARIABLE = "DESMIGRATIF_SERVER_FOLDER"
Outcome = tuple[dict[str, Any], str]
"""Data for `--json`, and the same as a sentence."""


class RefusedError(Exception):
    """The command is refused; a sentence for people."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives back its exit status."""
    told = _parser().parse_args(arguments)
    told.folder = Path(told.folder).expanduser()
    try:
        data, sentence = told.run(told)
    except (RefusedError, devices.DeviceError, settings.SettingsError) as refused:
        return _fail(told, REFUSED, "refused", str(refused))
    except StoreError as damaged:
        return _fail(told, DAMAGED, "store_damaged", str(damaged))
    except sa.exc.SQLAlchemyError as broken:
        text = f"Penyimpanan server tidak dapat dipakai ({type(broken).__name__})."
        return _fail(told, DAMAGED, "store_damaged", text)
    except OSError as broken:
        return _fail(told, REFUSED, "system", f"Sistem menolak: {broken.strerror or broken}.")
    if told.run is not _serve:
        _say(told, data, sentence)
    return DONE


def _say(told: argparse.Namespace, data: dict[str, Any], sentence: str) -> None:
    answer = {"schema": SCHEMA, "ok": True, "data": data, "problems": []}
    print(json.dumps(answer, ensure_ascii=False) if told.json else sentence, flush=True)


def _fail(told: argparse.Namespace, status: int, code: str, sentence: str) -> int:
    print(sentence, file=sys.stderr)
    if told.json:
        problem = {"code": code, "field": "", "row": None, "cell": None, "message": sentence}
        answer = {"schema": SCHEMA, "ok": False, "data": None, "problems": [problem]}
        print(json.dumps(answer, ensure_ascii=False))
    return status


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    default = os.environ.get(FOLDER_VARIABLE, "")
    shared.add_argument("--folder", default=default, required=not default, help="folder server")
    shared.add_argument("--json", action="store_true", help="jawaban untuk program")
    parser = argparse.ArgumentParser("desmigratif-server", description="Server kabupaten.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="PERINTAH")

    def command(
        name: str, run: Callable[[argparse.Namespace], Outcome], words: str
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, parents=[shared], help=words, description=words)
        made.set_defaults(run=run)
        return made

    made = command("init", _init, "membuat server baru di folder kosong")
    made.add_argument("--practice", action="store_true", help="server latihan")
    made.add_argument("--database", default="", metavar="URL", help="postgresql+psycopg://…")
    made = command("serve", _serve, "melayani laptop desa")
    made.add_argument("--host", default="127.0.0.1")
    made.add_argument("--port", type=int, default=PORT, help="0 = port bebas mana saja")
    made.add_argument("--behind-proxy", action="store_true", help="TLS diurus proksi di depan")
    made = command("enrol-code", _enrol_code, "menerbitkan kode pendaftaran laptop")
    made.add_argument("village", metavar="VILLAGE", help="kode desa, 10 angka")
    made.add_argument("--confirmed", action="store_true", help="tanpa langkah pengesahan")
    made = command("confirm", _confirm, "mengesahkan laptop setelah enam angka dicocokkan")
    made.add_argument("device", metavar="DEVICE")
    made = command("revoke", _revoke, "mencabut izin laptop")
    made.add_argument("device", metavar="DEVICE")
    command("devices", _devices, "daftar laptop")
    made = command("backup", _backup, "membuat salinan terenkripsi yang diperiksa")
    made.add_argument("--to", type=Path, default=None, metavar="DIR")
    return parser


def _opened(told: argparse.Namespace) -> tuple[settings.Settings, Store]:
    found = settings.load(told.folder)
    return found, Store.open(found)


def _init(told: argparse.Namespace) -> Outcome:
    made = settings.create(told.folder, practice=told.practice, database_url=told.database)
    Store.create(made).close()
    kind = "latihan " if made.practice else ""
    keys = told.folder / settings.KEYS_FILE
    sentence = (
        f"Server {kind}{made.server.hex()} siap. Simpan salinan {keys} di tempat terkunci: "
        "tanpa berkas itu cadangan tidak dapat dibaca."
    )
    data = {"server": made.server.hex(), "practice": made.practice, "keys": str(keys)}
    return data, sentence


def _enrol_code(told: argparse.Namespace) -> Outcome:
    _, store = _opened(told)
    with store.write() as connection:
        code = devices.issue_code(connection, told.village, confirmed=told.confirmed)
    store.close()
    hours = devices.CODE_LIFE_MS // 3_600_000
    note = (
        "Kode ini TIDAK memerlukan pengesahan: laptop langsung diterima."
        if told.confirmed
        else "Setelah laptop mendaftar, cocokkan enam angka lalu jalankan `confirm`."
    )
    sentence = f"{code}\nBerlaku {hours} jam untuk satu laptop desa {told.village}. {note}"
    data = {"code": code, "village": told.village, "confirmed": told.confirmed, "hours": hours}
    return data, sentence


def _device(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise devices.DeviceError("Nomor laptop terdiri atas 16 angka heksadesimal.") from None


def _confirm(told: argparse.Namespace) -> Outcome:
    _, store = _opened(told)
    with store.write() as connection:
        known = devices.confirm(connection, _device(told.device))
    store.close()
    data = {"device": told.device, "village": known.village, "state": "active"}
    return data, f"Laptop {known.label!r} desa {known.village} disahkan."


def _revoke(told: argparse.Namespace) -> Outcome:
    _, store = _opened(told)
    with store.write() as connection:
        known = devices.revoke(connection, _device(told.device))
    store.close()
    data = {"device": told.device, "village": known.village, "state": "revoked"}
    return data, f"Izin laptop {known.label!r} desa {known.village} dicabut."


def _devices(told: argparse.Namespace) -> Outcome:
    _, store = _opened(told)
    with store.read() as connection:
        found = devices.every(connection)
    store.close()
    rows = [
        {
            "device": one.device.hex(),
            "village": one.village,
            "label": one.label,
            "laptop": one.letter,
            "state": one.state,
            "sas": one.sas,
            "app": one.app,
            "enrolled_at": one.enrolled_at,
            "seen_at": one.seen_at,
            "flagged": bool(one.flagged_at),
        }
        for one in found
    ]
    lines = [
        f"{row['village']} {row['laptop']} {row['device']} {row['state']:<8} {row['sas']} "
        f"{row['label']}{'  RIWAYAT BERCABANG' if row['flagged'] else ''}"
        for row in rows
    ]
    return {"devices": rows}, "\n".join(lines) or "Belum ada laptop."


def _backup(told: argparse.Namespace) -> Outcome:
    found, store = _opened(told)
    if found.database_url:
        raise RefusedError("Cadangkan PostgreSQL dengan pg_dump; lihat README.")
    target = told.to or told.folder / "backups"
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = target / time.strftime("server-%Y%m%dT%H%M%SZ.db", time.gmtime())
    if path.exists():
        raise RefusedError("Cadangan pada detik ini sudah ada.")
    fresh = path.with_suffix(".part")
    fresh.unlink(missing_ok=True)
    store.copy_to(fresh)
    fresh.chmod(0o600)
    fresh.replace(path)
    store.close()
    size = path.stat().st_size
    return {"path": str(path), "bytes": size}, f"{path} ({size} bita), sudah diperiksa."


def _check_host(told: argparse.Namespace) -> None:
    """Refuse plain HTTP where others could listen (redlist S17)."""
    try:
        loopback = ipaddress.ip_address(told.host).is_loopback
    except ValueError:
        loopback = told.host == "localhost"
    if not loopback and not told.behind_proxy:
        raise RefusedError(
            "Server hanya melayani 127.0.0.1 tanpa TLS. Pasang proksi TLS di depannya "
            "dan tambahkan --behind-proxy."
        )


def _serve(told: argparse.Namespace) -> Outcome:
    _check_host(told)
    found, store = _opened(told)
    family = socket.AF_INET6 if ":" in told.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((told.host, told.port))
    listening.listen(BACKLOG)
    shown = f"[{told.host}]" if ":" in told.host else told.host
    url = f"http://{shown}:{listening.getsockname()[1]}"
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    app = create_app(Service(found, store), behind_proxy=told.behind_proxy)
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_S,
        h11_max_incomplete_event_size=MAX_HEAD_BYTES,
        backlog=BACKLOG,
    )
    kind = "latihan " if found.practice else ""
    data = {"url": url, "server": found.server.hex(), "practice": found.practice}
    _say(told, data, f"Server {kind}melayani di {url}; hentikan dengan Ctrl+C.")
    uvicorn.Server(config).run(sockets=[listening])
    store.close()
    return data, ""
