"""What appraisals have established holds against later imports, and what an import does to a proposal that stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.domain.appraisal import State
from bot.domain.ledger_rows import Chunk
from bot.services.import_findings import Found
from bot.services.ports import Writing


class Established:
    """Keeps established facts while one batch is applied, and says where its files say otherwise."""

    def __init__(self, view: Writing) -> None:
        self._facts: Mapping[str, Mapping[str, tuple[str, date]]] = view.appraisals.established()
        self._found: list[Found] = []

    def keep(self, columns: Sequence[str], chunks: Iterable[Chunk]) -> Iterator[Chunk]:
        """Rows of 人员, as stored, with what has been established."""
        places = {name: columns.index(name) for name in ("grade", "grade_since") if name in columns}
        for numbers, values in chunks:
            yield numbers, self._kept(columns, places, values) if self._facts and places else values

    def warnings(self) -> list[Found]:
        """One a person whose grade a file gives differently."""
        return self._found

    def _kept(self, columns: Sequence[str], places: Mapping[str, int], values: list[list[Any]]) -> list[list[Any]]:
        kept = list(map(list, values))
        for row, person in enumerate(kept[columns.index("id")]):
            for name, place in places.items():
                fact = self._facts.get(person, {}).get(name)
                if fact is None or kept[place][row] == fact[0]:
                    continue
                if name == "grade":
                    facts = {"fact": fact[0], "since": fact[1].isoformat()}
                    said = [((person,), kept[place][row])]
                    self._found.append(Found("established_fact_stands", "managers", said, name, facts))
                kept[place][row] = fact[0]
        return kept


def void_proposals(view: Writing, now: datetime, actor: str, batch: int) -> Iterator[Found]:
    """A proposal froze people and batch together: what is imported after it opens the run again, and says so."""
    for run in view.appraisals.everything():
        if run.state is not State.PROPOSED:
            continue
        view.appraisals.change(run.number, state=str(State.OPEN), proposed_by=None, proposed_at=None)
        details = {"period": run.period, "run": str(run.number), "because": f"batch {batch}"}
        view.audit.record(now, actor, "appraisal_voided", None, details)
        yield Found("proposal_voided", "managers", [((), None)], None, {"period": run.period})
