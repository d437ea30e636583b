"""Everything that can go wrong, as one tree.

DesmigratifError                   sentence (what happened), advice (what to do)
├── InputError                     the form can mend it; carries FieldProblems
├── RuleBrokenError                a rule forbids it
├── NotAllowedError                the officer's role does not include it
├── NotFoundError                  the record is not here
├── StaleRecordError               the world moved under you
├── KnownError                     the surroundings' fault; an officer can act
│   ├── StoreBusyError             another process holds the folder
│   ├── StoreDamagedError          damaged file or wrong key
│   ├── StoreTooNewError           made by a newer program
│   ├── WrongPassphraseError       no slot opens
│   ├── UnsafePlaceError           a folder where the store must not lie
│   ├── DiskFullError
│   ├── PaperNotWrittenError
│   └── UnreachableError           no network, no server, no valid answer
├── SyncRefusedError               the district refused; carries its code
└── BugError                       ours; never shown raw
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field, in words for the officer.

    Attributes:
        field: identifier of the field ("nik"); empty for the whole form.
        code: stable identifier of the problem ("nik_length").
        message: one Indonesian sentence.
        is_warning: a warning never refuses; saving asks for a reason.
    """

    field: str
    code: str
    message: str
    is_warning: bool = False


class DesmigratifError(Exception):
    """Base of all expected errors.

    Attributes:
        sentence: what happened, one Indonesian sentence.
        advice: what to do, one Indonesian sentence; may be empty.
        code: stable identifier for `--json` answers.
    """

    code = "error"

    def __init__(self, sentence: str, advice: str = "") -> None:
        super().__init__(f"{sentence} {advice}".strip())
        self.sentence = sentence
        self.advice = advice


class InputError(DesmigratifError):
    """The input cannot be taken; each problem stands beside its field."""

    code = "input"

    def __init__(self, problems: tuple[FieldProblem, ...], advice: str = "") -> None:
        super().__init__(" ".join(one.message for one in problems), advice)
        self.problems = problems


class RuleBrokenError(DesmigratifError):
    """A rule of the trade or of the change log forbids it."""

    code = "rule"


class NotAllowedError(DesmigratifError):
    """The acting officer's role does not include this."""

    code = "not_allowed"


class NotFoundError(DesmigratifError):
    """No such record on this laptop."""

    code = "not_found"


class StaleRecordError(DesmigratifError):
    """The record moved on so far that the act no longer makes sense."""

    code = "stale"


class KnownError(DesmigratifError):
    """The surroundings' fault; the officer or the district can act."""

    code = "known"


class StoreBusyError(KnownError):
    """Another process holds the folder."""

    code = "store_busy"


class StoreDamagedError(KnownError):
    """The store is damaged or the key is not its own."""

    code = "store_damaged"


class StoreTooNewError(KnownError):
    """The store was written by a newer program."""

    code = "store_too_new"


class WrongPassphraseError(KnownError):
    """No slot opens with this passphrase or code."""

    code = "wrong_passphrase"


class UnsafePlaceError(KnownError):
    """The folder is on a disk where the store must not lie."""

    code = "unsafe_place"


class DiskFullError(KnownError):
    """Not enough free space."""

    code = "disk_full"


class PaperNotWrittenError(KnownError):
    """A paper or export could not be written."""

    code = "paper_not_written"


class UnreachableError(KnownError):
    """No network, no server, or no answer that can be trusted."""

    code = "unreachable"


class SyncRefusedError(DesmigratifError):
    """The district answered, signed, and refused.

    Attributes:
        problem_code: decimal code of the protocol ("403.1").
    """

    code = "sync_refused"

    def __init__(self, sentence: str, advice: str = "", problem_code: str = "") -> None:
        super().__init__(sentence, advice)
        self.problem_code = problem_code


class BugError(DesmigratifError):
    """Ours. Never shown raw."""

    code = "bug"
