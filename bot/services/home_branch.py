"""HR's part of the Home: what was imported last, where the appraisals stand, and what holds them up."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.domain.appraisal import State
from bot.services.home_view import Branch, Waits
from bot.services.ports import Reading

_MOST_RUNS = 3
_LISTED = 100


def branch_of(view: Reading, now: datetime) -> Branch:
    """Read anew each time; nothing of anybody's figures."""
    newest = view.batches.newest()
    batch = view.batches.get(newest) if newest else None
    runs = [run for run in view.appraisals.everything() if run.state is not State.PUBLISHED]
    return Branch(
        batch=replace(batch, at=batch.at.astimezone(now.tzinfo)) if batch else None,
        runs=tuple((run.period, str(run.state)) for run in runs[-_MOST_RUNS:]),
        waits=tuple(_waits(view, now)),
    )


def _waits(view: Reading, now: datetime) -> Iterator[Waits]:
    """What HR can do something about."""
    as_of = view.ledger.latest_as_of(now.date())
    if as_of is None:
        yield Waits("figures", 0)
    else:
        state = view.ledger.state(as_of)
        if not state.usd_cny:
            yield Waits("rate", 0)
        if not state.has_last_year:
            yield Waits("last_year", 0)
    if access := {change.person for change in view.pending.waiting()}:
        yield Waits("access", len(access))
    if questions := view.kept_questions.unsettled(_LISTED):
        yield Waits("questions", len(questions))
