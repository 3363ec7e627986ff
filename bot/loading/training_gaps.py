"""knowledge/gaps/training.yaml as one `GapMap`, read strictly: every fact that it names is one of a document's."""

from pathlib import Path

from bot.domain.rulebook import Measure
from bot.domain.training_gaps import EXAM, QUALITY, GapMap, Remedy
from bot.domain.training_plans import TrainingPlans
from bot.loading import data
from bot.loading.faults import FaultList, TrainingFaults
from bot.loading.strict_yaml import Keys, Table, read_table

FILE = "training.yaml"
_FILE, _READING, _REMEDY = Keys("reading measures"), Keys("text reads"), Keys("facts words")
_MEASURES = Keys(" ".join((*Measure, QUALITY, EXAM)))


def load_gaps(plans: TrainingPlans, folder: Path | None = None) -> GapMap:
    """Of `folder`, by default the shipped one. TrainingFaults with every fault found."""
    faults = FaultList()
    file = read_table(folder or data.knowledge() / "gaps", FILE, faults)
    made = _map(file.expect(_FILE), plans, faults) if file else None
    if faults.found or made is None:
        raise TrainingFaults(faults.in_order())
    return made


def _map(file: Table, plans: TrainingPlans, faults: FaultList) -> GapMap:
    reading, measures = file.table("reading"), file.table("measures")
    if measures:
        measures.expect(_MEASURES)
    texts = [(reading.expect(_READING).text(key) or "") if reading else "" for key in ("text", "reads")]
    remedies = (
        {key: _remedy(table.expect(_REMEDY), plans, faults) for key, table in measures.entries()} if measures else {}
    )
    return GapMap(texts[0], texts[1], remedies)


def _remedy(table: Table, plans: TrainingPlans, faults: FaultList) -> Remedy:
    for fact in table.words("facts"):
        try:
            plans.cited(fact.text)
        except KeyError:
            faults.add(fact.place, "unknown_fact", f"没有这条事实 {fact.text};应写作 文件.事实")
    facts, words = (tuple(word.text for word in table.words(key)) for key in ("facts", "words"))
    return Remedy(tuple(f"training.{fact}" for fact in facts), words)
