"""Builders of Block Kit blocks; every limit that Slack sets on a message is held here and nowhere else.

Texts are mrkdwn that a template made (values already literal), labels are plain. `verbatim` keeps Slack from making
links and mentions of names by itself. Builders return lists, since a long text becomes several blocks.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

Block = dict[str, Any]
Thing = TypeVar("Thing")

MOST_BLOCKS = 50
MOST_BLOCKS_OF_HOME = 100
MOST_CHARACTERS = 12_000
"""Of all texts of a message: Slack refuses some 13,200 (msg_blocks_too_long)."""
SECTION, FIELD, HEADER, LABEL, VALUE = 3000, 2000, 150, 75, 2000
FIELDS, ELEMENTS, BUTTONS = 10, 10, 5


class TooLong(ValueError):
    """A label or value that cannot be cut without changing what it means: a fault of the caller."""


def section(text: str, accessory: Block | None = None) -> list[Block]:
    """A text, split at line ends where it is too long; the accessory stands beside its beginning. None for no text."""
    made: list[Block] = [{"type": "section", "text": _mrkdwn(piece)} for piece in split(text, SECTION)]
    if made and accessory:
        made[0]["accessory"] = accessory
    return made


def fields(texts: Iterable[str]) -> list[Block]:
    """Short texts in two columns, ten a section."""
    pieces = [piece for text in texts for piece in split(text, FIELD)]
    return [{"type": "section", "fields": [_mrkdwn(t) for t in row]} for row in _rows(pieces, FIELDS)]


def quote(text: str) -> list[Block]:
    """A text with a bar beside it."""
    return section("\n".join(f"> {line}" for line in text.splitlines()))


def context(*texts: str) -> list[Block]:
    """Small grey lines; empty ones are left out."""
    pieces = [piece for text in texts for piece in split(text, SECTION)]
    return [{"type": "context", "elements": [_mrkdwn(t) for t in row]} for row in _rows(pieces, ELEMENTS)]


def header(text: str) -> list[Block]:
    """A large line of plain text, cut at its limit."""
    return [{"type": "header", "text": _plain(text[:HEADER])}] if text else []


def table(rows: Sequence[Sequence[str]]) -> list[Block]:
    """Rows of plain cells, the first row and the first column being heads. A message may hold one table."""
    cells = [[{"type": "raw_text", "text": cell or "-"} for cell in row] for row in rows]
    settings = [{"is_wrapped": True} for _ in rows[0]]
    return [{"type": "table", "rows": cells, "column_settings": settings}]


def data_table(caption: str, rows: Sequence[Sequence[str | tuple[int, str]]], row_head: int, page: int) -> list[Block]:
    """Rows that the reader sorts, the first being the heads: texts, or a number with its text. `row_head`: the column
    that names a row."""
    cells = [[_cell(cell) for cell in row] for row in rows]
    return [
        {
            "type": "data_table",
            "caption": caption,
            "rows": cells,
            "page_size": page,
            "row_header_column_index": row_head,
        }
    ]


def _cell(cell: str | tuple[int, str]) -> Block:
    if isinstance(cell, str):
        return {"type": "raw_text", "text": cell or "-"}
    return {"type": "raw_number", "value": cell[0], "text": cell[1]}


def divider() -> list[Block]:
    """A thin line."""
    return [{"type": "divider"}]


def button(label: str, action: str, value: str | None = None, *, spoken: str | None = None) -> Block:
    """A button; `spoken` is what a screen reader says instead of a short label. TooLong for one past its limit."""
    if len(label) > LABEL or len(value or "") > VALUE:
        raise TooLong(action)
    made: Block = {"type": "button", "action_id": action, "text": _plain(label)}
    if value:
        made["value"] = value
    if spoken:
        made["accessibility_label"] = spoken[:LABEL]
    return made


def actions(*buttons: Block) -> list[Block]:
    """A row of buttons; no two of them may have the same action id."""
    return [{"type": "actions", "elements": row} for row in _rows(buttons, BUTTONS)]


def split(text: str, limit: int) -> Iterator[str]:
    """Pieces of at most `limit` characters, cut at line ends; a longer line is cut, but never within an entity."""
    piece = ""
    for line in _lines(text.strip(), limit):
        if piece and len(piece) + 1 + len(line) > limit:
            yield piece
            piece = line
        else:
            piece = f"{piece}\n{line}" if piece else line
    if piece:
        yield piece


def _lines(text: str, limit: int) -> Iterator[str]:
    for line in text.split("\n"):
        rest = line
        while len(rest) > limit:
            ampersand = rest.rfind("&", limit - 5, limit)
            end = ampersand if ampersand > 0 and ";" not in rest[ampersand:limit] else limit
            yield rest[:end]
            rest = rest[end:]
        yield rest


def weight(block: Block) -> int:
    """Characters that count toward the limit of a message."""
    cells = (cell for row in block.get("rows", ()) for cell in row)
    return sum(len(text["text"]) for text in (*_texts(block), *cells))


def pages(blocks: Sequence[Block], most: int = MOST_BLOCKS - 1) -> list[list[Block]]:
    """Blocks dealt to as many messages as they need, each with room for one line more."""
    made: list[list[Block]] = [[]]
    room = MOST_CHARACTERS
    for block in blocks:
        if made[-1] and (len(made[-1]) >= most or weight(block) > room):
            made.append([])
            room = MOST_CHARACTERS
        made[-1].append(block)
        room -= weight(block)
    return made


def _rows(things: Iterable[Thing], length: int) -> Iterator[list[Thing]]:
    rest = iter(things)
    while row := list(islice(rest, length)):
        yield row


def _texts(block: Block) -> Iterator[Block]:
    """All text objects of a block."""
    candidates = [block.get("text"), *block.get("fields", ()), *block.get("elements", ()), block.get("accessory")]
    for found in candidates:
        if isinstance(found, dict):
            yield from label_texts(found)


def label_texts(element: Block) -> Iterator[Block]:
    """What can be read on a text object, a button, a select or a pair of feedback buttons."""
    if isinstance(element.get("text"), str):
        yield element
    for name in ("text", "placeholder"):
        if isinstance(element.get(name), dict):
            yield element[name]
    for name in ("positive_button", "negative_button"):
        if name in element:
            yield element[name]["text"]


def _mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}
