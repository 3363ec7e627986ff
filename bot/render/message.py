"""A message as Slack takes it, and as the command line prints it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.render.blocks import Block, label_texts, pages
from bot.render.chart_text import as_text
from bot.render.columns import aligned
from bot.render.mrkdwn import plain


@dataclass(frozen=True)
class Message:
    """`text` is the fallback that a lock screen shows: never empty, never a private figure.

    Desktop notifications take the first block's text instead (docs.slack.dev, 2026-07-13): where the matter is
    private, the first block is a title without figures.
    """

    text: str
    blocks: tuple[Block, ...]

    @classmethod
    def of(cls, text: str, *parts: Block | Iterable[Block]) -> "Message":
        """Of blocks and lists of blocks, in order. It may be longer than Slack takes: `pages` cuts it."""
        if not text:
            raise ValueError("a message without a fallback text")
        return cls(text, tuple(_flat(parts)))

    def plain(self) -> str:
        """Everything that a reader sees in the blocks, as plain text: marks and escapes undone, a button as [label]."""
        return "\n".join(line for block in self.blocks for line in _lines(block))

    def pages(self) -> list["Message"]:
        """This message, or as many as it takes for Slack to accept it."""
        return [Message(self.text, tuple(page)) for page in pages(self.blocks)]


def _flat(parts: Iterable[Block | Iterable[Block]]) -> Iterator[Block]:
    for part in parts:
        if isinstance(part, dict):
            yield part
        else:
            yield from part


def _lines(block: Block) -> Iterator[str]:
    """The lines of one block, in reading order."""
    if block["type"] == "divider":
        yield "---"
    if block["type"] == "data_visualization":
        yield from as_text(block)
    if block["type"] in ("table", "data_table"):
        yield from aligned([[cell["text"] for cell in row] for row in block["rows"]])
    if "text" in block:
        yield _seen(block["text"])
    for text in (*block.get("fields", ()), *block.get("elements", ())):
        yield _seen(text)
    if "accessory" in block:
        yield _seen(block["accessory"])


def _seen(element: Block) -> str:
    if element["type"] not in ("mrkdwn", "plain_text"):
        return " ".join(f"[{text['text']}]" for text in label_texts(element))
    return plain(element["text"]) if element["type"] == "mrkdwn" else str(element["text"])
