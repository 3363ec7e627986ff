"""Answers while an import runs: standings of one manager in a bot's process, while another of its threads imports."""

import threading
import time
from pathlib import Path

from bot.config import FixedClock, Settings
from bot.domain.period import Period
from bot.render.progress_json import progress_line
from bot.services.import_ledger import ImportLedger
from bot.services.looking import standing_of
from bot.wiring import Parts, build
from tests.bench.filling import fill
from tests.conftest import NOW

_PAUSE = 0.01
"""Between two answers, in seconds."""
_QUIET = 300
"""Answers timed before the import begins."""


def line(store: Path, table: Path) -> str:
    """One line of the table: the import's p99 beside that of the same process at rest."""
    parts = build(Settings(_env_file=None, database_url=f"sqlite:///{store}"), FixedClock(NOW))
    with parts.store.write() as view:
        fill(view.connection, 50, 200)
    rest = sorted(_answer(parts) for _ in range(_QUIET))
    importing = threading.Thread(
        target=lambda: parts.imports(ImportLedger(parsed=parts.read_ledger([table]), actor="bench"))
    )
    importing.start()
    busy = []
    while importing.is_alive():
        busy.append(_answer(parts))
    parts.store.close()
    busy.sort()
    return (
        f"{'answers while an import runs':<52} p99 {_p99(busy):.1f} ms, longest {busy[-1] * 1000:.1f} ms, of {len(busy)};"
        f" at rest p99 {_p99(rest):.1f} ms   (aim p99 50 ms)"
    )


def _answer(parts: Parts) -> float:
    """Seconds of one standing with its JSON."""
    rulebook, period = parts.shelf.on(NOW.date()), Period.parse("2026Q3")
    time.sleep(_PAUSE)
    start = time.perf_counter()
    with parts.store.read() as view:
        person = view.people.get("M00025")
        assert person is not None
        progress_line(standing_of(view, rulebook, person, period))
    return time.perf_counter() - start


def _p99(times: list[float]) -> float:
    """Milliseconds; `times` in order."""
    return times[int(len(times) * 0.99)] * 1000
