"""The cells of one worksheet, from a stream over its XML: number texts, formulas, errors, merged ranges as they are.

What libraries drop is what a ledger needs to know: that a formula has no stored value, that a number is shown as a
percentage, the digits that are stored. One row is in memory at a time.
"""

import re
from collections.abc import Iterable, Sequence

from bot.loading.ledgers.raw import MAX_COLUMNS, Beside, Cell, Kind, Merges, Raw, RawRow, Unreadable
from bot.loading.ledgers.xml_stream import Attributes, local

LAST_ROW = 1_048_576
_MERGE = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']""")
_LONGEST_MERGE = 256
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_EXTERNAL = re.compile(r"\[\d+\]")
"""[1]汇率!B2: the workbook's number in the list of links."""
_TRUTHS = {"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE"}
TRUE = ("1", "true")
"""How XML writes that an attribute holds."""
_TEXT_TYPES = ("s", "str", "inlineStr")


def unescaped(text: str) -> str:
    """Excel writes characters that XML cannot hold as _x001B_."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def column_index(letters: str) -> int:
    """A is 0, AA is 26. Unreadable for what is no column."""
    index = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise Unreadable("damaged_file", reason=f"单元格位置 {letters[:20]}")
        index = index * 26 + ord(letter) - 64
    return index - 1


def merges_in(chunks: Iterable[bytes]) -> Merges:
    """The merged ranges, which stand behind the cells: found in a pass of their own over the bytes."""
    ranges: set[tuple[bytes, ...]] = set()
    tail = b""
    for chunk in chunks:
        piece = tail + chunk
        if b"mergeCell" in piece:
            ranges.update(_MERGE.findall(piece))
        tail = piece[-_LONGEST_MERGE:]
    columns: dict[int, list[tuple[int, int]]] = {}
    for left, top, right, bottom in ranges:
        first, last = column_index(left.decode()), column_index(right.decode())
        for column in range(first, min(last + 1, MAX_COLUMNS)):
            columns.setdefault(column, []).append((int(top) + (column == first), int(bottom)))
    return Merges({column: sorted(spans) for column, spans in columns.items()})


class Builder:
    """Puts elements together to cells, and cells to rows."""

    def __init__(self, strings: Sequence[str], looks: Sequence[Kind], beside: Beside) -> None:
        self.beside = beside
        self.ready: list[RawRow] = []
        self._strings = strings
        self._looks = looks
        self._columns: dict[str, int] = {}
        self.number = 0
        self._cells: list[Raw] = []
        self._in_row = False
        self.in_data = False
        """Between the tags of sheetData: what looks like a row elsewhere is none that Excel shows."""
        self._hidden = False
        self._next = 0
        self._index = 0
        self._type = "n"
        self._style = ""
        self._value: str | None = None
        self._formula: str | None = None
        self._inline: list[str] = []
        self._phonetic = False
        self._collected: list[str] | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        """An element opens."""
        name = local(name)
        if name == "c" and self._in_row:
            self._open_cell(attributes)
        elif name in ("v", "f", "t") and self._in_row:
            self._collected = []
        elif name == "row" and self.in_data:
            self._open_row(attributes)
        elif name == "sheetData":
            self.in_data = True
        elif name == "rPh":
            self._phonetic = True
        elif name == "col" and attributes.get("hidden") in TRUE:
            self._hide_columns(attributes)

    def text(self, data: str) -> None:
        """Characters, of which only those of v, f and t matter."""
        if self._collected is not None:
            self._collected.append(data)

    def end(self, name: str) -> None:
        """An element closes."""
        name = local(name)
        if name == "c" and self._in_row:
            self._close_cell()
        elif name in ("v", "f", "t") and self._in_row:
            self._close_text(name)
        elif name == "sheetData":
            self.in_data = False
        elif name == "row" and self._in_row:
            self._in_row = False
            if self._cells:
                self.ready.append(RawRow(self.number, self._cells))
                if self._hidden:
                    self.beside.hidden_rows.append(self.number)
        elif name == "rPh":
            self._phonetic = False

    def _open_row(self, attributes: Attributes) -> None:
        written = attributes.get("r", "")
        number = int(written) if written.isdecimal() and len(written) < 9 else self.number + 1
        if number <= self.number or number > LAST_ROW:
            raise Unreadable("damaged_file", reason=f"行号 {written[:20]} 次序不对")
        self.number, self._cells, self._next, self._in_row = number, [], 0, True
        self._hidden = attributes.get("hidden") in TRUE

    def _hide_columns(self, attributes: Attributes) -> None:
        first, last = (attributes.get(name, "") for name in ("min", "max"))
        if all(written.isdecimal() and len(written) < 9 for written in (first, last)):
            self.beside.hidden_columns.append((int(first) - 1, int(last) - 1))

    def _open_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._index = self._next
        else:
            letters = reference.rstrip("0123456789")
            if reference[len(letters) :] != str(self.number):
                raise Unreadable("damaged_file", reason=f"第 {self.number} 行里有单元格 {reference[:20]}")
            if letters not in self._columns:
                self._columns[letters] = column_index(letters) if letters else self._next
            self._index = self._columns[letters]
        self._next = self._index + 1
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._value = self._formula = None
        self._inline = []

    def _close_text(self, name: str) -> None:
        written = "".join(self._collected or ())
        self._collected = None
        if name == "v":
            if self._value is not None:
                raise Unreadable("damaged_file", reason=f"第 {self.number} 行有单元格存了两个值")
            self._value = written
        elif name == "f":
            self._formula = written
        elif not self._phonetic:
            self._inline.append(written)

    def _close_cell(self) -> None:
        cell = self._cell()
        if cell is None or self._index >= MAX_COLUMNS:
            return
        cells = self._cells
        cells.extend([None] * (self._index + 1 - len(cells)))
        if cells[self._index] is not None:
            raise Unreadable("damaged_file", reason=f"第 {self.number} 行有两个单元格在同一列")
        cells[self._index] = cell

    def _cell(self) -> Raw:
        value = self._value
        if self._inline and (self._type == "inlineStr" or not value):
            return unescaped("".join(self._inline)) or None
        if self._formula is not None:
            if not value:
                kind = Kind.BLANK if self._type == "str" and value == "" else Kind.NO_VALUE
                return Cell(kind, "=" + self._formula)
            if self._type != "e":
                self._note_formula(self._formula)
        if not value:
            return None
        if self._type in _TEXT_TYPES:
            return self._shared(value) if self._type == "s" else unescaped(value)
        return self._other(value.strip())

    def _note_formula(self, formula: str) -> None:
        beside = self.beside
        for rows in (
            (beside.formula_rows, beside.external_rows) if _EXTERNAL.search(formula) else (beside.formula_rows,)
        ):
            if not rows or rows[-1] != self.number:
                rows.append(self.number)

    def _shared(self, value: str) -> str | None:
        """A text by its number in the workbook's table."""
        index = value.strip()
        if not index.isdecimal() or len(index) > 9 or int(index) >= len(self._strings):
            raise Unreadable("damaged_file", reason=f"第 {self.number} 行引用了不存在的文字")
        return self._strings[int(index)] or None

    def _other(self, value: str) -> Cell:
        if self._type == "b":
            return Cell(Kind.BOOLEAN, _TRUTHS.get(value, value))
        if self._type == "e":
            return Cell(Kind.ERROR, value)
        if self._type == "d":
            return Cell(Kind.DATE, value)
        style = int(self._style) if self._style.isdecimal() and len(self._style) < 9 else 0
        look = self._looks[style] if style < len(self._looks) else Kind.NUMBER
        if look is Kind.NUMBER and self._formula is not None:
            look = Kind.COMPUTED
        return Cell(look, value)
