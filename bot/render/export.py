"""A standing as files to keep: a workbook, and one page to print. Figures exact, each with its clause."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from bot.domain.judge import AmountFinding, GradeFinding
from bot.domain.measures import break_down
from bot.domain.money import Currency, Money, decimal_text
from bot.domain.rulebook import Measure, Reading
from bot.domain.verdict import Verdict
from bot.render import amounts, gaps
from bot.render.conditions import PASS_LINE, Wording
from bot.render.mrkdwn import plain
from bot.render.words import Words
from bot.services.export import StandingExport

_MOST_READINGS = 6
"""On the page, which is to stay one; the workbook has them all."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, or a number as its exact decimal with the text that a person reads."""

    text: str
    number: str | None = None


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of the workbook."""

    name: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]


class ExportedStanding:
    """The tables of one export, made once for both files."""

    def __init__(self, words: Words, export: StandingExport) -> None:
        self._words, self._export = words, export
        self._wording = Wording(words, export.standing.person, export.focus.pass_line, export.faults)
        self.slots = {name: plain(text) for name, text in _slots(words, export).items()}

    @property
    def name(self) -> str:
        """Of the files, without ending."""
        return "".join(c if c.isalnum() or c in "-()（）·" else "＿" for c in self.slots["file"])

    @property
    def above(self) -> list[str]:
        """What stands over the first table."""
        return [self.slots["title"], *self.slots["facts"].splitlines(), self.slots["verdict"]]

    @property
    def tables(self) -> tuple[Table, ...]:
        """The workbook's sheets."""
        return self.conditions(), self.clients(), self.grades(), self.basis()

    def page(self) -> str:
        """HTML that loads nothing, one A4 page."""
        readings = ";".join(f"{r.id}:{r.reads}" for r in self._readings()[:_MOST_READINGS])
        tables = [self.conditions(), self.grades()]
        return self._words.slot("export/page", "page", words=self.slots, tables=tables, readings=readings)

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets' names."""
        return tuple(self.slots["sheets"].split("|"))

    def conditions(self) -> Table:
        """A row a condition of the grade, and its single client below it."""
        focus = self._export.focus
        rows = [row for part in (*focus.indicators.parts, focus.pass_line) for row in self._amount(part)]
        others = [focus.quality] if focus.quality else []
        for finding in (*others, *focus.conditions):
            for number, line in enumerate(plain(self._wording.full(finding)).splitlines()):
                mark, _, text = line.partition(" ")
                clause = self._label(finding.rule.clause) if not number else ""
                rows.append(
                    _texts(mark if not number else "", text if not number else f"　{line}", "", "", "", "", clause)
                )
        return self._table(0, "conditions", rows)

    def clients(self) -> Table:
        """Every client of every amount: its figure, the share, the part, and whether it counts."""
        focus = self._export.focus
        rows = []
        for finding in (*focus.indicators.parts, focus.pass_line):
            currency = Currency.USD if finding.rule.measure is Measure.SETTLEMENT else Currency.CNY
            found = break_down(finding.rule, self._export.clients)
            for lines, counted in ((found.counted, self.slots["in"]), (found.left_out, self.slots["out"])):
                for line in lines:
                    name, number = line.client.name, line.client.figures.client
                    named = _texts(self._name(finding), number, name)
                    part = _figure(line.part, currency)
                    share = Cell(amounts.share(line.client.share))
                    rows.append((*named, _figure(line.amount, currency), share, part, Cell(counted)))
        return self._table(1, "clients", rows)

    def grades(self) -> Table:
        """The six grades side by side: each grade's floor makes its own sum of the same clients."""
        standing = self._export.standing
        rows = [tuple(self._grade(standing.grades[grade.key])) for grade in standing.rulebook.grades]
        return self._table(2, "grades", rows)

    def basis(self) -> Table:
        """The clauses word for word, then the readings that were used."""
        rulebook = self._export.standing.rulebook
        clauses = [rulebook.clauses[clause] for clause in self._export.clauses]
        rows = [_texts(clause.label, clause.text) for clause in clauses]
        return self._table(3, "basis", rows + [_texts(r.id, r.reads) for r in self._readings()])

    def _table(self, sheet: int, head: str, rows: list[Row]) -> Table:
        return Table(self.sheets[sheet], tuple(self.slots[head].split("|")), tuple(rows))

    def _amount(self, finding: AmountFinding) -> Iterator[Row]:
        yield self._line(finding.verdict, self._name(finding), finding.value, finding.rule.bound, finding.rule.clause)
        if single := finding.single:
            yield self._line(single.verdict, self.slots["single"], single.value, single.bound, "")

    def _line(self, verdict: Verdict, name: str, value: Fraction | None, bound: Money, clause: str) -> Row:
        gap = None if value is None else max(Fraction(0), bound.minor - value)
        figures = (_figure(minor, bound.currency) for minor in (value, bound.minor, gap))
        attained = "" if value is None else amounts.attained(value, bound)
        return (*_texts(self._mark(verdict), name), *figures, *_texts(attained, self._label(clause) if clause else ""))

    def _grade(self, grade: GradeFinding) -> Iterator[Cell]:
        deposits = next((p for p in grade.indicators.parts if p.rule.measure is Measure.NET_DEPOSITS), None)
        shown = deposits or grade.indicators.parts[0]
        wording = Wording(self._words, self._export.standing.person, grade.pass_line, ())
        yield Cell(grade.grade.name)
        yield Cell(self._mark(grade.verdict))
        yield _figure(shown.value, shown.rule.bound.currency)
        yield _figure(shown.rule.bound.minor, shown.rule.bound.currency)
        yield from _texts(str(shown.counted), str(shown.excluded))
        yield Cell(f"{grade.indicators.met}/{grade.indicators.rule.needed}")
        yield Cell("、".join(plain(wording.gap(finding)) for finding in gaps.lacking(grade)))

    def _readings(self) -> list[Reading]:
        rulebook = self._export.standing.rulebook
        focus = self._export.focus
        rules = [f.rule for f in (*focus.indicators.parts, focus.pass_line)]
        used = {reading for rule in rules for reading in (*rule.readings, *rule.floor.readings)}
        return [reading for key, reading in rulebook.readings.items() if key in used]

    def _name(self, finding: AmountFinding) -> str:
        label = PASS_LINE if finding is self._export.focus.pass_line else finding.rule.measure
        return plain(self._words.word(label, "label"))

    def _mark(self, verdict: Verdict) -> str:
        return plain(self._words.word(verdict, "mark")) + " " + plain(self._words.word(verdict, "verdict"))

    def _label(self, clause: str) -> str:
        return self._export.standing.rulebook.clauses[clause].label


def _texts(*texts: str) -> Row:
    return tuple(Cell(text) for text in texts)


def _figure(minor: Fraction | int | None, currency: Currency) -> Cell:
    return Cell("") if minor is None else Cell(amounts.exact(minor, currency), decimal_text(minor))


def _slots(words: Words, export: StandingExport) -> dict[str, str]:
    standing, focus = export.standing, export.focus
    first = focus.indicators.parts[0]
    return words.slots(
        "export/words",
        person=standing.person,
        grade=focus.grade,
        verdict=focus.verdict,
        current=standing.current,
        proposed=standing.rulebook.grade(standing.proposed) if standing.proposed else None,
        period=standing.period,
        rulebook=standing.rulebook,
        batch=standing.state.batch,
        made=f"{export.made:%Y-%m-%d %H:%M}",
        parts=len(focus.indicators.parts),
        needed=focus.indicators.rule.needed,
        met=focus.indicators.met,
        counted=first.counted,
        excluded=first.excluded,
    )
