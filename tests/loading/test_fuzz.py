"""A hundred mutated ledger files through the real import; `make fuzz` runs two thousand."""

import subprocess
import sys


def test_mutated_files_end_with_a_report_and_are_never_half_loaded() -> None:
    """In a process of its own, for its limits of memory and processor time are the system's."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.loading.fuzz", "--files", "100", "--seed", "2026"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "100 files, seed 2026: 0 faults" in ran.stdout
    assert "25 of them also read in a process of their own and imported into PostgreSQL" in ran.stdout
