"""Where the readers put what they find wrong."""

from bot.domain.importing import Place, Remark, remark
from bot.loading.ledgers.raw import Unreadable


class Report:
    """Errors and warnings of one import, in the order in which they were found."""

    def __init__(self) -> None:
        self.errors: list[Remark] = []
        self.warnings: list[Remark] = []

    def error(self, code: str, place: Place, value: str | None = None, /, **facts: object) -> None:
        """Something that keeps the whole import out."""
        self.errors.append(remark(code, place, value, **facts))

    def warn(self, code: str, place: Place, value: str | None = None, /, **facts: object) -> None:
        """Something that was read all the same."""
        self.warnings.append(remark(code, place, value, **facts))

    def unreadable(self, fault: Unreadable, place: Place) -> None:
        """A file, or the rest of it, that cannot be read."""
        self.errors.append(remark(fault.code, place, None, **fault.facts))
