"""Chinese numerals to digits: 七千五百万 -> 7500万, 第十一条 -> 第11条. 万 and 亿 stay as they are."""

import re

_DIGITS = {
    **dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖两俩", (1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 2), strict=True)),
}
_SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_D = "".join(_DIGITS)
_S = "".join(_SCALES)
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ENGLISH = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b(?= (?:years?|months?|indicators?|items?|hundred|million|of the))")
_RUN = re.compile(rf"(?!零[售受首手])[{_D}十拾][{_D}{_S}]*(?:点[{_D}]+)?|\d+[千百仟佰][{_D}{_S}\d]*(?![\d.])")


_HALF_YEARS = re.compile(r"(?:(\d{1,2})年半|(?<![上下前后\d年])半年)(?![度报底末])")


def to_digits(text: str) -> str:
    """Every run of Chinese numerals in digits; a run that is no number (两三) stays as it stands."""
    text = _ENGLISH.sub(lambda word: str(_WORDS.index(word[0]) + 1), text)
    text = _RUN.sub(lambda run: _apart(text, run.start()) + _digits(run[0]), text)
    return _HALF_YEARS.sub(lambda half: f"{12 * int(half[1] or 0) + 6}个月", text)


def _apart(text: str, start: int) -> str:
    """A blank after a number that ends where another begins: 1003三季度."""
    return " " if start and text[start - 1].isascii() and text[start - 1].isdigit() else ""


def _digits(run: str) -> str:
    whole, _, fraction = run.partition("点")
    number = _number(whole)
    if number is None:
        return run
    return f"{number}.{''.join(str(_DIGITS[c]) for c in fraction)}" if fraction else str(number)


def _number(run: str) -> int | None:
    """Digits one by one (二〇二六), or with 十百千 (七千五百, colloquially 七千五)."""
    if not any(c in _SCALES for c in run):
        return _plain(run)
    total, pending, last_scale = 0, None, 0
    for char in run:
        if char in _SCALES:
            if last_scale and _SCALES[char] >= last_scale:
                return None
            last_scale = _SCALES[char]
            total += (1 if pending is None else pending) * last_scale
            pending = None
        elif pending and char in _DIGITS:
            return None  # 两三千: about, no figure
        else:
            pending = (pending or 0) * 10 + _digit(char)
    if pending is None:
        return total
    spoken_short = last_scale > 10 and run[-2] in _SCALES  # 七千五 is 7500, 一百零五 is 105
    return total + pending * (last_scale // 10 if spoken_short else 1)


def _plain(run: str) -> int | None:
    values = [_digit(c) for c in run]
    if len(values) == 2 and values[1] == values[0] + 1:
        return None  # 两三年: about, no figure
    return int("".join(map(str, values)))


def _digit(char: str) -> int:
    return _DIGITS[char] if char in _DIGITS else int(char)
