"""XML in a stream, by expat, without what makes XML dangerous: a DOCTYPE ends it, so there are no entities at all."""

from collections.abc import Callable, Iterable
from typing import NoReturn
from xml.parsers import expat

from bot.loading.ledgers import reasons
from bot.loading.ledgers.raw import Unreadable

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Feed:
    """An XML text given piece by piece to the handlers. Unreadable where it is not well formed."""

    def __init__(self, start: Start, end: End | None = None, text: Text | None = None) -> None:
        parser = expat.ParserCreate("utf-8")  # whatever it says of itself: a declared encoding is one more way to lie
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        self._parser = parser

    def give(self, piece: bytes, last: bool = False) -> None:
        """The next piece."""
        try:
            self._parser.Parse(piece, last)
        except expat.ExpatError as fault:
            raise Unreadable("damaged_file", reason=reasons.of_xml(fault)) from None


def stream(chunks: Iterable[bytes], start: Start, end: End | None = None, text: Text | None = None) -> None:
    """Feeds the handlers with a whole text. Unreadable where it is not well formed."""
    feed = Feed(start, end, text)
    for chunk in chunks:
        feed.give(chunk)
    feed.give(b"", last=True)


def _refuse(*_: object) -> NoReturn:
    raise Unreadable("damaged_file", reason="XML 中有 DOCTYPE 声明")


def elements(part: bytes) -> list[tuple[str, Attributes]]:
    """Every element of a small part in order, names without prefixes."""
    found: list[tuple[str, Attributes]] = []

    def start(name: str, attributes: Attributes) -> None:
        found.append((local(name), {local(key): value for key, value in attributes.items()}))

    stream([part], start)
    return found


def local(name: str) -> str:
    """x:row is row."""
    return name.rpartition(":")[2] if ":" in name else name
