"""The rules of a grade, read from their tables, every value held against the clause that it cites.

Another kind of condition is a line in `_CONDITIONS`, its reader here, and its judge in `bot.domain.judge`.
Codes noted here beside those of `cited`: single_above_bound, needed_above_n, duplicate_rule, key_prefix.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from bot.domain.money import Currency
from bot.domain.people import Education, Title
from bot.domain.rulebook import (
    AmountRule,
    AtLeastRule,
    Ban,
    BreachRule,
    EducationRule,
    ExamRule,
    Floor,
    JudgedRule,
    Measure,
    QualityRule,
    ReportRule,
    Rule,
    TenureRule,
)
from bot.loading.cited import NOTHING, Citations
from bot.loading.strict_yaml import Keys, Table

FLOOR = Keys("amount clause", "readings")
_INDICATORS = Keys("key needed clause of", "readings remark")
_INDICATOR = Keys("key measure at_least clause", "single_client_at_least readings remark")
_PASS_LINE = Keys("key measure at_least floor clause", "single_client_at_least readings remark")
_QUALITY = Keys("key clause", "normal_share bans readings remark")
_JUDGED = Keys("key question clause", "readings remark")

_ALL = "全部"
_MEASURES: Mapping[str, Measure] = {measure.value: measure for measure in Measure}
_SHARES = {"进一步提高": True}
_BANS = {"后三类贷款": Ban.BAD_LOANS, "欠息": Ban.OVERDUE_INTEREST, "垫款": Ban.ADVANCES}
_DIPLOMAS = {
    "高中": Education.SENIOR_HIGH,
    "中专": Education.VOCATIONAL,
    "大学专科": Education.COLLEGE,
    "大学本科": Education.BACHELOR,
    "硕士": Education.MASTER,
    "博士": Education.DOCTOR,
}
_TITLES = {"初级": Title.JUNIOR, "中级": Title.INTERMEDIATE, "高级": Title.SENIOR}


NO_FLOOR = Floor(NOTHING, "")
NO_PASS_LINE = AmountRule(key="", clause="", measure=Measure.DEPOSITS, bound=NOTHING, floor=NO_FLOOR)
NO_INDICATORS = AtLeastRule(key="", clause="", needed=0, of=())
"""Placeholders for what is faulty: see strict_yaml."""


class _Head(TypedDict):
    """What every rule has."""

    key: str
    clause: str
    readings: tuple[str, ...]
    remark: str | None


@dataclass(slots=True)
class RuleReader:
    """Reads the rules of one version; their keys must differ over all its grades."""

    cite: Citations
    _lines: dict[str, int] = field(default_factory=dict)

    def floor(self, table: Table) -> Floor:
        """The clients left out, with the clause that leaves them out."""
        clause = self.cite.clause(table)
        amount = self.cite.amount(table, "amount", clause)
        return Floor(amount=amount, clause=clause, readings=self.cite.readings_of(table))

    def indicators(self, table: Table, grade: str, floor: Floor) -> AtLeastRule:
        """k of n; `needed: 全部` where the clause lists what is asked and counts nothing."""
        head = self._head(table.expect(_INDICATORS), grade)
        of = tuple(self.amount(item.expect(_INDICATOR), grade, floor) for item in table.tables("of"))
        needed = table.word("needed")
        if needed and needed.text == _ALL:
            return AtLeastRule(**head, needed=len(of), of=of)
        count = self.cite.count(table, "needed", head["clause"], "项")
        if needed and count > len(of):
            self.cite.faults.add(needed.place, "needed_above_n", f"要求{needed.text},下面只有 {len(of)} 项")
        return AtLeastRule(**head, needed=count, of=of)

    def pass_line(self, table: Table, grade: str) -> AmountRule:
        """The on-post pass line, which has a floor of its own (article 9)."""
        floor = table.expect(_PASS_LINE).table("floor")
        own = self.floor(floor.expect(FLOOR)) if floor else NO_FLOOR
        return self.amount(table, grade, own)

    def amount(self, table: Table, grade: str, floor: Floor) -> AmountRule:
        """A sum with its bound and, where the clause asks it, that of a single client."""
        head = self._head(table, grade)
        measure = self.cite.meaning(table.word("measure"), _MEASURES, Measure.DEPOSITS)
        dollars = (Currency.USD,) if measure is Measure.SETTLEMENT else ()
        bound = self.cite.amount(table, "at_least", head["clause"], (Currency.CNY, *dollars))
        single = None
        if word := table.word("single_client_at_least"):
            # A single client's settlement is held in dollars: the judge converts sums only (R3).
            single = self.cite.amount(table, "single_client_at_least", head["clause"], dollars or (Currency.CNY,))
            if bound.minor and single.currency is bound.currency and single > bound:
                self.cite.faults.add(word.place, "single_above_bound", "单户标准高于合计标准,两数是否写反了?")
        return AmountRule(**head, measure=measure, bound=bound, floor=floor, single=single)

    def quality(self, table: Table, grade: str) -> QualityRule:
        """(2) of each grade: the share that must rise, and what may not occur."""
        head = self._head(table.expect(_QUALITY), grade)
        share = table.word("normal_share")
        words = (*((share,) if share else ()), *table.words("bans"))
        for word in words:
            self.cite.held(word, head["clause"])
        bans = [self.cite.meaning(word, _BANS, Ban.BAD_LOANS) for word in table.words("bans")]
        return QualityRule(**head, share_rises=self.cite.meaning(share, _SHARES, False), bans=tuple(bans))

    def judged(self, table: Table, grade: str) -> JudgedRule:
        """A question that an appraisal asks HR."""
        return JudgedRule(**self._head(table.expect(_JUDGED), grade), question=table.text("question") or "")

    def condition(self, table: Table, grade: str) -> Rule | None:
        """A personal condition by its `kind`; None, and a fault noted, for a kind that is not known."""
        kind = table.word("kind")
        if kind is None:
            table.expect(Keys("key kind clause"))
            return None
        known = self.cite.meaning(kind, _CONDITIONS, None)
        if known is None:
            return None
        values, read = known
        table.expect(Keys(f"key kind clause {values}", "readings remark"))
        return read(self, table, self._head(table, grade))

    def tenure(self, table: Table, head: _Head) -> Rule:
        """`years` of unbroken marketing work."""
        return TenureRule(**head, years=self.cite.count(table, "years", head["clause"], "年"))

    def education(self, table: Table, head: _Head) -> Rule:
        """A diploma or a title, by the regulation's words for them."""
        diploma, title = table.word("diploma"), table.word("title")
        for word in (diploma, title):
            if word:
                self.cite.held(word, head["clause"])
        return EducationRule(
            **head,
            education=self.cite.meaning(diploma, _DIPLOMAS, Education.COLLEGE),
            title=self.cite.meaning(title, _TITLES, Title.JUNIOR),
        )

    def _head(self, table: Table, grade: str) -> _Head:
        """Key, clause, readings and remark; the key is `<grade>.<name>` and stands once in the rulebook."""
        key = table.word("key")
        if key:
            if grade and not (key.text.startswith(f"{grade}.") and key.text.count(".") == 1):
                self.cite.faults.add(key.place, "key_prefix", f"应写作 {grade}.名称")
            first = self._lines.setdefault(key.text, key.place.line)
            if first != key.place.line:
                self.cite.faults.add(key.place, "duplicate_rule", f"规则重复,第 {first} 行已有")
        return {
            "key": key.text if key else "",
            "clause": self.cite.clause(table),
            "readings": self.cite.readings_of(table),
            "remark": table.text("remark"),
        }


_Read = Callable[[RuleReader, Table, _Head], Rule]
_CONDITIONS: Mapping[str, tuple[str, _Read] | None] = {
    "tenure": ("years", RuleReader.tenure),
    "education": ("diploma title", RuleReader.education),
    "exam": ("", lambda _reader, _table, head: ExamRule(**head)),
    "breach": ("", lambda _reader, _table, head: BreachRule(**head)),
    "report": ("", lambda _reader, _table, head: ReportRule(**head)),
}
"""kind -> the keys that it has beside those of every rule, and its reader."""
