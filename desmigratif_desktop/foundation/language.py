"""The language of the screens: gettext, bound once when the program starts.

The source language is Indonesian: without a catalogue every sentence stands as it
was written. English is the first catalogue.
"""

from __future__ import annotations

import gettext
from typing import Final

from desmigratif_desktop.foundation.paths import ResourceMissingError, resource

DOMAIN: Final = "desmigratif"
SOURCE_LANGUAGE: Final = "id"


class _Bound:
    """The catalogue in use; the source language until `bind` is called."""

    def __init__(self) -> None:
        self.language = SOURCE_LANGUAGE
        self.catalogue = gettext.NullTranslations()


_bound: Final = _Bound()


def bind(language: str = SOURCE_LANGUAGE) -> str:
    """Choose the language of everything shown from now on.

    Args:
        language: "id" or the code of a catalogue ("en").

    Returns:
        The language in use: Indonesian when there is no such catalogue.
    """
    catalogue = gettext.NullTranslations()
    if language != SOURCE_LANGUAGE:
        catalogue = _read(language)
    is_found = isinstance(catalogue, gettext.GNUTranslations)
    _bound.catalogue = catalogue
    _bound.language = language if is_found else SOURCE_LANGUAGE
    return _bound.language


def current_language() -> str:
    """The language in use."""
    return _bound.language


def t(text: str) -> str:
    """The text in the language in use."""
    return _bound.catalogue.gettext(text) if text else ""


def tn(one: str, many: str, count: int) -> str:
    """The text for a count; Indonesian has one form, so both are usually alike."""
    if _bound.language == SOURCE_LANGUAGE:
        return one if count == 1 else many
    return _bound.catalogue.ngettext(one, many, count)


def _read(language: str) -> gettext.NullTranslations:
    try:
        folder = resource("translations")
    except ResourceMissingError:
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, folder, [language], fallback=True)
