from __future__ import annotations

import inspect

from desmigratif_desktop.foundation import errors
from desmigratif_desktop.foundation.errors import (
    DesmigratifError,
    FieldProblem,
    InputError,
    SyncRefusedError,
)


def test_every_error_has_a_code_of_its_own():
    kinds = [
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, DesmigratifError)
    ]
    codes = [kind.code for kind in kinds]
    assert len(set(codes)) == len(codes)
    assert all(kind.__name__.endswith("Error") and kind.__doc__ for kind in kinds)


def test_an_input_error_carries_its_problems():
    first, second = (
        FieldProblem("nik", "nik_length", "Satu."),
        FieldProblem("name", "text_empty", "Dua."),
    )
    error = InputError((first, second), "Perbaiki.")
    assert error.problems == (first, second)
    assert (error.sentence, error.advice, str(error)) == (
        "Satu. Dua.",
        "Perbaiki.",
        "Satu. Dua. Perbaiki.",
    )


def test_a_refusal_carries_the_protocols_code():
    assert SyncRefusedError("Ditolak.", problem_code="403.1").problem_code == "403.1"
