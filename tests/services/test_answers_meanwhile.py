"""Answers while somebody else writes to the store for long, as an import does."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.domain.access import Asker, Surface
from bot.errors import StoreUnavailable
from bot.services.ask import Ask
from bot.services.outcomes import Outcome
from bot.storage.unit_of_work import Store
from bot.wiring import Parts
from tests.conftest import NOW


def test_a_question_and_its_follow_up_are_answered_while_another_writes(joined: Parts) -> None:
    def ask(text: str) -> Outcome:
        return joined.ask(Ask(Asker(None, "slack:T1/U1"), text, Surface.DM, NOW, thread="T1:D1:"))

    first = ask("二级要多少贷款")
    with ThreadPoolExecutor(1) as other, joined.store.write():
        assert other.submit(ask, "二级要多少贷款").result(60).clauses == first.clauses != ()
        assert other.submit(ask, "一级呢").result(60).clauses not in ((), first.clauses)


def test_a_writer_that_can_do_without_waits_no_longer_than_it_says(store: Store) -> None:
    other = Store(store.engine.url.render_as_string(hide_password=False))
    with store.write():
        with pytest.raises(StoreUnavailable) as refused, other.write(wait=0.05):
            pass
        assert refused.value.facts["reason"] == "busy"
    with other.write() as view:
        view.audit.record(NOW, "1", "looked", None, {})
    other.close()
