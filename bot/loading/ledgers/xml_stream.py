"""XML in a stream, by expat, without what makes XML dangerous: a DOCTYPE ends it, so there are no entities at all."""

from collections.abc import Callable, Iterable, Iterator
from typing import NoReturn
from xml.parsers import expat

from bot.loading.ledgers.raw import Unreadable

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def stream(chunks: Iterable[bytes], start: Start, end: End | None = None, text: Text | None = None) -> Iterator[None]:
    """Feeds the handlers, and pauses after every chunk. Unreadable where the XML is not well formed."""
    parser = expat.ParserCreate("utf-8")  # whatever it says of itself: a declared encoding is one more way to lie
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as fault:
        raise Unreadable("damaged_file", reason=f"XML:{fault}") from None


def _refuse(*_: object) -> NoReturn:
    raise Unreadable("damaged_file", reason="XML 中有 DOCTYPE 声明")


def elements(part: bytes) -> list[tuple[str, Attributes]]:
    """Every element of a small part in order, names without prefixes."""
    found: list[tuple[str, Attributes]] = []

    def start(name: str, attributes: Attributes) -> None:
        found.append((local(name), {local(key): value for key, value in attributes.items()}))

    for _ in stream([part], start):
        pass
    return found


def local(name: str) -> str:
    """x:row is row."""
    return name.rpartition(":")[2] if ":" in name else name
