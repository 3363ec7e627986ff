"""`make bench`: every figure with its baseline of the same run. Nothing is asserted on time."""

import platform

from tests.bench import one_manager, slack_paths


def main() -> None:
    """Prints the table."""
    print(f"Python {platform.python_version()}, {platform.machine()}; medians, both sides by turns in one run")
    for part in (one_manager, slack_paths):
        print(part.report(), flush=True)


if __name__ == "__main__":
    main()
