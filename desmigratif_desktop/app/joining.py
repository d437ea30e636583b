"""A further laptop joins a post: build, enrol, fetch what the village already has."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from desmigratif_desktop.app import assembly
from desmigratif_desktop.exchange.enrolment import enrol
from desmigratif_desktop.exchange.session import run_exchange
from desmigratif_desktop.exchange.values import LinkState
from desmigratif_desktop.foundation.errors import UnreachableError

if TYPE_CHECKING:
    from pathlib import Path


def join_post(folder: Path, new: assembly.NewPost, address: str, code: str) -> assembly.Created:
    """Build a laptop of an existing post and enrol it.

    Args:
        folder: where the store shall lie.
        new: village, officer, passphrase, letter.
        address: the district server's.
        code: the enrolment code on paper.

    Raises:
        InputError, LetterTakenError, SyncRefusedError, UnreachableError: the enrolment did
            not happen and nothing was left behind.
    """
    created = assembly.create_post(folder, new)
    try:
        enrolled = enrol(created.store, address, code)
    except BaseException:
        created.store.close()
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if enrolled.state is LinkState.ACTIVE:
        try:
            run_exchange(created.store)
        except UnreachableError:
            return created  # the village's data follow with the next exchange
    return created
