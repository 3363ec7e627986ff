"""knowledge/phrases/training.yaml as one `TrainingWords` value, read strictly."""

from pathlib import Path

from bot.domain.training_plans import Aspect
from bot.loading import data
from bot.loading.faults import FaultList, TrainingFaults
from bot.loading.strict_yaml import Keys, Table, read_table
from bot.questions.training_words import TrainingWords

FILE = "training.yaml"
_FILE = Keys(
    "signs speaks names audiences idle particles levels level_asked reading aspects topics unsaid others joins which"
)
_TOPIC = Keys("words finds")


def load_training_words(folder: Path | None = None) -> TrainingWords:
    """Of `folder`, by default the shipped phrases. TrainingFaults with every fault found."""
    faults = FaultList()
    file = read_table(folder or data.knowledge() / "phrases", FILE, faults)
    words = _words(file.expect(_FILE)) if file else None
    if faults.found or words is None:
        raise TrainingFaults(faults.in_order())
    return words


def _words(file: Table) -> TrainingWords:
    aspects, levels = file.table("aspects"), file.table("levels")
    if aspects:
        aspects.expect(Keys(" ".join(Aspect)))
    return TrainingWords(
        signs=_list(file, "signs"),
        speaks=_list(file, "speaks"),
        names=_list(file, "names"),
        audiences=_list(file, "audiences"),
        idle=_list(file, "idle"),
        aspects={aspect: _list(aspects, aspect) for aspect in Aspect} if aspects else {},
        particles=_list(file, "particles"),
        levels={key: _list(levels, key) for key in levels.keys} if levels else {},
        level_asked=_list(file, "level_asked"),
        reading=_list(file, "reading"),
        topics=tuple((_list(t.expect(_TOPIC), "words"), _list(t, "finds")) for t in file.tables("topics")),
        unsaid=_list(file, "unsaid"),
        others=_list(file, "others"),
        joins=_list(file, "joins"),
        which=_list(file, "which"),
    )


def _list(table: Table, key: str) -> tuple[str, ...]:
    return tuple(word.text for word in table.words(key))
