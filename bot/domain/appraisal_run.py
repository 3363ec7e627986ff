"""A run of an appraisal as values: the run, a person's line, what somebody said, an appeal."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.appraisal import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One appraisal of one period; `corrects` is the run that it corrects, 0 for none."""

    number: int
    period: str
    rulebook: str
    opened_by: str
    opened_at: datetime
    corrects: int = 0
    state: State = State.OPEN
    trial_batch: int | None = None
    trial_said: int | None = None
    trial_by: str | None = None
    trial_at: datetime | None = None
    proposed_by: str | None = None
    proposed_at: datetime | None = None
    head: str | None = None
    digest: str | None = None
    signature: str | None = None
    public_key: str | None = None
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None
    published_by: str | None = None
    published_at: datetime | None = None

    @property
    def sealed(self) -> bool:
        """Finalised or published: nothing of it changes."""
        return self.state in (State.FINALISED, State.PUBLISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """One person's line as stored; `inputs`, `result`: canonical JSON, empty where only the brief line was read."""

    person: str
    name: str
    unit: str | None
    current: str | None
    proposed: str | None
    change: str
    blocks: bool
    pass_line: str
    inputs: str
    result: str
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What somebody said in a run. `kind`: answer, override, approval, rejection, stand_in, publication."""

    number: int = 0
    run: int
    kind: str
    person: str = ""
    item: str = ""
    value: str = ""
    note: str = ""
    by: str
    at: datetime
    via: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """One appeal; `kind`: attribution, amount, reading, other; `outcome`: granted, partly, rejected, escalated."""

    number: int = 0
    key: str
    run: int
    person: str
    kind: str
    item: str
    text: str
    at: datetime
    outcome: str | None = None
    reason: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    corrected_by: int | None = None
