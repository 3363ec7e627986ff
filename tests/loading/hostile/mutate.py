"""Changes to ledger files that know their structure: parts of a workbook, elements, attributes, the archive, a CSV's bytes."""

import random
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

_TOKEN = re.compile(r"<[^>]*>|[^<]+")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
NASTY = (
    *(
        "",
        " ",
        "0",
        "-0",
        "-1",
        "1E308",
        "1E999",
        "NaN",
        "INF",
        "0.1000000000000001",
        "9" * 40,
        "60",
        "2958466",
        "TRUE",
    ),
    *(
        "#N/A",
        "=1+1",
        "@SUM(A1)",
        "<!channel>",
        "&amp;lt;!here&gt;",
        "甲\u202e乙",
        "\u200b",
        "_x0000_",
        "_xD800_",
        "\ufeff",
    ),
    *(
        "3000万",
        "¥1",
        "(1)",
        "1,23",
        "2026-02-30",
        "20261301",
        "24:00",
        "000123",
        "6.2E+18",
        "1234567890123456",
        "x" * 40_000,
    ),
    *(
        "12 5",
        "9.5",
        "2026",
        "1.2亿元",
        "US$5",
        "3千万",
        "5万元",
        "C\u3164",
        "下午 3:00",
        "1.23457E+11",
        "0,123",
        "46294.999999999993",
        '0"万元"',
        "注:单位万元",
        "合计",
    ),
    *(
        "A0",
        "XFD1048576",
        "ZZZZ9",
        "A1:A1048576",
        "A99999999",
        "r",
        "s",
        "inlineStr",
        "d",
        "e",
        "b",
        "str",
        "../../x",
        "4294967296",
    ),
)
MORE_ATTRIBUTES = ('hidden="1"', 't="str"', 't="d"', 's="1"', 'date1904="1"', 'fullCalcOnLoad="1"', 'state="hidden"')
Parts = dict[str, bytes]


def workbook(path: Path, chance: random.Random) -> None:
    """One to four changes of the parts, then sometimes one of the archive."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(chance.randint(1, 3)):
        chance.choice(_PART_CHANGES)(parts, chance)
    with zipfile.ZipFile(path, "w", chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    if chance.random() < 0.15:
        path.write_bytes(chance.choice(_ARCHIVE_CHANGES)(path.read_bytes(), chance))


def _victim(parts: Parts, chance: random.Random) -> str:
    """A part that the reader looks at, more often than not."""
    telling = [n for n in parts if "sheet" in n or "sharedStrings" in n or "workbook" in n or "styles" in n]
    return chance.choice(telling if telling and chance.random() < 0.8 else list(parts) or ["x"])


def _tokens_of(parts: Parts, chance: random.Random) -> tuple[str, list[str]]:
    name = _victim(parts, chance)
    return name, _TOKEN.findall(parts.get(name, b"").decode("utf-8", "replace")) or ["<a/>"]


def _token(parts: Parts, chance: random.Random) -> None:
    """A token lost, doubled, moved or replaced."""
    name, tokens = _tokens_of(parts, chance)
    at, to = chance.randrange(len(tokens)), chance.randrange(len(tokens))
    how = chance.randrange(4)
    if how == 0:
        del tokens[at]
    elif how == 1:
        tokens.insert(to, tokens[at])
    elif how == 2:
        tokens[at], tokens[to] = tokens[to], tokens[at]
    else:
        tokens[at] = chance.choice(NASTY)
    parts[name] = "".join(tokens).encode()


def _element(parts: Parts, chance: random.Random) -> None:
    """A whole row, cell or text doubled or taken out: the XML stays well formed."""
    name = _victim(parts, chance)
    text = parts.get(name, b"").decode("utf-8", "replace")
    found = list(re.finditer(r"<(row|c|si|sheet|xf|Relationship|mergeCell)\b.*?(?:/>|</\1>)", text, re.DOTALL))
    if found:
        one = chance.choice(found)
        twice = one[0] * chance.choice((0, 0, 2, 3, 500))
        parts[name] = (text[: one.start()] + twice + text[one.end() :]).encode()


def _attribute(parts: Parts, chance: random.Random) -> None:
    """A value of an attribute replaced, or the attribute lost."""
    name, tokens = _tokens_of(parts, chance)
    at = [i for i, token in enumerate(tokens) if _ATTRIBUTE.search(token)]
    if at:
        i = chance.choice(at)
        one = chance.choice(list(_ATTRIBUTE.finditer(tokens[i])))
        new = "" if chance.random() < 0.2 else f'{one[1]}="{_nasty(chance)}"'
        if chance.random() < 0.2:
            new = f"{one[0]} {chance.choice(MORE_ATTRIBUTES)}"
        tokens[i] = tokens[i][: one.start()] + new + tokens[i][one.end() :]
        parts[name] = "".join(tokens).encode()


def _value(parts: Parts, chance: random.Random) -> None:
    """A cell's or a text's content replaced: what a person might have typed."""
    name, tokens = _tokens_of(parts, chance)
    at = [i for i, token in enumerate(tokens) if not token.startswith("<")]
    if at:
        tokens[chance.choice(at)] = _nasty(chance)
        parts[name] = "".join(tokens).encode()


def _nasty(chance: random.Random) -> str:
    """Mostly as XML may hold it: what is not well formed is found out at once, and tries nothing behind it."""
    found = chance.choice(NASTY)
    return escape(found, {'"': "&quot;"}) if chance.random() < 0.9 else found


def _poison(parts: Parts, chance: random.Random) -> None:
    """A DOCTYPE, an entity, a comment, a CDATA section, a processing instruction, control characters."""
    name, tokens = _tokens_of(parts, chance)
    piece = chance.choice(
        (
            '<!DOCTYPE x [<!ENTITY a "aaaa">]>',
            '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/">',
            "&a;",
            "&#0;",
            "<!-- -->",
            "<![CDATA[<row>]]>",
            "<?x y?>",
            "\0",
            "\x1b",
            "<a>" * 5_000,
            "<x:y xmlns:x='z'/>",
        )
    )
    tokens.insert(chance.randrange(len(tokens)), piece)
    parts[name] = "".join(tokens).encode()


def _part(parts: Parts, chance: random.Random) -> None:
    """A part lost, renamed, put in another's place, emptied, or in another encoding."""
    name = _victim(parts, chance)
    content = parts.pop(name, b"")
    how = chance.randrange(6)
    if how == 1:
        parts[name.swapcase()] = content
    elif how == 2:
        parts[chance.choice(("../" + name, "/" + name, name + "x", name.replace("/", "\\")))] = content
    elif how == 3 and parts:
        parts[name] = parts[chance.choice(list(parts))]
    elif how == 4:
        parts[name] = b""
    elif how == 5:
        parts[name] = content.decode("utf-8", "replace").encode(
            chance.choice(("utf-16", "gb18030", "utf-8-sig")), "replace"
        )


def _bytes_of_part(parts: Parts, chance: random.Random) -> None:
    name = _victim(parts, chance)
    parts[name] = mangled(parts.get(name, b"x"), chance)


def mangled(content: bytes, chance: random.Random) -> bytes:
    """Bytes flipped, cut out, doubled; or the end cut off."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data)) if data else 0
        how = chance.randrange(4)
        if how == 0:
            data[at : at + 1] = bytes([chance.randrange(256)])
        elif how == 1:
            del data[at : at + chance.randint(1, 40)]
        elif how == 2:
            data[at:at] = data[at : at + chance.randint(1, 40)]
        elif chance.random() < 0.2:
            del data[at:]
    return bytes(data)


def _field(content: bytes, chance: random.Random) -> bytes:
    """A size, an offset, a flag, a method of an entry, in the directory or before the entry itself."""
    data = bytearray(content)
    heads = [m.start() for m in re.finditer(rb"PK[\x01\x03\x05][\x02\x04\x06]", content)]
    if heads:
        at = chance.choice(heads) + chance.choice((4, 6, 8, 10, 14, 16, 18, 20, 22, 24, 26, 28, 42))
        size = chance.choice((2, 4))
        value = chance.choice((0, 1, 0xFFFF, 0xFFFFFFFF, chance.randrange(1 << 32))) & ((1 << 8 * size) - 1)
        data[at : at + size] = struct.pack("<H" if size == 2 else "<I", value)
    return bytes(data)


def _around(content: bytes, chance: random.Random) -> bytes:
    extra = bytes(chance.randrange(256) for _ in range(chance.randint(1, 300)))
    return chance.choice((extra + content, content + extra, content + content))


_PART_CHANGES: tuple[Callable[[Parts, random.Random], None], ...] = (
    *(_token, _poison, _part, _bytes_of_part, *[_element] * 3, *[_attribute] * 3, *[_value] * 6),
)
_ARCHIVE_CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (mangled, _field, _field, _around)


def text_file(path: Path, chance: random.Random) -> None:
    """A CSV's cells, delimiters, quotes, line ends, encoding and bytes."""
    lines = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    for _ in range(chance.randint(1, 4)):
        row = chance.choice(lines)
        how = chance.randrange(6)
        if how <= 2 and row:
            row[chance.randrange(len(row))] = chance.choice(NASTY)
        elif how == 3:
            row.insert(chance.randrange(len(row) + 1), chance.choice(('"', "", '"a,b"', '"a\nb', "\0", "'")))
        elif how == 4 and row:
            del row[chance.randrange(len(row))]
        else:
            lines.insert(chance.randrange(len(lines)), list(chance.choice(lines)))
    mark = chance.choice((",", ",", ",", ";", "\t", "|"))
    text = chance.choice(("\n", "\r\n", "\r")).join(mark.join(row) for row in lines)
    encoding = chance.choice(
        (*["utf-8"] * 8, "utf-8-sig", "gb18030", "gb18030", "utf-16", "utf-16-be", "big5", "utf-32")
    )
    content = text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")
    path.write_bytes(mangled(content, chance) if chance.random() < 0.4 else content)
