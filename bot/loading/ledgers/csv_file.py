"""A CSV file as a table: UTF-8 with or without BOM, GB18030, or UTF-16 with BOM (Excel's "Unicode text"); comma,
semicolon or tab between cells."""

import codecs
import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from bot.loading.ledgers import reasons
from bot.loading.ledgers.blocks import ROWS, Block, BlockColumn, Part
from bot.loading.ledgers.raw import HEAD_ROWS, MAX_COLUMNS, Beside, Merges, RawRow, Unreadable

_CHUNK = 1 << 16
_ENCODINGS = ("utf-8-sig", "gb18030")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""No byte of either begins a text in the other encodings."""
_HEAD_LINES = 10
_LONGEST_CELL = 32_767
"""As in Excel; csv's own limit is 128 KB."""


class CsvTable:
    """One CSV file, read by some thousand lines at a time; its sheet is the file's name without the ending."""

    ragged = True
    epoch_1904 = False
    merges = Merges({})
    beside = Beside()

    def __init__(self, path: Path, sheet: str) -> None:
        """Unreadable for a file that is empty or in another encoding."""
        self.file = path.name
        self.sheet = sheet
        self._path = path
        if not path.stat().st_size:
            raise Unreadable("empty_file")
        self._encoding = _encoding_of(path)

    def parts(self) -> Iterator[Part]:
        """Records from the top. Unreadable where a quote is never closed, and the like."""
        with self._path.open(encoding=self._encoding, newline="") as file:
            reader = csv.reader(file, delimiter=delimiter_of(file), strict=True)
            number, size = 1, HEAD_ROWS
            while True:
                records: list[list[str]] = []
                fault = _read(reader, size, records)
                yield from _parts(records, number)
                if fault:
                    raise Unreadable("not_a_csv", reason=reasons.of_csv(fault))
                if len(records) < size:
                    return
                number, size = number + size, ROWS


def _read(reader: Iterator[list[str]], size: int, records: list[list[str]]) -> csv.Error | None:
    """Adds the next records; those before a fault are kept."""
    try:
        records.extend(islice(reader, size))
    except csv.Error as fault:
        return fault
    return None


def _parts(records: list[list[str]], number: int) -> Iterator[Part]:
    """A block, where the records are equally long and not at the head of the file."""
    widths = set(map(len, records))
    if number > HEAD_ROWS and len(widths) == 1 and 0 < max(widths) <= MAX_COLUMNS:
        columns = [BlockColumn(None, cells) for cells in zip(*records, strict=True)]
        yield Block(range(number, number + len(records)), columns)
        return
    for at, cells in enumerate(records, start=number):
        if cells:
            yield RawRow(at, [cell or None for cell in cells[:MAX_COLUMNS]])


def encodings_for(start: bytes) -> tuple[str, ...]:
    """The encodings that a file may be in, by its first bytes; UTF-32 begins like UTF-16, and none writes it."""
    if not start.startswith(_UTF_16):
        return _ENCODINGS
    return () if start.startswith(codecs.BOM_UTF32_LE) else ("utf-16",)


def _encoding_of(path: Path) -> str:
    """The first encoding in which every byte of the file is right. Unreadable for what is no text at all."""
    with path.open("rb") as file:
        start = file.read(_CHUNK)
    reasons.refuse_foreign(start)
    for encoding in encodings_for(start):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise Unreadable("unknown_encoding")


def delimiter_of(file: TextIO) -> str:
    """The mark that the head of the file has most of: a title may hold a comma where the cells end by semicolons."""
    head = "".join(file.readline(_LONGEST_CELL) for _ in range(_HEAD_LINES))
    file.seek(0)
    return max(",\t;", key=head.count)
