"""Slack's mrkdwn: values become literal text here, once; and the way back to plain text.

Marks come from templates alone. A value (a client called `<!channel>`, a name with `*`) is always literal.
"""

import html
import re
import unicodedata

_MARK = re.compile(r"[*~`]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?:(?<=\n)|^)>|(?<!:):(?=[a-z0-9_+'-]+:)")
_WIDE = str.maketrans("*~`_>:", "＊～｀＿＞：")
_ENTITY = re.compile(r"&(?!amp;|lt;|gt;)[^;]*;")
_BOLD = re.compile(r"[*`]")
_SLANTED = re.compile(r"(?<![A-Za-z0-9])([_~])(\S.*?)\1(?![A-Za-z0-9])")
_QUOTED = re.compile(r"^> ?", re.MULTILINE)
LONGEST_NAME = 60


class Mrkdwn(str):
    """Text that is mrkdwn already; templates do not escape it again. Joining or slicing gives an ordinary str."""

    __slots__ = ()

    def __html__(self) -> str:
        """What Jinja asks of safe text."""
        return self


def escape(text: str) -> str:
    """The three characters that Slack reads as control sequences."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def literal(value: object) -> Mrkdwn:
    """Any value as text that Slack shows as it stands: format marks become their full-width look-alikes."""
    if isinstance(value, Mrkdwn):
        return value
    return Mrkdwn(escape(_MARK.sub(lambda mark: mark[0].translate(_WIDE), str(value))))


def one_line(name: object) -> str:
    """A name as one short line: no line ends, no control or direction characters, no run of blanks."""
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in str(name) if not _invisible(c))
    line = " ".join(kept.split()) or "-"
    return line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 1] + "…"


def _invisible(character: str) -> bool:
    return unicodedata.category(character) in ("Cf", "Cs", "Co", "Cn")


def plain(text: str) -> str:
    """mrkdwn as a reader sees it."""
    return html.unescape(_SLANTED.sub(r"\2", _BOLD.sub("", _QUOTED.sub("", text))))
