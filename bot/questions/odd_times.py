"""Times in a question on a standing for which there can be no figures: no such day, still to come, long gone."""

import re
from datetime import date

from bot.questions.days import find_days

_TO_COME = re.compile(
    r"明天|明日(?!均)|后天|明年|来年|后年|下1?个?(?:季度?|月|周|星期|年)(?!度?培训)"
    r"|\b(?:tomorrow|next (?:week|month|quarter|year))\b"
)
_NO_TIME = re.compile(r"第?(?<!\d)(?:0|[5-9]|\d{2,3})季度|(?<!\d)(?:1\d|2[1-9])\d\d年|大前年|前天|\bq ?[5-90](?!\d)")
_LONG_AGO = "前年"


def is_odd_time(text: str, today: date, *, understood: bool) -> bool:
    """Whether the normalised text names a time that is none, or is still to come. `understood`: a time was read in it,
    so that 前年 belongs to that."""
    if _TO_COME.search(text) or _NO_TIME.search(text) or (_LONG_AGO in text and not understood):
        return True
    return any(hit.day is None for hit in find_days(text, today))
