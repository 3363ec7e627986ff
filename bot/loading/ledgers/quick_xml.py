"""The quick way through a sheet's XML: rows of the shape that programs write are matched whole, thousands at a time.

A row that a compiled pattern matches is well formed by itself and holds no entity, so it is taken out of the text; all
that is left goes through expat as ever, which still judges the whole. A comment, CDATA or an instruction behind the
head ends the quick way: what looks like a row may then be none.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.loading.ledgers.blocks import Block, BlockColumn, Part
from bot.loading.ledgers.raw import HEAD_ROWS, MAX_COLUMNS, Beside, Kind
from bot.loading.ledgers.sheet_xml import LAST_ROW, Builder, column_index, unescaped
from bot.loading.ledgers.xml_stream import Feed

_ROW_END = b"</row>"
_LONGEST_ROW = 1 << 20
"""A piece without the end of a row is held back no longer than this."""
_MOST_SHAPES = 40
_MOST_STYLES = 100
_TEXT = r"[^<&\x00-\x1f\ufffe\uffff]*"
_TEXT_ENTRY = re.compile(rf'<si><t(?: xml:space="preserve")?>({_TEXT})</t></si>')
_ANY_CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d{1,7}"(?: s="(\d{1,8})")?(?: t="(s|n|str|inlineStr)")?'
    rf"(?:/>|></c>|><v>{_TEXT}</v></c>|><is><t(?: xml:space=\"preserve\")?>{_TEXT}</t></is></c>)"
)
_ROW_OPEN = re.compile(r'\s*<row r="(\d{1,7})"(?: [\w:]+="[^"<&]*")*>')
_HIDDEN_ROW = re.compile(r'\s*<row r="\d{1,7}"(?: [\w:]+="[^"<&]*")* hidden="(?:1|true)"')
_VALUES = {
    "s": "<v>([0-9]{1,9})</v>",
    "n": "<v>([0-9.eE+-]{1,40})</v>",
    "str": f"<v>({_TEXT})</v>",
    "inlineStr": rf'<is><t(?: xml:space="preserve")?>({_TEXT})</t></is>',
}


class _Column(NamedTuple):
    """What all cells of a column are: `written` the type, `look` of its number cells."""

    place: int
    letters: str
    written: str
    look: Kind


class _Shape:
    """What rows have looked like so far, as a pattern: every column's cell may be missing or empty."""

    def __init__(self, looks: Sequence[Kind]) -> None:
        self._looks = looks
        self._learned = 0
        self.columns: list[_Column] = []
        self.match: Callable[[str], re.Match[str] | None] = lambda _: None

    def learn(self, row: str) -> bool:
        """Takes in a row's cells; False where it has others than the pattern can hold."""
        opened = _ROW_OPEN.match(row)
        if opened is None or self._learned >= _MOST_SHAPES:
            return False
        known = {column.letters: column for column in self.columns}
        at = opened.end()
        while at < len(row):
            cell = _ANY_CELL.match(row, at)
            if cell is None:
                return False
            at = cell.end()
            column = self._column(cell[1], cell[2], cell[3] or "n")
            if "<v>" not in cell[0] and "<is>" not in cell[0]:
                continue
            if column.place >= MAX_COLUMNS or known.setdefault(column.letters, column) != column:
                return False
        self._learned += 1
        self.columns = sorted(known.values())
        self.match = re.compile(self._pattern()).fullmatch
        return True

    def _column(self, letters: str, style: str | None, written: str) -> _Column:
        look = self._look(int(style or 0)) if written == "n" else Kind.NUMBER
        return _Column(column_index(letters), letters, written, look)

    def _look(self, style: int) -> Kind:
        return self._looks[style] if style < len(self._looks) else Kind.NUMBER

    def _pattern(self) -> str:
        cells = "".join(self._cell(column) for column in self.columns)
        return rf"{_ROW_OPEN.pattern}{cells}"

    def _styles(self, look: Kind) -> str:
        """The attribute of the styles that look so; one that the workbook does not define is a plain number."""
        if look is Kind.NUMBER:
            others = [str(i) for i, known in enumerate(self._looks) if known is not look]
            return rf'(?: s="(?!(?:{"|".join(others)})")\d{{1,8}}")' if others else r'(?: s="\d{1,8}")'
        same = [str(i) for i, known in enumerate(self._looks[:_MOST_STYLES]) if known is look]
        return f'(?: s="(?:{"|".join(same)})")' if same else "(?!)"

    def _cell(self, column: _Column) -> str:
        """One cell, or none, of the column; of number cells only those styles that look the same."""
        style = r'(?: s="\d{1,8}")?'
        if column.written == "n":
            style = self._styles(column.look) + ("?" if self._look(0) is column.look else "")
        kind = '(?: t="n")?' if column.written == "n" else f' t="{column.written}"'
        full = f"{style}{kind}>{_VALUES[column.written]}</c>"
        return rf'(?:<c r="{column.letters}\1"(?:{full}|(?: s="\d{{1,8}}")?/>))?'


def parts(chunks: Iterable[bytes], strings: Sequence[str], looks: Sequence[Kind], beside: Beside) -> Iterator[Part]:
    """The rows that have cells, from the top; `beside` takes the rest. Unreadable where the sheet is damaged."""
    return _Scan(strings, looks, beside).parts(chunks)


class _Scan:
    """One pass over a sheet."""

    def __init__(self, strings: Sequence[str], looks: Sequence[Kind], beside: Beside) -> None:
        self._builder = Builder(strings, looks, beside)
        self._feed = Feed(self._builder.start, self._builder.end, self._builder.text)
        self._strings = strings
        self._shape = _Shape(looks)

    def parts(self, chunks: Iterable[bytes]) -> Iterator[Part]:
        """Quick while the text allows it."""
        held = b""
        started = quick = False
        for chunk in chunks:
            text = held + chunk
            held = b""
            if not started:
                started = quick = self._builder.number >= HEAD_ROWS
            quick = quick and b"<!" not in text and b"<?" not in text
            cut = text.rfind(_ROW_END) + len(_ROW_END) if quick else len(text)
            if cut < len(_ROW_END) and len(text) > _LONGEST_ROW:
                cut = len(text)
            if quick and cut >= len(_ROW_END):
                text, held = text[:cut], text[cut:]
                yield from self._rows(text)
            elif quick:
                held = text
            else:
                yield from self._slowly(text)
        yield from self._slowly(held, last=True)

    def _slowly(self, text: bytes, last: bool = False) -> Iterator[Part]:
        self._feed.give(text, last)
        ready, self._builder.ready = self._builder.ready, []
        yield from ready

    def _rows(self, text: bytes) -> Iterator[Part]:
        """Whole rows, and whatever stands between them."""
        try:
            rows = text.decode().split("</row>")
        except UnicodeDecodeError:
            yield from self._slowly(text)
            return
        behind = rows.pop()
        hidden = b'hidden="' in text
        at = 0
        while at < len(rows):
            matches = []
            while at < len(rows) and self._builder.in_data and (found := self._shape.match(rows[at])):
                matches.append(found.groups())
                at += 1
            if matches:
                block = self._block(matches)
                if block is None:
                    yield from self._slowly("</row>".join([*rows[at - len(matches) : at], ""]).encode())
                else:
                    if hidden:
                        self._note_hidden(rows[at - len(matches) : at], block.numbers)
                    yield block
            elif not self._shape.learn(rows[at]) or not self._shape.match(rows[at]):
                yield from self._slowly((rows[at] + "</row>").encode())
                at += 1
        if behind:
            yield from self._slowly(behind.encode())

    def _note_hidden(self, rows: Sequence[str], numbers: Sequence[int]) -> None:
        for row, number in zip(rows, numbers, strict=True):
            if _HIDDEN_ROW.match(row) and ("<v>" in row or "<is>" in row):
                self._builder.beside.hidden_rows.append(number)

    def _block(self, matches: list[tuple[str | None, ...]]) -> Block | None:
        """None where the rows are out of order, or name a text that is not there: expat's way says so."""
        first, *found = zip(*matches, strict=True)
        numbers = [int(number or 0) for number in first]
        ascending = all(a < b for a, b in pairwise(numbers))
        if not ascending or numbers[0] <= self._builder.number or numbers[-1] > LAST_ROW:
            return None
        shaped = self._shape.columns
        columns = [BlockColumn(None, [None] * len(numbers))] * (shaped[-1].place + 1 if shaped else 0)
        try:
            for column, cells in zip(shaped, found, strict=True):
                columns[column.place] = self._cells(column, cells)
        except IndexError:
            return None
        self._builder.number = numbers[-1]
        return Block(numbers, columns)

    def _cells(self, column: _Column, cells: Sequence[str | None]) -> BlockColumn:
        if column.written == "n":
            return BlockColumn(column.look, cells)
        if column.written == "s":
            strings = self._strings
            return BlockColumn(None, [strings[int(cell)] if cell else None for cell in cells])
        return BlockColumn(None, [unescaped(cell) if cell else None for cell in cells])


def quick_texts(chunks: Iterable[bytes], feed: Feed, strings: list[str]) -> None:
    """The table of texts: plain entries by pattern, all else through `feed`, whose handlers add to `strings` too."""
    held, begun, quick = b"", False, True
    for chunk in chunks:
        text, held = held + chunk, b""
        quick = quick and b"<!" not in text and (not begun or b"<?" not in text)
        cut = text.rfind(b"</si>") + 5 if quick else 0
        if cut < 5:
            feed.give(text)
            continue
        text, held = text[:cut], text[cut:]
        if begun:
            _add_texts(text, feed, strings)
        else:
            feed.give(text)
        begun = True
    feed.give(held, last=True)


def _add_texts(text: bytes, feed: Feed, strings: list[str]) -> None:
    try:
        entries = text.decode()
    except UnicodeDecodeError:
        feed.give(text)
        return
    at = 0
    for found in _TEXT_ENTRY.finditer(entries):
        if found.start() > at:
            feed.give(entries[at : found.start()].encode())
        strings.append(unescaped(found[1]))
        at = found.end()
    feed.give(entries[at:].encode())
