"""`ladder standing`: next steps as scripts read them, with the figures of the sample branch worked by hand."""

import json
from pathlib import Path

from tests.cli.conftest import Ladder
from tests.handlers.branch import load_sample

NOW = ("--now", "2026-10-09T09:30")


def test_every_next_step_is_one_line_of_json(ladder: Ladder, database_url: str, tmp_path: Path) -> None:
    """One store for all of them: loading it is the slow part."""
    load_sample(database_url)

    def line(*arguments: str) -> dict:
        ran = ladder("standing", *arguments, "--json", *NOW)
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    # 6900 of 7500; lifting 86, 62.5 and 38 onto 100 costs 113.5 and brings 300: 300 more beside.
    why = line("why", "1001", "--grade", "二级")
    assert (why["met"], why["fewest"][0]["gap"], why["smallest"][0]["total"]) == (False, "6000000.00", "4135000.00")
    # 1003 of 一级: the single client is 100万 short, the settlement met.
    best = line("route", "1003", "--grade", "first", "--as", "3001")["routes"][0]
    assert (best["parts"], best["needs"][0]["single_gap"]) == (["a", "c"], "1000000.00")
    # 480 of 500 brings its loan of 12000 with it.
    cliff = line("cliffs", "1010", "--grade", "senior")["cliffs"][0]
    assert (cliff["lift"], cliff["gains"]["senior.b"]) == ("200000.00", "120000000.00")
    balance = line("balance", "1001", "--grade", "second", "--since", "2026-10-10", "--amount", "3000万元")["lines"][0]
    assert (balance["days_gone"], balance["days_left"], balance["since"]) == (273, 92, "2026-10-10")
    assert line("forecast", "1001")["lines"][0]["full_quarters"] == 4
    # 6900 + 700 of a new client are more than 7500.
    supposed = line("what-if", "1001", "如果新客户再存700万,够二级吗")
    assert (supposed["before"]["proposed"], supposed["after"]["proposed"]) == ("third", "second")
    then = line("at-date", "1001", "--date", "2026-03-31")
    assert (then["known"]["first"], then["corrections"]) == (True, [])
    assert then["then"] == then["now"]
    assert line("by-rules", "1001", "--date", "2026-05-01")["other_rulebook"] == "2026"

    assert ladder("standing", "by-rules", "1001", "--date", "2025-05-01").code == 1
    refused = ladder("standing", "why", "1001", "--as", "1002", "--json")
    assert (refused.code, refused.out) == (1, ladder("standing", "why", "9999", "--as", "1002", "--json").out)
    assert ladder("standing", "what-if", "1001", "二级要多少存款").code == 2
    assert ladder("standing", "warnings", "--batch", "1", "--as", "1001").code == 1
    assert ladder("standing", "warnings", "--batch", "1", "--as", "3001", "--json").out == ""
