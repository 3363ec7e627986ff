"""What-ifs on random branches: the same answer as if the changed figures had been imported, by the plain checker."""

from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.config import FixedClock, Settings
from bot.domain.judge import Facts
from bot.domain.measures import Measures
from bot.domain.period import Period
from bot.domain.rulebook import Measure
from bot.domain.tally import tally
from bot.domain.what_if import Change, suppose
from bot.render.progress_json import progress_line
from bot.services.import_ledger import ImportLedger
from bot.wiring import build
from tests.brute_force import checker
from tests.brute_force.branches import branches, write_branch
from tests.brute_force.test_engine_agrees import fresh, without_batch
from tests.conftest import NOW

__all__ = ["fresh"]

COLUMNS = {Measure.DEPOSITS: "deposit_avg", Measure.LOANS: "loan_avg", Measure.SETTLEMENT: "settlement_usd"}
amounts = st.sampled_from([-50, -1, 1, 49, 50, 100, 500, 3000]).map(lambda wan: wan * 10_000_00)


def with_change(branch: dict[str, Any], manager: str, change: Change, as_of: Any) -> dict[str, Any]:
    """The branch as it would be imported with the change in it."""
    branch = deepcopy(branch)
    column, amount = COLUMNS[change.measure], Decimal(change.amount) / 100
    row = next((r for r in branch["figures"] if r["client"] == change.client and r["as_of"] == as_of), None)
    if row is None:
        row = {**dict.fromkeys(branch["figures"][0], Decimal(0)), "client": change.client, "as_of": as_of}
        branch["figures"].append(row)
        held = {"client": change.client, "manager": manager, "share": Decimal(100), "from": as_of, "to": None}
        branch["attribution"].append(held)
    row[column] += amount
    row["agreement_avg"] = min(row["agreement_avg"], row["deposit_avg"])
    return branch


@settings(max_examples=25)
@given(branch=branches(), measure=st.sampled_from(sorted(COLUMNS)), amount=amounts, which=st.integers(0, 5))
def test_a_supposed_change_is_judged_as_if_it_had_been_imported(
    branch: dict[str, Any], measure: Measure, amount: int, which: int, fresh: Any, tmp_path: Path
) -> None:
    path = tmp_path / "台账.xlsx"
    write_branch(path, branch)
    parts = build(Settings(_env_file=None, database_url=fresh()), FixedClock(NOW))
    assert parts.imports(ImportLedger(parsed=parts.read_ledger([path]), actor="test")).accepted
    period = Period.parse(str(branch["period"]))
    rulebook = parts.shelf.on(period.as_of)
    with parts.store.read() as view:
        person = view.people.everyone()[0]
        clients = view.ledger.clients(period.as_of, person.id)
        stored = next(iter(view.ledger.measures(period.as_of, rulebook.floors(), person.id)), Measures(person.id))
        facts = Facts(person, period, view.ledger.state(period.as_of), stored)
    parts.store.close()
    if clients:
        assert tally(clients, rulebook.floors(), stored) == stored
    # Whoever has no grade is not listed by the checker; without any figures of that day nothing can be supposed.
    assume(facts.state.has_figures and person.grade and person.active)
    known = clients[which].figures if which < len(clients) else None
    assume(amount > 0 or (known and getattr(known, COLUMNS[measure]) >= -amount))
    change = Change(client=known.client if known else "新客户", measure=Measure(measure), amount=amount)
    after = progress_line(suppose(rulebook, facts, clients, [change]).after)
    write_branch(path, with_change(branch, person.id, change, period.as_of))
    expected = {line["manager"]: line for line in checker.progress(path, str(branch["period"]))}
    assert without_batch(after) == without_batch(expected[person.id])
