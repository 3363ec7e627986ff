"""knowledge/phrases/ is read strictly: every fault is said with its file and key."""

import shutil
from pathlib import Path

import pytest

from bot.loading.phrases import FaultyPhrases, load_phrases
from tests.conversations.branch import ROOT


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "knowledge/phrases", tmp_path / "phrases")
    with (folder / "topics.yaml").open("a", encoding="utf-8") as topics:
        topics.write("- {key: definition, words: [x], clauses: [art1], say: a, say_en: b}\n")
        topics.write("- {key: odd, words: [x], clauses: [art1], say: a, sya_en: b}\n")
    with pytest.raises(FaultyPhrases) as faults:
        load_phrases(folder)
    assert str(faults.value).splitlines() == [
        "topics.yaml: definition: twice",
        "topics.yaml: odd: no say_en",
        "topics.yaml: odd: unknown key sya_en",
    ]
