"""What is wrong in a rulebook is all reported at once, each fault with its file, line and key.

`broken/rulebooks/good/` is a small rulebook without fault. Every other folder there holds only the files that differ from it
(`x.yaml.absent`: that file is left out), and `faults.txt`: file:line, key and code of every fault that is to be found, and no other.
"""

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.loading import rulebooks
from bot.loading.faults import RulebookFaults

BROKEN = Path(__file__).parent / "broken" / "rulebooks"
GOOD = BROKEN / "good"
FAULTS = sorted(path.name for path in BROKEN.iterdir() if path != GOOD)
READERS = ("strict_yaml", "cited", "rulebook_rules", "rulebook_grades", "rulebooks")


def lay_over(fault: str, folder: Path) -> Path:
    """The good files with those of one fault laid over them."""
    shutil.copytree(GOOD, folder)
    for path in (BROKEN / fault).glob("*/*"):
        target = folder / path.parent.name / path.name
        target.parent.mkdir(exist_ok=True)
        if path.suffix == ".absent":
            target.with_suffix("").unlink()
        else:
            shutil.copy(path, target)
    return folder


def expected(fault: str) -> list[str]:
    return sorted((BROKEN / fault / "faults.txt").read_text(encoding="utf-8").splitlines())


def test_the_small_rulebook_has_no_fault() -> None:
    assert rulebooks.check(GOOD) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_reported_with_its_file_line_key_and_code_and_nothing_else_is(fault: str, tmp_path: Path) -> None:
    found = rulebooks.check(lay_over(fault, tmp_path / "rulebooks"))
    assert sorted(f"{f.file}:{f.line} {f.key or '-'} {f.code}" for f in found) == expected(fault)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_explained_in_chinese(fault: str, tmp_path: Path) -> None:
    for found in rulebooks.check(lay_over(fault, tmp_path / "rulebooks")):
        assert re.search(r"[一-鿿]{2}", found.message), found


def test_there_is_a_broken_file_set_for_every_code_that_the_loader_can_report() -> None:
    folder = Path(rulebooks.__file__).parent
    source = "".join((folder / f"{name}.py").read_text(encoding="utf-8") for name in READERS)
    reported = set(re.findall(r'"([a-z_]+)",(?: \w+,)? (?:f?"[^"]*[一-鿿]{2}|message\))', source))
    shown = {line.split()[-1] for fault in FAULTS for line in expected(fault)}
    assert reported - shown == {"no_rulebook"}  # an empty folder, which git does not keep: tested below
    assert len(reported) > 25


def test_a_folder_without_any_version_is_a_fault(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        assert [fault.code for fault in rulebooks.check(folder)] == ["no_rulebook"]


def test_loading_refuses_a_faulty_folder_and_hands_over_every_fault_in_order(tmp_path: Path) -> None:
    folder = lay_over("all_at_once", tmp_path / "rulebooks")
    with pytest.raises(RulebookFaults) as refused:
        rulebooks.load_shelf(folder)
    assert list(refused.value.faults) == rulebooks.check(folder)
    assert refused.value.facts["count"] == len(refused.value.faults) == len(expected("all_at_once"))
    assert [(f.file, f.line) for f in refused.value.faults] == sorted((f.file, f.line) for f in refused.value.faults)
    assert "2026/grades.yaml:14 second.a.at_least: " in str(refused.value)


def test_changing_a_digit_of_any_value_of_the_shipped_grades_is_found_at_its_line(tmp_path: Path) -> None:
    shipped = rulebooks.data.knowledge() / "rulebooks" / "2026"
    folder = tmp_path / "2026"
    shutil.copytree(shipped, folder)
    lines = (shipped / "grades.yaml").read_text(encoding="utf-8").splitlines()
    value = re.compile(r"(?:at_least|amount|years|value): (\d)")
    changed = 0
    for index, line in enumerate(lines):
        if not (found := value.search(line)):
            continue
        digit = str((int(found[1]) + 1) % 10)
        spoilt = [*lines[:index], line[: found.start(1)] + digit + line[found.end(1) :], *lines[index + 1 :]]
        (folder / "grades.yaml").write_text("\n".join(spoilt), encoding="utf-8")
        faults = rulebooks.check(tmp_path)
        assert [(f.line, f.code) for f in faults if f.code == "not_in_clause"] == [(index + 1, "not_in_clause")], line
        changed += 1
    assert (
        changed == 21 + 6 + 6 + 12 + 3 + 6 + 6
    )  # bounds, single clients, pass lines, floors, years, staff grades, allowances


LINES = [
    (path.name, index)
    for path in sorted((GOOD / "2026").iterdir())
    for index in range(len(path.read_text(encoding="utf-8").splitlines()))
]


@settings(max_examples=150, deadline=None)
@given(
    where=st.sampled_from(LINES),
    text=st.one_of(
        st.text(max_size=20),
        st.sampled_from(
            ["", "a", "- a", "a: b", "  a: [b", "<<: {a: b}", "? [a]", "grades: {}", "key: {a: b}", "%YAML 9", "---"]
        ),
    ),
    keep=st.booleans(),
)
def test_checking_never_raises_whatever_stands_in_a_line(
    tmp_path_factory: pytest.TempPathFactory, where: tuple[str, int], text: str, keep: bool
) -> None:
    name, index = where
    folder = tmp_path_factory.mktemp("rulebooks")
    shutil.copytree(GOOD / "2026", folder / "2026")
    lines = (GOOD / "2026" / name).read_text(encoding="utf-8").splitlines()
    lines[index : index + (0 if keep else 1)] = [text]
    (folder / "2026" / name).write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
    for fault in rulebooks.check(folder):
        assert fault.line >= 1
