"""An XLSX workbook: its sheets, texts and epoch, whatever its parts are called. Macros and links are never read."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from bot.loading.ledgers import quick_xml, sheet_xml
from bot.loading.ledgers.archive import Archive
from bot.loading.ledgers.blocks import Part
from bot.loading.ledgers.quick_xml import quick_texts
from bot.loading.ledgers.raw import Kind, Merges, Unreadable
from bot.loading.ledgers.styles import looks
from bot.loading.ledgers.xml_stream import Attributes, Feed, elements, local


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet: its name on the tab, and where its XML is."""

    name: str
    part: str
    hidden: bool


class Workbook:
    """An opened archive that holds a workbook."""

    def __init__(self, archive: Archive, file: str) -> None:
        """Unreadable for a zip that is no workbook."""
        self.file = file
        self._archive = archive
        self._part = _main_part(archive)
        links = _relations(archive, self._part)
        parts = elements(archive.read(self._part))
        self.epoch_1904 = any(n == "workbookPr" and a.get("date1904") in ("1", "true") for n, a in parts)
        self.sheets = tuple(_sheets(parts, links))
        self._strings_part = next((t for kind, t in links.values() if kind == "sharedStrings"), None)
        styles = next((t for kind, t in links.values() if kind == "styles"), None)
        self._looks: list[Kind] = looks(elements(archive.read(styles))) if styles and styles in archive else []
        self._strings: list[str] | None = None

    def table(self, sheet: SheetPart) -> "SheetTable":
        """The cells of a sheet."""
        if self._strings is None:
            part = self._strings_part
            self._strings = _shared_strings(self._archive, part) if part and part in self._archive else []
        merges = sheet_xml.merges_in(self._archive.chunks(sheet.part))
        return SheetTable(
            self.file, sheet.name, merges, self.epoch_1904, self._archive, sheet.part, self._strings, self._looks
        )


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One sheet of a workbook as a table."""

    file: str
    sheet: str
    merges: Merges
    epoch_1904: bool
    archive: Archive
    part: str
    strings: list[str]
    looks: list[Kind]
    ragged: bool = False

    def parts(self) -> Iterator[Part]:
        """From the top. Unreadable where the sheet is damaged."""
        return quick_xml.parts(self.archive.chunks(self.part), self.strings, self.looks)


def _main_part(archive: Archive) -> str:
    """Where the package says that its document is."""
    if "_rels/.rels" not in archive:
        raise Unreadable("not_a_workbook", reason="压缩包里没有工作簿")
    targets = [target for kind, target in _relations(archive, "").values() if kind == "officeDocument"]
    if not targets or targets[0] not in archive:
        raise Unreadable("not_a_workbook", reason="压缩包里没有工作簿")
    if not targets[0].lower().endswith(".xml"):
        raise Unreadable("not_a_workbook", reason="二进制格式 XLSB")
    if not any(name == "workbook" for name, _ in elements(archive.read(targets[0]))[:1]):
        raise Unreadable("not_a_workbook", reason="是别的 Office 文件")
    return targets[0]


def _relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Id -> (last word of the type, part), of the links inside the package."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}
    for element, attributes in elements(archive.read(rels)):
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], path)
    return found


def _sheets(parts: list[tuple[str, Attributes]], links: dict[str, tuple[str, str]]) -> Iterator[SheetPart]:
    """The worksheets in the order of their tabs; charts and macro sheets are none. Unreadable where two are one: a
    small file could have a large part read a million times."""
    seen: set[str] = set()
    for element, attributes in parts:
        if element == "sheet":
            kind, part = links.get(attributes.get("id", ""), ("", ""))
            if kind == "worksheet":
                hidden = attributes.get("state", "visible") != "visible"
                names = {part.lower(), attributes.get("name", "").lower()}
                if names & seen:
                    raise Unreadable("damaged_file", reason=f"工作表“{attributes.get('name', '')[:31]}”登记了两次")
                seen |= names
                yield SheetPart(attributes.get("name", ""), part, hidden)


def _shared_strings(archive: Archive, part: str) -> list[str]:
    """The texts of all sheets, without the pronunciation that Asian workbooks carry."""
    strings: list[str] = []
    pieces: list[str] = []
    where = {"t": False, "rPh": False}

    def start(name: str, _: Attributes) -> None:
        name = local(name)
        if name in where:
            where[name] = True
        elif name == "si":
            pieces.clear()

    def end(name: str) -> None:
        name = local(name)
        if name in where:
            where[name] = False
        elif name == "si":
            strings.append(sheet_xml.unescaped("".join(pieces)))

    def text(data: str) -> None:
        if where["t"] and not where["rPh"]:
            pieces.append(data)

    quick_texts(archive.chunks(part), Feed(start, end, text), strings)
    return strings
