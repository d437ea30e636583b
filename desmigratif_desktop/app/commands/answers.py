"""How a command answers: lines for people, one JSON object for programs, an exit code."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, Final

from desmigratif_desktop.foundation.errors import (
    BugError,
    DesmigratifError,
    InputError,
    StoreDamagedError,
    UnreachableError,
    WrongPassphraseError,
)

if TYPE_CHECKING:
    from desmigratif_desktop.foundation.errors import FieldProblem

SCHEMA: Final = 1
DONE, REFUSED, USAGE, UNREACHABLE, PARTLY, DAMAGED = range(6)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or worth a look.

    Attributes:
        code: stable identifier.
        message: one Indonesian sentence.
        field: the field concerned; empty for the whole.
        row: 1, 2, 3 … of the input; None when it is about no row.
        cell: cell of a sheet ("C12"); empty otherwise.
    """

    code: str
    message: str
    field: str = ""
    row: int | None = None
    cell: str = ""

    def as_json(self) -> dict[str, Any]:
        """The problem as answers spell it."""
        return {
            "code": self.code,
            "field": self.field or None,
            "row": self.row,
            "cell": self.cell or None,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command came to.

    Attributes:
        data: for programs.
        lines: for people.
        problems: warnings, refused rows.
        code: exit code.
    """

    data: Any
    lines: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    code: int = DONE


class UsageError(DesmigratifError):
    """The command line itself cannot be followed."""

    code = "usage"


@dataclass(slots=True)
class Streams:
    """Where a command reads and writes."""

    out: IO[str]
    err: IO[str]
    into: IO[str]
    is_json: bool = field(default=False)


def problems_of(found: tuple[FieldProblem, ...], *, row: int | None = None) -> tuple[Problem, ...]:
    """Field problems as a command tells them."""
    return tuple(Problem(one.code, one.message, one.field, row) for one in found)


def from_error(error: DesmigratifError, *, row: int | None = None) -> tuple[Problem, ...]:
    """What an error says, as problems."""
    if isinstance(error, InputError):
        return problems_of(error.problems, row=row)
    return (Problem(error.code, f"{error.sentence} {error.advice}".strip(), row=row),)


def exit_of(error: DesmigratifError) -> int:
    """The exit code of an error."""
    if isinstance(error, UsageError):
        return USAGE
    if isinstance(error, UnreachableError):
        return UNREACHABLE
    if isinstance(error, StoreDamagedError | WrongPassphraseError):
        return DAMAGED
    return REFUSED


def tell(streams: Streams, answer: Answer) -> int:
    """Write an answer and return its exit code."""
    if streams.is_json:
        _dump(streams, answer.data, answer.problems, ok=answer.code in {DONE, PARTLY})
    else:
        for line in answer.lines:
            streams.out.write(line + "\n")
        for one in answer.problems:
            where = f"baris {one.row}: " if one.row is not None else ""
            streams.err.write(f"{where}{one.message}\n")
    streams.out.flush()
    return answer.code


def tell_error(streams: Streams, error: DesmigratifError) -> int:
    """Write a refusal: one clear sentence on standard error."""
    problems = from_error(error)
    if streams.is_json:
        _dump(streams, getattr(error, "data", None), problems, ok=False)
    streams.err.write(" ".join(one.message for one in problems) + "\n")
    streams.out.flush()
    return exit_of(error)


def _dump(streams: Streams, data: Any, problems: tuple[Problem, ...], *, ok: bool) -> None:
    answer = {
        "schema": SCHEMA,
        "ok": ok,
        "data": data,
        "problems": [one.as_json() for one in problems],
    }
    streams.out.write(json.dumps(answer, ensure_ascii=False, sort_keys=True) + "\n")


def bug(reference: str) -> BugError:
    """The sentence for a fault of ours; the details lie in the log, not on the screen."""
    return BugError(
        f"Terjadi kesalahan program ({reference}); data yang tersimpan tidak berubah.",
        "Kirimkan berkas catatan program kepada pengembang.",
    )
