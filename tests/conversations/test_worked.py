"""Questions on standings with figures worked out by `tests/brute_force/standing_questions.py`, asked as `ladder ask --batch` asks."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.cli.ask import Asking
from tests.brute_force.standing_questions import FILE, NOW, lines
from tests.conversations.questions import branch

CASES = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def asked(folder: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any], list[str]]]:
    """Each case, its last answer, and what is wrong with that."""
    asking = Asking(branch(folder))
    for case in CASES:
        lines = [
            json.dumps({"id": case["id"], "as": case["as"], "thread": case["id"], "text": text, "now": NOW})
            for text in case["turns"]
        ]
        answer = list(asking.answer_lines(lines))[-1]
        yield case, answer, wrong(case, answer)


def wrong(case: dict[str, Any], answer: dict[str, Any]) -> list[str]:
    """Nothing where the answer is of the kind, says what it must and nothing that it must not."""
    text = answer["text"] + answer.get("private", "")
    found = [] if answer["kind"] == case["kind"] else [f"kind {answer['kind']}"]
    found += [f"no {must}" for must in case["must"] if must not in text]
    return found + [f"says {never}" for never in case["never"] if never in text]


def test_every_figure_is_the_one_worked_out(tmp_path: Path) -> None:
    failed = [(case["id"], case["turns"], bad) for case, _, bad in asked(tmp_path) if bad]
    assert failed == []
    assert len(CASES) >= 200


def test_the_file_is_what_the_plain_computation_writes() -> None:
    assert FILE.read_text(encoding="utf-8").splitlines() == lines()


if __name__ == "__main__":
    found = list(asked(Path(sys.argv[1])))
    for case, answer, bad in found:
        if bad:
            print(case["id"], case["as"], case["turns"], bad, answer["text"][:160].replace("\n", " / "))
    print(Counter((case["group"], not bad) for case, _, bad in found))
