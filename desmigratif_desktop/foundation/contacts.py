"""Phone and passport numbers: one kept form, a readable one, and a masked one.

Phones are kept as E.164 text ("+6281234567890") whether Indonesian or foreign,
because half of the families' numbers begin with +852, +886, +60 or +966.

Source: domain reference §3.7.
"""

from __future__ import annotations

import re
from typing import Final, NoReturn

from desmigratif_desktop.foundation.errors import FieldProblem, InputError

HOME_CODE: Final = "62"
_GROUPING = re.compile(r"[ ().\-/\u00a0]")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
_HOME_MOBILE = re.compile(r"\+628[1-9][0-9]{7,10}", re.ASCII)
_HOME_LANDLINE = re.compile(r"\+62[2-79][0-9]{6,10}", re.ASCII)
_LOCAL_MOBILE = re.compile(r"8[1-9][0-9]{7,10}", re.ASCII)
_HOME_OR_ABROAD = re.compile(r"85[23][0-9]{8}|886[0-9]{9}", re.ASCII)
"""Without its zero 0852-9123-4567 looks like a number of Hong Kong."""
_PASSPORT = re.compile(r"[A-Z]{1,2}[0-9]{6,7}", re.ASCII)
_COUNTRY_PREFIXES: Final = (
    "852", "853", "855", "856", "880", "886", "960", "961", "962", "963", "964", "965", "966",
    "967", "968", "970", "971", "972", "973", "974", "670", "673", "675", "20", "27", "30", "31",
    "32", "33", "34", "36", "39", "40", "41", "44", "45", "46", "47", "48", "49", "60", "61",
    "62", "63", "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "98", "1", "7",
)  # fmt: skip
_NEEDS = "Tulis nomor seperti 0812-3456-7890, atau +852 9123 4567 untuk nomor luar negeri."


def normalise_phone(text: str, *, field: str = "phone") -> str:
    """Bring a phone number to E.164.

    "0812 3456 7890", "62812…", "812…" (a sheet ate the zero), "+852 9123 4567" and
    "00852…" are read; anything uncertain is refused, not guessed.

    Args:
        text: what was typed; "" stays "".
        field: the field the problem is shown beside.

    Raises:
        InputError: not a phone number.
    """
    bare = _GROUPING.sub("", text.strip())
    if not bare:
        return ""
    digits = bare.removeprefix("+")
    if not (digits.isascii() and digits.isdigit()):
        _refuse(field, "phone_digits", f"Nomor telepon hanya boleh memuat angka. {_NEEDS}")
    number = bare if bare.startswith("+") else _with_country(bare)
    if number.startswith("+620"):
        number = f"+62{number[4:]}"
    if not number:
        _refuse(field, "phone_country", f"Awali nomor ini dengan 0 atau +kode negara. {_NEEDS}")
    if not _E164.fullmatch(number):
        _refuse(field, "phone_length", f"Panjang nomor telepon ini tidak wajar. {_NEEDS}")
    if number.startswith("+62") and not (
        _HOME_MOBILE.fullmatch(number) or _HOME_LANDLINE.fullmatch(number)
    ):
        _refuse(field, "phone_length", f"Nomor Indonesia ini kurang atau lebih angka. {_NEEDS}")
    return number


def format_phone(number: str | None) -> str:
    """Print a kept number: "0812-3456-7890", "+852 9123 4567"."""
    if not number:
        return ""
    if number.startswith("+628"):
        local = f"0{number[3:]}"
        return "-".join(part for part in (local[:4], local[4:8], local[8:]) if part)
    if number.startswith("+62"):
        return f"0{number[3:]}"
    prefix = next((one for one in _COUNTRY_PREFIXES if number.startswith(f"+{one}")), "")
    rest = number[1 + len(prefix) :]
    parts = [rest[place : place + 4] for place in range(0, len(rest), 4)]
    return " ".join((f"+{prefix}" if prefix else "+", *parts)).replace("+ ", "+")


def is_mobile(number: str) -> bool:
    """Whether a kept number is an Indonesian mobile phone (the usual WhatsApp)."""
    return bool(_HOME_MOBILE.fullmatch(number))


def mask_phone(number: str | None) -> str:
    """Hide the middle of a kept number: "0812-••••-7890", abroad "+852•••••567"."""
    if not number:
        return ""
    if is_mobile(number):
        local = f"0{number[3:]}"
        return f"{local[:4]}-{'•' * (len(local) - 8)}-{local[-4:]}"
    prefix = next((one for one in _COUNTRY_PREFIXES if number.startswith(f"+{one}")), "")
    shown = f"+{prefix}" if prefix else ""
    hidden = max(len(number) - len(shown) - 3, 0)
    return f"{shown}{'•' * hidden}{number[-3:]}"


def normalise_passport(text: str) -> str:
    """The kept form of a passport number: capitals, no blanks or dashes."""
    return re.sub(r"[ -]", "", text.strip()).upper()


def check_passport(text: str, *, field: str = "passport_no") -> tuple[FieldProblem, ...]:
    """Warn when a kept passport number has not the usual shape (one or two letters, digits)."""
    if not text or _PASSPORT.fullmatch(text):
        return ()
    sentence = "Nomor paspor biasanya satu atau dua huruf lalu 6-7 angka; periksa lagi."
    return (FieldProblem(field, "passport_shape", sentence, is_warning=True),)


def mask_passport(text: str | None) -> str:
    """Hide a passport number except its first letter and last two digits."""
    if not text:
        return ""
    return text[:1] + "•" * max(len(text) - 3, 0) + text[-2:] if len(text) > 3 else "•" * len(text)  # noqa: PLR2004


def _with_country(digits: str) -> str:
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    if digits.startswith("0"):
        return f"+{HOME_CODE}{digits[1:]}"
    if digits.startswith(f"{HOME_CODE}8") or _HOME_LANDLINE.fullmatch(f"+{digits}"):
        return f"+{digits}"
    if _LOCAL_MOBILE.fullmatch(digits) and not _HOME_OR_ABROAD.fullmatch(digits):
        return f"+{HOME_CODE}{digits}"
    return ""


def _refuse(field: str, code: str, sentence: str) -> NoReturn:
    raise InputError((FieldProblem(field, code, sentence),))
