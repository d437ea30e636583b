"""Rosters that villages already have: read, recognised, shown, taken in, undone as one.

    readers     a file becomes sheets of cells, within caps
    recognise   which rows are headings, households and people, and which column is what
    mapping     what an officer may change of it, remembered for the next file alike
    rows        cells become values, and what cannot becomes a problem with its cell
    plan        dry run: added, changed, unchanged, duplicate cases, refused
    apply       one act, whole or not at all
    report      the same in a file, cell by cell

Nothing is guessed silently and nothing is dropped silently.

Source: reference/domain.md §15; peers P14, P15; redlist F05-F09, F14.
"""
