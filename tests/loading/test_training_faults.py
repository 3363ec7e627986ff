"""What is wrong in a training document is all reported at once, each fault with its file, line and key.

`broken/training/good/` is two small documents and their source, without fault. Every other folder there holds only the
files that differ (`x.yaml.absent`: left out), and `faults.txt`: file:line, key and code of every fault, and no other.
"""

import re
import shutil
from pathlib import Path

import pytest

from bot.loading import training
from bot.loading.faults import TrainingFaults

BROKEN = Path(__file__).parent / "broken" / "training"
GOOD = BROKEN / "good"
FAULTS = sorted(path.name for path in BROKEN.iterdir() if path != GOOD)


def lay_over(fault: str, folder: Path) -> Path:
    """The good files with those of one fault laid over them."""
    shutil.copytree(GOOD, folder)
    for path in (BROKEN / fault).iterdir():
        if path.suffix == ".absent":
            (folder / path.stem).unlink()
        else:
            shutil.copy(path, folder / path.name)
    return folder


def found(fault: str, folder: Path) -> list[training.Fault]:
    laid = lay_over(fault, folder / "training")
    return training.check(laid, laid / "source.txt")


def expected(fault: str) -> list[str]:
    return sorted((BROKEN / fault / "faults.txt").read_text(encoding="utf-8").splitlines())


def test_the_small_documents_have_no_fault() -> None:
    assert training.check(GOOD, GOOD / "source.txt") == []


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_reported_with_its_place_and_nothing_else_is(fault: str, tmp_path: Path) -> None:
    told = found(fault, tmp_path)
    assert sorted(f"{f.file}:{f.line} {f.key or '-'} {f.code}" for f in told) == expected(fault)
    for one in told:
        assert re.search(r"[一-鿿]{2}", one.message), one


def test_there_is_a_broken_file_for_every_code_that_the_loader_can_report() -> None:
    source = Path(training.__file__).read_text(encoding="utf-8")
    reported = set(re.findall(r'"([a-z_]+)", f?"[^"]*[一-鿿]{2}', source))
    shown = {line.split()[-1] for fault in FAULTS for line in expected(fault)}
    assert reported - shown == {"no_document"}  # an empty folder, which git does not keep: tested below
    assert len(reported) > 10


def test_a_folder_without_documents_is_a_fault(tmp_path: Path) -> None:
    codes = {fault.code for fault in training.check(tmp_path, GOOD / "source.txt")}
    assert codes == {"no_document", "missing_file"}


def test_loading_refuses_faulty_documents_and_hands_over_every_fault(tmp_path: Path) -> None:
    folder = lay_over("all_at_once", tmp_path / "training")
    with pytest.raises(TrainingFaults) as refused:
        training.load_training(folder, folder / "source.txt")
    assert list(refused.value.faults) == training.check(folder, folder / "source.txt")
    assert "corporate.yaml:13 aims.quote: " in str(refused.value)
