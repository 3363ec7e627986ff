"""`make bench`: every figure with its baseline of the same run. Nothing is asserted on time."""

import platform

from tests.bench import imports, one_manager, slack_paths, whole_bank, workspace


def main() -> None:
    """Prints the table."""
    print(f"Python {platform.python_version()}, {platform.machine()}; medians, both sides by turns in one run")
    for part in (one_manager, slack_paths):
        print(part.report(), flush=True)
    for told in whole_bank.lines(whole_bank.SHORT, rounds=3):
        print(told, flush=True)
    for told in imports.lines(imports.SHORT):
        print(told, flush=True)
    for told in workspace.lines():
        print(told, flush=True)


if __name__ == "__main__":
    main()
