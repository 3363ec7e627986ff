"""knowledge/phrases/sessions.yaml as one `SessionWords` value, read strictly."""

from pathlib import Path

from bot.domain.training_sessions import Span
from bot.loading import data
from bot.loading.faults import FaultList, TrainingFaults
from bot.loading.strict_yaml import Keys, Table, read_table
from bot.questions.sessions import SessionWords, Signs

FILE = "sessions.yaml"
_FILE = Keys("spans months things asks open mine hours gaps never generic")
_SPANS = Keys(" ".join(span for span in Span if span is not Span.MONTH))


def load_session_words(folder: Path | None = None) -> SessionWords:
    """Of `folder`, by default the shipped phrases. TrainingFaults with every fault found."""
    faults = FaultList()
    file = read_table(folder or data.knowledge() / "phrases", FILE, faults)
    words = _words(file.expect(_FILE)) if file else None
    if faults.found or words is None:
        raise TrainingFaults(faults.in_order())
    return words


def _words(file: Table) -> SessionWords:
    spans, months = file.table("spans"), file.table("months")
    if spans:
        spans.expect(_SPANS)
    return SessionWords(
        spans={span: _list(spans, span) for span in Span if spans.has(span)} if spans else {},
        months={name: int(months.text(name) or 0) for name in months.keys} if months else {},
        things=_list(file, "things"),
        asks=_list(file, "asks"),
        open=_signs(file, "open"),
        mine=_signs(file, "mine"),
        hours=_signs(file, "hours"),
        gaps=_signs(file, "gaps"),
        never=_list(file, "never"),
        generic=_list(file, "generic"),
    )


def _list(table: Table, key: str) -> tuple[str, ...]:
    return tuple(word.text for word in table.words(key))


def _signs(table: Table, key: str) -> Signs:
    """`报名 & 课/培训`: groups parted by &, words by /."""
    return tuple(
        tuple(tuple(word.strip() for word in group.split("/")) for group in sign.split("&"))
        for sign in _list(table, key)
    )
