"""Whether an amount is read as it was written. A wrong reading is worse than a refusal: what adjoins may change it."""

import re

from bot.domain.money import Currency
from bot.domain.rulebook import Measure
from bot.questions.figures import FigureHit

_CNY = r"人民币|rmb|cny|yuan|元|块|圆"
_FOREIGN = (
    r"日元|日币|日圆|港元|港币|港纸|英镑|镑|欧元|欧|韩元|韩币|澳元|澳币|澳大利亚元|加元|加币|新元|新币|新加坡元|泰铢|卢布"
    r"|卢比|台币|新台币|法郎|盾|yen|jpy|hkd|hk\$|gbp|eur|krw|aud|cad|sgd|chf|twd|euros?|pounds?"
)
_BEFORE = re.compile(
    r"(?:[-+负正~–—€£₩] ?|[\d万亿千百十元] ?[到至或] ?|[\d万亿千百十.]|[a-z]"
    r"|(?<![a-z\d])\d{1,3}(?: \d{3})* )$"  # 30 000 000
    rf"|(?:{_FOREIGN}|美元|美金|usd) ?$"
)
_AFTER = re.compile(
    r" ?(?:[万亿千百十]|\.?\d|半|几|多(?![存拉放贷做来加增借还])|余(?!额)|出头|[-~–—€£₩]|[到至或](?:者)? ?\d|\+)"
    rf"| ?(?:{_FOREIGN})(?![a-z])"
)
_TAIL = re.compile(r"[万亿千百w]个?(?P<more>\d+(?:\.\d+)?) ?(?P<rest>\D*)$")
_DOUBLED = re.compile(r"(万亿|亿|千万|百万|十万|万|w|千)个?\d+(?:\.\d+)?(万亿|亿|千万|百万|十万|万|w|千)")
_RANK = {"千": 3, "万": 4, "w": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
_LOOSE = re.compile(
    r"(?:\d|几|多|余|数|好几|上|近|[一二三四五六七八九两十]{2,})?(?:几|多|余|数|[一二三四五六七八九两十]{2,})[十百千]*个?[万亿]"
    r"|半个?[千百]?[万亿]|上[千百]?[万亿]|\d+\.\d+\.\d+"
)


def is_plain(text: str, hit: FigureHit, said: str, measure: Measure) -> bool:
    """Whether the amount at `hit` can mean nothing else, and its unit is one of the measure. `said`: the words of the
    measure around it."""
    before, own, after = text[: hit.start], text[hit.start : hit.end], text[hit.end :]
    before, named = re.subn(r"(?:人民币|rmb|cny) ?$", "", before)
    if _BEFORE.search(before) or _AFTER.match(after) or not _whole(own):
        return False
    dollars = bool(hit.claim and hit.claim.money and hit.claim.money.currency is Currency.USD)
    yuan = bool(named or re.match(" ?人民币", after) or (not dollars and re.search(_CNY, own)))
    if measure is Measure.SETTLEMENT:
        return not yuan and (not dollars or not re.search("存款|贷款|日均|余额|deposit|loan", said))
    return not dollars


def loose_amounts(text: str) -> list[int]:
    """Where amounts stand that are no figure: 两三千万, 3000多万, 几百万."""
    return [match.start() for match in _LOOSE.finditer(text)]


def _whole(own: str) -> bool:
    """No digit of it is lost, and 1亿5 is the one short form: 3500万20元 and 0.1亿05 are none."""
    if re.search(r"\d{13}|\.\d{7}|\de\d", own) or re.match(r"\$?0\d", own):
        return False
    if (two := _DOUBLED.search(own)) and _RANK[two[1]] <= _RANK[two[2]]:
        return False
    tail = _TAIL.search(own)
    if not tail or re.match(r"个?[万亿千百十wk]", tail["rest"]):
        return True
    return bool(re.fullmatch("[1-9]", tail["more"])) and not tail["rest"].strip()
