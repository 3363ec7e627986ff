"""knowledge/training/*.yaml -> the training documents, or all their faults. `left_out.yaml` and `readings.yaml` stand
beside the documents.

Each document names its lines of the source, and every quote is held against them, every figure of an answer against its
quotes: so a fact that the source does not say cannot be loaded.

Codes noted here: no_document, no_source, bad_lines, overlap, key_is_not_the_file, twice, unknown_word, not_in_source,
quotes_out_of_order, figure_not_in_quote, one_of_two, unknown_fact, bad_number; the rest as in strict_yaml.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from bot.domain.figures_said import figures_of
from bot.domain.training_plans import Amount, Aspect, Fact, Kind, Plan, Reading, TrainingPlans
from bot.loading import data
from bot.loading.faults import Fault, FaultList, Place, TrainingFaults
from bot.loading.strict_yaml import Keys, Table, Word, read_table

READINGS, LEFT_OUT = "readings.yaml", "left_out.yaml"
_PLAN = Keys("key title name name_en kind about lines facts", "aliases")
_FACT = Keys("key aspect say", "title say_en whole quote quotes")
_READING = Keys("where text reads", "levels amounts")
_AMOUNT = Keys("fact number unit per", "at_least")
_LINES = re.compile(r"(\d+)-(\d+)")
_UNITS = ("days", "hours", "times", "stages", "months", "day_of_month")
_PER = ("year", "quarter", "month", "week", "course")

Member = TypeVar("Member", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class _Source:
    """The document's lines, white space removed."""

    lines: tuple[str, ...]

    def between(self, first: int, last: int) -> str:
        return "".join(self.lines[first - 1 : last])


@dataclass(frozen=True, slots=True)
class _File:
    """A plan, and where its lines stand."""

    plan: Plan
    place: Place


def load_training(folder: Path | None = None, source: Path | None = None) -> TrainingPlans:
    """The documents below `folder`, by default those shipped. TrainingFaults holds everything that is wrong in them."""
    plans, faults = _read(folder or data.knowledge() / "training", source or source_file())
    if faults.found:
        raise TrainingFaults(faults.in_order())
    return plans


def check(folder: Path, source: Path) -> list[Fault]:
    """All faults below `folder`, by file and line; never raises for what stands in the files."""
    return list(_read(folder, source)[1].in_order())


def source_file() -> Path:
    """The shipped source text."""
    return next(iter(sorted((data.knowledge() / "source").glob("*.txt"))))


def squeezed(text: str) -> str:
    """Without white space, which the source breaks its lines with."""
    return "".join(text.split())


def _read(folder: Path, path: Path) -> tuple[TrainingPlans, FaultList]:
    faults = FaultList()
    names = sorted(p.name for p in folder.glob("*.yaml") if p.name not in (READINGS, LEFT_OUT))
    if not names:
        faults.add(Place(str(folder), 1, ""), "no_document", "这里没有任何培训文件")
    source = _read_source(path, faults)
    files = [file for name in names if (file := _read_plan(folder, name, source, faults))]
    files.sort(key=lambda file: file.plan.lines)
    _check_apart(files, faults)
    plans = TrainingPlans(tuple(file.plan for file in files), {})
    readings = read_table(folder, READINGS, faults)
    return TrainingPlans(plans.plans, _readings(readings, plans, faults) if readings else {}), faults


def _read_source(path: Path, faults: FaultList) -> _Source:
    try:
        return _Source(tuple(squeezed(line) for line in path.read_text(encoding="utf-8").splitlines()))
    except (OSError, UnicodeDecodeError):
        faults.add(Place(path.name, 1, ""), "no_source", "读不出原文,无从核对引文")
        return _Source(())


def _check_apart(files: Iterable[_File], faults: FaultList) -> None:
    """No two documents hold a line, a key's file or a name in common."""
    names: dict[str, str] = {}
    until = 0
    for file in files:
        if file.plan.lines[0] <= until:
            faults.add(file.place, "overlap", f"与前一份文件的行重叠(到第 {until} 行)")
        until = max(until, file.plan.lines[1])
        if file.plan.name in names:
            faults.add(file.place, "twice", f"名称「{file.plan.name}」与 {names[file.plan.name]} 重复")
        names[file.plan.name] = file.plan.key


def _read_plan(folder: Path, name: str, source: _Source, faults: FaultList) -> _File | None:
    """One document; None where its lines cannot be read."""
    head = read_table(folder, name, faults)
    if head is None:
        return None
    key = head.expect(_PLAN).word("key")
    if key and f"{key.text}.yaml" != name:
        faults.add(key.place, "key_is_not_the_file", f"文件叫 {name},这里写的是 {key.text}")
    lines = _lines(head.word("lines"), source, faults)
    if lines is None:
        return None
    text = source.between(*lines)
    facts = _facts(head, text, faults)
    plan = Plan(
        key=name.removesuffix(".yaml"),
        title=head.text("title") or "",
        name=head.text("name") or "",
        name_en=head.text("name_en") or "",
        kind=_member(Kind, head.word("kind"), faults) or Kind.PLAN,
        about=_said(head.word("about"), (text,), faults),
        aliases=tuple(word.text for word in head.words("aliases")),
        lines=lines,
        facts=facts,
    )
    return _File(plan, head.at("lines"))


def _lines(word: Word | None, source: _Source, faults: FaultList) -> tuple[int, int] | None:
    """12-40: both of them in the source."""
    if word is None:
        return None
    found = _LINES.fullmatch(word.text)
    if found and 0 < int(found[1]) <= int(found[2]) <= len(source.lines):
        return int(found[1]), int(found[2])
    faults.add(word.place, "bad_lines", f"不是原文的行「{word.text}」;应写作 12-40,原文共 {len(source.lines)} 行")
    return None


def _facts(head: Table, text: str, faults: FaultList) -> tuple[Fact, ...]:
    """In the order of the file, each key once."""
    seen: set[str] = set()
    made = []
    for table in head.tables("facts"):
        fact = _fact(table.expect(_FACT), text, faults)
        if fact.key in seen:
            faults.add(table.at("key"), "twice", f"事实 {fact.key} 已有")
        seen.add(fact.key)
        made.append(fact)
    return tuple(made)


def _fact(table: Table, text: str, faults: FaultList) -> Fact:
    """One fact, held against its document's text."""
    if table.has("quote") == table.has("quotes"):
        faults.add(table.place, "one_of_two", "引文写在 quote(一处)或 quotes(几处)里,二者取一")
    one = table.word("quote")
    quotes = _held(table.words("quotes") if table.has("quotes") else (one,) if one else (), text, faults)
    return Fact(
        key=table.text("key") or "",
        aspect=_member(Aspect, table.word("aspect"), faults) or Aspect.CONTENT,
        say=_said(table.word("say"), quotes, faults),
        quotes=quotes,
        title=table.text("title") or "" if table.has("title") else "",
        say_en=_said(table.word("say_en"), quotes, faults),
        whole=table.flag("whole"),
    )


def _held(words: Iterable[Word], text: str, faults: FaultList) -> tuple[str, ...]:
    """The quotes, which stand in the text one after the other."""
    place, kept = 0, []
    for word in words:
        quote = squeezed(word.text)
        found = text.find(quote, place)
        if quote not in text:
            faults.add(word.place, "not_in_source", f"原文这几行里没有「{word.text[:30]}」")
        elif found < 0:
            faults.add(word.place, "quotes_out_of_order", f"引文次序与原文不同:「{word.text[:30]}」")
        place = max(place, found + len(quote))
        kept.append(_tidy(word.text))
    return tuple(kept)


def _tidy(text: str) -> str:
    """One line: YAML folds a long quote with blanks, which Chinese has not."""
    return re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", " ".join(text.split()))


def _said(word: Word | None, quotes: Iterable[str], faults: FaultList) -> str:
    """A sentence, no figure of which is its own."""
    if word is None:
        return ""
    own = figures_of(word.text) - frozenset().union(*map(figures_of, quotes))
    if own:
        faults.add(word.place, "figure_not_in_quote", f"引文里没有这些数字:{'、'.join(sorted(own))}")
    return _tidy(word.text)


def _member(of: type[Member], word: Word | None, faults: FaultList) -> Member | None:
    if word is None:
        return None
    try:
        return of(word.text)
    except ValueError:
        faults.add(word.place, "unknown_word", f"不认识「{word.text}」;可用的有 {'、'.join(of)}")
        return None


def _readings(file: Table, plans: TrainingPlans, faults: FaultList) -> Mapping[str, Reading]:
    """By id, in their order."""
    made = {}
    for name, table in file.entries():
        table.expect(_READING)
        levels = table.table("levels")
        made[name] = Reading(
            id=name,
            where=table.text("where") or "",
            text=table.text("text") or "",
            reads=table.text("reads") or "",
            levels={k: tuple(w.text for w in levels.words(k)) for k in levels.keys} if levels else {},
            amounts=tuple(a for t in table.tables("amounts") if (a := _amount(t.expect(_AMOUNT), plans, faults))),
        )
    return made


def _amount(table: Table, plans: TrainingPlans, faults: FaultList) -> Amount | None:
    """A number that stands in the quotes of the fact named."""
    fact, number, unit, per = (table.word(key) for key in ("fact", "number", "unit", "per"))
    if not (fact and number and unit and per):
        return None
    try:
        quotes = plans.cited(fact.text)[1].quotes
    except KeyError:
        faults.add(fact.place, "unknown_fact", f"没有这条事实 {fact.text};应写作 文件.事实")
        return None
    if not number.text.isdecimal() or number.text not in frozenset().union(*map(figures_of, quotes)):
        faults.add(number.place, "bad_number", f"引文里没有这个数 {number.text}")
        return None
    for word, known in ((unit, _UNITS), (per, _PER)):
        if word.text not in known:
            faults.add(word.place, "unknown_word", f"不认识「{word.text}」;可用的有 {'、'.join(known)}")
    return Amount(fact.text, int(number.text), unit.text, per.text, table.flag("at_least"))
