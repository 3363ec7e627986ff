"""YAML read strictly: every value is a string with its place, every key is expected, and nothing is guessed.

PyYAML's node tree keeps line numbers and leaves `on`, dates and numbers as they were written; what a string means is
for its reader to say. Faults are collected, never raised. An absent or faulty value is None, and its fault is noted
here, once: readers go on with a placeholder, which nobody sees, since a file with faults is not used.

Codes noted here: missing_file, unreadable, syntax, alias, empty, wrong_type, unknown_key, missing_key, duplicate_key.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.loading.faults import FaultList, Place

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where there is one: ten times faster
_STANDARD = "tag:yaml.org,2002:"
_NULL = f"{_STANDARD}null"
_KINDS = {yaml.ScalarNode: "一个值", yaml.SequenceNode: "列表", yaml.MappingNode: "键和值"}


@dataclass(frozen=True, slots=True)
class Word:
    """A scalar as written, and where."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that a table must and may have, each set written as words."""

    required: str
    optional: str = ""


class Table:
    """A mapping, read key by key."""

    def __init__(self, node: yaml.MappingNode, place: Place, faults: FaultList) -> None:
        self.place = place
        self._faults = faults
        self._values: dict[str, yaml.Node] = {}
        self._lines: dict[str, int] = {}
        for key, value in node.value:
            self._take(key, value)

    def _take(self, key: yaml.Node, value: yaml.Node) -> None:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            self._faults.add(Place(self.place.file, line, self.place.key), "wrong_type", "键必须是一个词")
        elif key.value in self._values:
            first = self._lines[key.value]
            self._faults.add(self.at(key.value, line), "duplicate_key", f"键重复,第 {first} 行已有")
        else:
            self._values[key.value] = value
            self._lines[key.value] = line

    def at(self, key: str, line: int | None = None) -> Place:
        """The place of one of its keys, or of the table where the key is absent."""
        path = f"{self.place.key}.{key}" if self.place.key else key
        return Place(self.place.file, line or self._lines.get(key, self.place.line), path)

    def has(self, key: str) -> bool:
        """Whether the key stands there, whatever its value."""
        return key in self._values

    def expect(self, keys: Keys) -> "Table":
        """Notes every unknown and every missing key."""
        required, known = keys.required.split(), {*keys.required.split(), *keys.optional.split()}
        for key in self._values:
            if key not in known:
                self._faults.add(self.at(key), "unknown_key", f"没有这个键;可用的有 {'、'.join(sorted(known))}")
        for key in required:
            if not self.has(key):
                self._faults.add(self.at(key), "missing_key", "缺少这个键")
        return self

    @property
    def keys(self) -> tuple[str, ...]:
        """All its keys, in their order."""
        return tuple(self._values)

    def is_null(self, key: str) -> bool:
        """Whether `null` (or nothing) is written for the key."""
        return key in self._values and self._values[key].tag == _NULL

    def word(self, key: str) -> Word | None:
        """The value of the key as written."""
        node = self._node(key, yaml.ScalarNode)
        return Word(node.value, self.at(key, node.start_mark.line + 1)) if node else None

    def text(self, key: str) -> str | None:
        """The value of the key, where its place does not matter."""
        word = self.word(key)
        return word.text if word else None

    def flag(self, key: str) -> bool:
        """true or false; false where the key is absent."""
        word = self.word(key)
        if word and word.text not in ("true", "false"):
            self._faults.add(word.place, "wrong_type", f"应为 true 或 false,写的是「{word.text}」")
        return word is not None and word.text == "true"

    def words(self, key: str) -> tuple[Word, ...]:
        """A list of values; empty where the key is absent."""
        return tuple(Word(node.value, place) for node, place in self._items(key, yaml.ScalarNode))

    def table(self, key: str) -> "Table | None":
        """The table below the key."""
        node = self._node(key, yaml.MappingNode)
        return Table(node, self.at(key), self._faults) if isinstance(node, yaml.MappingNode) else None

    def tables(self, key: str) -> list["Table"]:
        """A list of tables; each item is called by its own `key` where it has one."""
        return [
            Table(node, _named(node, place), self._faults)
            for node, place in self._items(key, yaml.MappingNode)
            if isinstance(node, yaml.MappingNode)
        ]

    def entries(self) -> Iterator[tuple[str, "Table"]]:
        """All keys, each with the table below it."""
        for key in self._values:
            if table := self.table(key):
                yield key, table

    def _node(self, key: str, kind: type[yaml.Node]) -> yaml.Node | None:
        """The node below the key, None (and noted) where it is not of that kind."""
        return self._checked(self._values[key], kind, self.at(key)) if key in self._values else None

    def _items(self, key: str, kind: type[yaml.Node]) -> Iterator[tuple[yaml.Node, Place]]:
        """The items of a list below the key, those not of that kind noted and left out."""
        above = self._node(key, yaml.SequenceNode)
        for index, node in enumerate(above.value if above else ()):
            place = self.at(f"{key}[{index}]", node.start_mark.line + 1)
            if self._checked(node, kind, place):
                yield node, place

    def _checked(self, node: yaml.Node, kind: type[yaml.Node], place: Place) -> yaml.Node | None:
        if node.tag == _NULL or node.value == "":
            self._faults.add(place, "empty", "没有写值")
        elif not isinstance(node, kind) or not node.tag.startswith(_STANDARD):
            self._faults.add(place, "wrong_type", f"应为{_KINDS[kind]},写的是{_KINDS[type(node)]}")
        else:
            return node
        return None


def _named(node: yaml.Node, place: Place) -> Place:
    """second.a rather than grades[2].indicators.of[0]: a path that can be searched for."""
    for key, value in node.value:
        if key.value == "key" and isinstance(value, yaml.ScalarNode) and value.value:
            return Place(place.file, place.line, value.value)
    return place


class _UnreadableError(Exception):
    """Args: code, line, message."""


def read_table(folder: Path, file: str, faults: FaultList) -> Table | None:
    """The table that makes up a file, named as seen from `folder`; None, and a fault noted, where it cannot be read."""
    try:
        root = _compose(folder / file)
    except _UnreadableError as error:
        code, line, message = error.args
        faults.add(Place(file, line, ""), code, message)
        return None
    _refuse_aliases(root, file, faults)
    return Table(root, Place(file, 1, ""), faults)


def _compose(path: Path) -> yaml.MappingNode:
    """The node tree. _UnreadableError where there is no file, no text, no YAML or no table in it."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=_Loader)
    except FileNotFoundError:
        raise _UnreadableError("missing_file", 1, "缺少这个文件") from None
    except (OSError, UnicodeDecodeError) as error:
        raise _UnreadableError("unreadable", 1, f"读不出(须为 UTF-8 文本):{error}") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _UnreadableError("syntax", line, f"YAML 写法有误:{error.problem}") from None
    except yaml.YAMLError as error:
        raise _UnreadableError("syntax", 1, f"YAML 写法有误:{error}") from None
    if root is None:
        raise _UnreadableError("empty", 1, "文件是空的")
    if not isinstance(root, yaml.MappingNode):
        raise _UnreadableError("wrong_type", 1, f"应为键和值,写的是{_KINDS[type(root)]}")
    return root


def _refuse_aliases(root: yaml.Node, file: str, faults: FaultList) -> None:
    """A value that stands in two places (&anchor, *alias) cannot be reviewed where it is used."""
    seen, waiting = {id(root)}, [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.ScalarNode):
            continue
        for child in (part for item in node.value for part in (item if isinstance(item, tuple) else (item,))):
            if id(child) in seen:
                faults.add(Place(file, child.start_mark.line + 1, ""), "alias", "不可用 & 和 * 引用,请把值写出来")
            else:
                seen.add(id(child))
                waiting.append(child)
