"""Rows that are no rows of the ledger: totals at the foot, and what people write below a table."""

import re
from collections.abc import Sequence

from bot.loading.ledgers.headers import Layout
from bot.loading.ledgers.raw import Raw

_TOTAL = re.compile(
    r"(?:本页|本表|全行|全部)?(?:合计|总计|小计|共计|总和|total|subtotal|grandtotal)[::]?", re.IGNORECASE
)
_NOTE = re.compile(r"(?:注|备注|说明|附注|制表|填表|审核|复核|经办|负责人|打印|导出|数据来源)[^,,]{0,8}[::]|注\d")


class Asides:
    """Tells them by the key columns: one of them is empty, or holds the very word."""

    def __init__(self, layout: Layout, keys: Sequence[str]) -> None:
        self._keys = tuple(placed.index for placed in layout.columns if placed.column.key in keys)
        self._known = tuple(placed.index for placed in layout.columns)

    def judge(self, cells: Sequence[Raw]) -> tuple[str, str] | None:
        """The code of the warning and the word that gave the row away; None for a row of the ledger."""
        keys = [cells[index] if index < len(cells) else None for index in self._keys]
        if all(type(key) is not str or not is_aside(key) for key in keys) and all(keys):
            return None
        texts = [cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()]
        total = next((text for text in texts if _TOTAL.fullmatch(_joined(text))), None)
        if total:
            return "total_row", total
        only_texts = len(texts) == sum(cell is not None for cell in cells)
        if texts and only_texts and _NOTE.match(_joined(texts[0])):
            return "note_row", texts[0]
        return None


def _joined(text: str) -> str:
    """合 计 is 合计."""
    return "".join(text.split())


def is_aside(text: str) -> bool:
    """Whether a key cell holds no key but such a word, or nothing."""
    joined = _joined(text)
    return not joined or bool(_TOTAL.fullmatch(joined) or _NOTE.match(joined))
