"""What is asked of an appraisal and what comes of it: the same types for Slack and the command line."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.access import Asker
from bot.domain.appraisal_check import Check, Found
from bot.domain.appraisal_result import Change
from bot.domain.appraisal_run import LineRow, Run
from bot.domain.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Base of all requests: who, which period (`2026Q3`, `2026`), and by which way (`slack`, `cli:user`)."""

    asker: Asker
    period: str
    via: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerQuestion(Step):
    """HR's yes or no. `item`: a judged rule (`second.risk`), or a fact that is missing (`last_year_loans`, `exam`)."""

    person: str
    item: str
    yes: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideCheck(Step):
    """HR lets a finding of the data gate pass, with a reason that is printed on the result."""

    check: str
    item: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm(Step):
    """定稿. `shown`: the digest of the effect that the person saw; `typed`: the period as typed."""

    shown: str
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide(Step):
    """批准 or 驳回; `people` empty: all that wait, or for a reviewer's 驳回 the whole proposal."""

    people: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """`again`: the run was there already."""

    run: Run
    again: bool
    people: int
    batch: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What the data gate found, in the order of the checks."""

    run: Run
    checks: Mapping[str, Check]
    found: Sequence[Found]
    overridden: frozenset[tuple[str, str]]
    """(check, item) that HR has let pass."""

    @property
    def blocking(self) -> tuple[Found, ...]:
        """What nobody has let pass."""
        blocks = (f for f in self.found if self.checks[f.check].level == "block")
        return tuple(f for f in blocks if (f.check, f.item) not in self.overridden)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts over the lines of a run."""

    people: int
    changes: Mapping[str, int]
    grades: Mapping[str, int]
    """By grade proposed; under "" those without a proposal."""
    units: Mapping[str, Mapping[str, int]]
    """Changes by unit."""
    below_pass_line: int
    open: tuple[str, ...]
    """Whose outcome something open could change."""

    @property
    def moving(self) -> int:
        """People whose grade would change."""
        return self.changes.get(Change.UP, 0) + self.changes.get(Change.DOWN, 0)


def summary_of(lines: Sequence[LineRow]) -> Summary:
    """Of the brief lines."""
    units: dict[str, Counter[str]] = {}
    for line in lines:
        units.setdefault(line.unit or "", Counter())[line.change] += 1
    return Summary(
        people=len(lines),
        changes=dict(Counter(line.change for line in lines)),
        grades=dict(Counter(line.proposed or "" for line in lines)),
        units={unit: dict(counts) for unit, counts in sorted(units.items())},
        below_pass_line=sum(line.pass_line == Verdict.FAILED for line in lines),
        open=tuple(line.person for line in lines if line.blocks),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A trial: everyone's line, the summary, the batch it rests on. `again`: nothing had changed since the last."""

    run: Run
    summary: Summary
    lines: Sequence[LineRow]
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What 定稿 would do, as a dialog shows it; `shown` goes back with the confirmation."""

    run: Run
    summary: Summary
    shown: str
    to_approve: tuple[str, ...]
    approved: tuple[str, ...]
    overrides: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A decision that stands. `again`: it stood already."""

    run: Run
    summary: Summary
    people: tuple[str, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """Facts changed after the end (a batch that touches a finalised period), and whom it would have concerned."""

    batch: int
    at: str
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """状态: where a run stands, what blocks, who must act next."""

    run: Run
    summary: Summary | None
    changed: bool
    """Facts or answers have moved since the trial."""
    blocking: int
    to_approve: tuple[str, ...]
    next_step: str
    """The action's key; "" where there is none."""
    next_by: str
    """The role's key."""
    late: Sequence[Late] = field(default_factory=tuple)
