"""axe-core's opinion on a page (npm, pinned in package-lock.json): https://github.com/dequelabs/axe-core"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

_GRAVE = ("serious", "critical")


@cache
def _script() -> str:
    path = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
    assert path.is_file(), "no axe-core: `make browser` fetches it"
    return path.read_text(encoding="utf-8")


def faults(page: Page) -> list[str]:
    """Every serious or critical fault: rule, what axe says, and the elements."""
    # Evaluated by the browser's debugger: the page's own policy lets no foreign script in.
    page.evaluate(_script() + "; undefined")
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [
        f"{fault['id']} ({fault['impact']}): {fault['help']}\n  "
        + "\n  ".join(f"{node['html'][:160]} — {node['failureSummary']}" for node in fault["nodes"][:5])
        for fault in found
        if fault["impact"] in _GRAVE
    ]
