"""Makes the file of a kind. A kind is a case of `ledger_files`, and beyond it one of

`csv: {encoding, newline, delimiter, text, before, after}`: a CSV file, `text` in place of the sheet's own cells;
`xml: {part: [[old, new], …]}`: texts changed in a part of the workbook, each of which must be there;
`made: name`: a function of `archives` or `workbooks`, which makes what no library writes;
`file`: the file's name; `sheets`: further good sheets in the workbook; `options`: xlsxwriter's.
"""

import csv
import io
from pathlib import Path
from typing import Any

import yaml

from tests.loading.hostile import archives, workbooks
from tests.loading.ledger_files import cases, grid, rewrite, write_xlsx

Kind = dict[str, Any]
_KINDS = Path(__file__).parent / "kinds"


def kinds() -> list[Kind]:
    """Every kind: those of this folder, and the broken cells, headers and rows that both formats share."""
    own = [kind for path in sorted(_KINDS.glob("*.yaml")) for kind in yaml.safe_load(path.read_text(encoding="utf-8"))]
    return [*own, *(_whole(case) for case in cases("cells", "headers", "rows"))]


def _whole(case: Kind) -> Kind:
    """A shared case in the words of the kinds: the sheet stands in each expectation, CSV where a workbook cannot."""
    told = {key: [[case["sheet"], *one] for one in case.get(key, [])] for key in ("errors", "warnings")}
    kept = {key: value for key, value in case.items() if key not in ("csv", "xlsx")}
    return {**kept, **told, **({} if case.get("xlsx", True) else {"csv": {}})}


def build(kind: Kind, folder: Path) -> Path:
    """Writes the file."""
    if "made" in kind:
        path = folder / kind.get("file", "台账.xlsx")
        maker = getattr(archives, kind["made"], None) or getattr(workbooks, kind["made"])
        maker(path)
        return path
    if "csv" in kind:
        return _csv(folder / kind.get("file", f"{kind.get('sheet')}.csv"), kind)
    tabs = {
        kind.get("tab", kind["sheet"]): grid(kind),
        **{name: grid({"sheet": name}) for name in kind.get("sheets", [])},
    }
    path = write_xlsx(folder / kind.get("file", "台账.xlsx"), tabs, kind.get("merge"), **kind.get("options", {}))
    if "xml" in kind:
        wanted = {part: list(changes) for part, changes in kind["xml"].items()}
        rewrite(path, lambda part, text: _changed(text, wanted.pop(part, [])))
        assert not wanted, f"no part {wanted}"
    return path


def _changed(text: str, changes: list[list[str]]) -> str:
    for old, new in changes:
        assert old in text, f"{old} is not in the part"
        text = text.replace(old, new)
    return text


def _csv(path: Path, kind: Kind) -> Path:
    how = kind["csv"]
    text = how.get("text")
    if text == "COMMAS":
        text = "截止日,美元兑人民币" + "," * 10_000 + "\r\n2026-09-30,7.1" + "," * 10_000 + "\r\n"
    if text is None:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=how.get("delimiter", ","), lineterminator=how.get("newline", "\r\n"))
        writer.writerows([["" if cell is None else cell for cell in row] for row in grid(kind)])
        text = out.getvalue()
    content = text.replace("LONG", "长" * 40_000).encode(how.get("encoding", "utf-8"))
    path.write_bytes(bytes.fromhex(how.get("before", "")) + content + bytes.fromhex(how.get("after", "")))
    return path
