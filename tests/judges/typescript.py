"""The types of npm's @slack/types as a judge: each case is a line of TypeScript, and the compiler says which are wrong.

Types know names, fields and kinds, not lengths or counts. `tests/browser/package-lock.json` names the versions and
their hashes; `make browser` lets npm fetch them from the registry that it is set to.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.judges.verdicts import TAKEN, Verdict, kinds, refused, unknown

HERE = Path(__file__).parents[1] / "browser"
COMPILER = HERE / "node_modules" / ".bin" / "tsc"
_KNOWS_NOT = frozenset({"data_visualization", "auth_provider", "call", "icon"})
_HEAD = """import type { HomeView, KnownBlock, ModalView } from '@slack/types';
type Held = { blocks: KnownBlock[] };
type Modal = Omit<ModalView, 'blocks'> & Held & { submit_disabled?: boolean };
type Home = Omit<HomeView, 'blocks'> & Held;
"""
_FAULT = re.compile(r"^cases\.ts\((\d+),\d+\): error (.*)$", re.M)


def judge_all(asked: Sequence[tuple[list[Any], dict[str, Any] | None]], folder: Path) -> list[Verdict]:
    """What the types say of each pair of blocks and view, in order; one run of the compiler, in a folder to spare."""
    lines = [_line(number, blocks, view) for number, (blocks, view) in enumerate(asked)]
    source = folder / "cases.ts"
    source.write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    (folder / "node_modules").symlink_to(HERE / "node_modules")
    options = ["--noEmit", "--strict", "--skipLibCheck", "--pretty", "false", "--module", "nodenext"]
    done = subprocess.run([COMPILER, *options, source.name], cwd=folder, capture_output=True, text=True, check=False)
    first = len(_HEAD.splitlines()) + 1
    faults = {int(line) - first: why for line, why in _FAULT.findall(done.stdout)}
    if done.returncode not in (0, 2) or (done.returncode and not faults):
        raise RuntimeError(done.stdout + done.stderr)
    return [_verdict(blocks, faults.get(number, "")) for number, (blocks, _) in enumerate(asked)]


def _line(number: int, blocks: list[Any], view: dict[str, Any] | None) -> str:
    if view is None:
        return f"export const c{number}: KnownBlock[] = {json.dumps(blocks)};"
    kind = "Modal" if view.get("type") == "modal" else "Home"
    return f"export const c{number}: {kind} = {json.dumps(view)};"


def _verdict(blocks: list[Any], fault: str) -> Verdict:
    strange = _KNOWS_NOT.intersection(kinds(blocks))
    if strange:
        return unknown(min(strange))
    return refused(fault) if fault else TAKEN
