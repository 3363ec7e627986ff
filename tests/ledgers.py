"""Small ledgers for tests, written as the CSV files that a branch would bring."""

import csv
from collections.abc import Sequence
from pathlib import Path

from bot.services.import_ledger import ImportLedger, ImportReport
from bot.wiring import Parts

FIGURES = [
    "截止日",
    "客户号",
    "客户名称",
    "日均存款",
    "其中协议存款",
    "日均贷款",
    "国际结算额",
    "正常类贷款",
    "关注类贷款",
    "次级类贷款",
    "可疑类贷款",
    "损失类贷款",
    "欠息",
    "垫款",
]


def sheet(folder: Path, name: str, header: Sequence[str], *rows: Sequence[object]) -> Path:
    """One CSV file named for its sheet; `folder` is made."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def people(folder: Path, *ids: str) -> Path:
    """Managers of the third grade with those numbers."""
    return sheet(folder, "人员", ["工号", "姓名", "岗位等级"], *([i, f"员工{i}", "三级"] for i in ids))


def figures(folder: Path, *rows: tuple[str, str, object]) -> Path:
    """(as-of, client, deposits in yuan); everything else nought."""
    return sheet(folder, "业绩", FIGURES, *([d, c, f"客户{c}", amount, *[0] * 10] for d, c, amount in rows))


def held(folder: Path, *rows: tuple[str, str, object, str, str]) -> Path:
    """(client, manager, share, from, to)."""
    return sheet(folder, "管户", ["客户号", "工号", "占比", "起始日", "截止日"], *rows)


def load(joined: Parts, *files: Path, dry_run: bool = False) -> ImportReport:
    """Reads and imports."""
    return joined.imports(ImportLedger(parsed=joined.read_ledger(files), actor="test", dry_run=dry_run))


def stored(joined: Parts, name: str) -> list[dict[str, object]]:
    """The current rows of a sheet."""
    with joined.store.read() as view:
        return list(view.batches.rows(name))
