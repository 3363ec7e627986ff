"""Faults in data files: values with their place, collected until everything is read, so that one run shows them all."""

from dataclasses import dataclass, field

from bot.errors import BotError


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: the file as seen from the folder that is read, its line (from 1), the path of its key."""

    file: str
    line: int
    key: str


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in a data file; `code` is for tests and templates, `message` (Chinese) for whoever mends it."""

    file: str
    line: int
    key: str
    code: str
    message: str

    def __str__(self) -> str:
        at = f"{self.file}:{self.line}"
        return f"{at} {self.key}: {self.message}" if self.key else f"{at}: {self.message}"


@dataclass(slots=True)
class FaultList:
    """What has been found so far."""

    found: list[Fault] = field(default_factory=list)

    def add(self, place: Place, code: str, message: str) -> None:
        """Notes a fault; reading goes on."""
        self.found.append(Fault(place.file, place.line, place.key, code, message))

    def in_order(self) -> tuple[Fault, ...]:
        """By file and line, each once."""
        return tuple(sorted(set(self.found)))


class DataFaults(BotError):
    """Data files that cannot be used as they stand. Facts: count, faults (in words), first (of them)."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(count=len(faults), first=str(faults[0]), faults=tuple(map(str, faults)))
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))


class RulebookFaults(DataFaults):
    """The rulebooks cannot be used."""

    code = "rulebook_faults"


class TrainingFaults(DataFaults):
    """The training documents cannot be used."""

    code = "training_faults"
