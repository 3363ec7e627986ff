"""`make questions`: the dev set asked of the sample branch, by the same way as `ladder ask --batch`.

dev/*.yaml was tuned on, held/*.yaml never is: of the held part only counts are printed, unless `--held-failures` asks.
"""

import argparse
import json
import re
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from bot.cli.ask import Asking
from bot.cli.demo import load_branch
from bot.config import FixedClock, Settings
from bot.wiring import Parts, build
from tests.conversations.figures import figures

HERE = Path(__file__).parent
GROUPS = ("rules", "training", "comparisons", "followups", "unanswerable", "english")
BEGINS = datetime(2026, 10, 9, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
MANAGER = "1001"
_ONE_LIST_A_LINE = re.compile(r"^\[(\{.*?\})\]$", re.MULTILINE | re.DOTALL)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")


@dataclass(frozen=True)
class Judged:
    """A case, its last answer, and what is wrong with it."""

    case: Mapping[str, Any]
    answer: Mapping[str, Any]
    faults: tuple[str, ...]
    invented: tuple[str, ...]


def cases(part: str | Path) -> list[dict[str, Any]]:
    """All cases of dev, of held or of a folder, each with the file it stands in."""
    found = []
    for path in sorted((HERE / part).glob("*.yaml")):
        text = _ONE_LIST_A_LINE.sub(r"- \1", path.read_text(encoding="utf-8"))
        found += [{**case, "file": path.name} for case in yaml.safe_load(text) or []]
    return found


def branch(folder: Path) -> Parts:
    """The sample branch in a store of its own, its clock at rest."""
    settings = Settings(_env_file=None, database_url=f"sqlite:///{folder / 'questions.sqlite3'}")
    parts = build(settings, FixedClock(BEGINS))
    load_branch(parts)
    return parts


def judge_all(parts: Parts, asked: Sequence[Mapping[str, Any]]) -> Iterator[Judged]:
    """Each case in a conversation of its own, a minute between its turns."""
    asking = Asking(parts)
    for case in asked:
        answers = list(asking.answer_lines(_lines(case)))
        yield judge(case, answers[-1], parts)


def _lines(case: Mapping[str, Any]) -> Iterator[str]:
    for turn, text in enumerate(case.get("turns") or [case["ask"]]):
        yield json.dumps(
            {
                "id": case["id"],
                "as": str(case.get("as", MANAGER)),
                "thread": f"case-{case['file']}-{case['id']}",
                "in": case.get("in", "dm"),
                "text": text,
                "now": (BEGINS + timedelta(minutes=turn)).isoformat(),
            }
        )


def judge(case: Mapping[str, Any], answer: Mapping[str, Any], parts: Parts) -> Judged:
    """What the case wants and the answer lacks."""
    text = squeezed("\n".join((answer["text"], answer.get("private", ""))))
    kinds = case.get("kind") or []
    faults = [f"kind {answer['kind']}"] if kinds and answer["kind"] not in _list(kinds) else []
    must, either = _list(case.get("must")), list(case.get("any") or [])
    either += [many for many in must if isinstance(many, list)]
    faults += [f"lacks {word}" for word in must if not isinstance(word, list) and squeezed(word) not in text]
    faults += [
        f"has none of {'|'.join(map(str, _list(many)))}"
        for many in either
        if not any(squeezed(word) in text for word in _list(many))
    ]
    faults += [f"says {word}" for word in _list(case.get("never")) if squeezed(word) in text]
    missing = [clause for clause in _list(case.get("clauses")) if not _cited(str(clause), answer["clauses"])]
    faults += [f"cites no {clause}" for clause in missing]
    return Judged(case, answer, tuple(faults), invented(answer, parts))


def _cited(clause: str, cited: Sequence[str]) -> bool:
    """A part of the clause counts, and so does the clause that it is a part of: both quote its words."""
    return any(c == clause or c.startswith(f"{clause}.") or clause.startswith(f"{c}.") for c in cited)


def _list(value: object) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def squeezed(text: object) -> str:
    """What is compared: NFKC, without blanks and without commas in numbers."""
    return _THOUSANDS.sub("", re.sub(r"\s", "", unicodedata.normalize("NFKC", str(text)))).lower()


def invented(answer: Mapping[str, Any], parts: Parts) -> tuple[str, ...]:
    """Figures of an answer's body that stand in no sentence quoted under it."""
    if answer["kind"] not in ("answer", "training"):
        return ()
    known = {id_: c.text for rulebook in parts.shelf.rulebooks for id_, c in rulebook.clauses.items()}
    heads = {known[c].splitlines()[0] for c in answer["clauses"] if known.get(c)}
    lines = answer["text"].splitlines()
    first = next((n for n, line in enumerate(lines) if line.startswith("「") or any(h in line for h in heads)), 0)
    body = [line for line in lines[:first] if not line.startswith(("说明:", "Note:"))]
    missing = figures("\n".join(body)) - figures("\n".join(lines[first:]))
    return tuple(str(figure) for figure in sorted(missing))


def table(judged: Sequence[Judged]) -> Iterator[str]:
    """A line a group, and the sum."""
    yield f"{'group':<14}{'asked':>7}{'right':>7}{'%':>8}{'invented':>10}"
    for group in (*GROUPS, "all"):
        of_group = [j for j in judged if group in ("all", j.case["group"])]
        if of_group:
            right = sum(not j.faults for j in of_group)
            made_up = sum(len(j.invented) for j in of_group)
            yield f"{group:<14}{len(of_group):>7}{right:>7}{100 * right / len(of_group):>8.1f}{made_up:>10}"


def failures(judged: Sequence[Judged]) -> Iterator[str]:
    """What was asked, what is wrong, and how the answer began."""
    for one in judged:
        if one.faults or one.invented:
            asked = " → ".join(one.case.get("turns") or [one.case["ask"]])
            made_up = f"; invented {', '.join(one.invented)}" if one.invented else ""
            yield f"{one.case['file']}:{one.case['id']} {asked}\n    {'; '.join(one.faults)}{made_up}"
            yield f"    {' / '.join(one.answer['text'].splitlines())[:200]}"


def main() -> None:
    """Prints the failures of the part tuned on, then a table for each part."""
    options = argparse.ArgumentParser(prog="make questions")
    options.add_argument("--held-failures", action="store_true", help="also those of the part never tuned on")
    options.add_argument("--only", choices=("dev", "held"), help="one part alone")
    options.add_argument("--folder", type=Path, help="another folder of cases in place of dev")
    options.add_argument("--file", help="only files whose name holds this")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        parts = branch(Path(folder))
        for part in ("dev", "held") if not (chosen.only or chosen.folder) else (chosen.only or "dev",):
            asked = [case for case in cases(chosen.folder or part) if not chosen.file or chosen.file in case["file"]]
            judged = list(judge_all(parts, asked))
            if part == "dev" or chosen.held_failures:
                print(*failures(judged), sep="\n")
            print(f"\n{part}: {'tuned on' if part == 'dev' else 'never tuned on'}", *table(judged), sep="\n")


if __name__ == "__main__":
    main()
