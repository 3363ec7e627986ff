"""An XLSX workbook: its sheets, texts and epoch, whatever its parts are called. Macros and links are never read."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from bot.loading.ledgers import quick_xml, sheet_xml
from bot.loading.ledgers.archive import Archive
from bot.loading.ledgers.blocks import Part
from bot.loading.ledgers.quick_xml import quick_texts
from bot.loading.ledgers.raw import Beside, Kind, Merges, Unreadable
from bot.loading.ledgers.sheet_xml import TRUE
from bot.loading.ledgers.styles import looks
from bot.loading.ledgers.xml_stream import Attributes, Feed, elements, local

_OUTSIDE = "(outside)"
_NO_CELLS = {
    "chartsheet": "图表",
    "dialogsheet": "对话框",
    "xlMacrosheet": "宏表",
    "xlIntlMacrosheet": "宏表",
}
"""By the last word of the link's type."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet: its name on the tab, and where its XML is."""

    name: str
    part: str
    hidden: bool
    fault: Unreadable | None = None
    """Why it has no cells to read: a chart, or contents elsewhere."""


class Workbook:
    """An opened archive that holds a workbook."""

    def __init__(self, archive: Archive, file: str) -> None:
        """Unreadable for a zip that is no workbook."""
        self.file = file
        self._archive = archive
        self._part = _main_part(archive)
        links = _relations(archive, self._part)
        parts = elements(archive.read(self._part))
        self.epoch_1904 = any(n == "workbookPr" and a.get("date1904") in TRUE for n, a in parts)
        self.sheets = tuple(_sheets(parts, links))
        self._strings_part = next((t for kind, t in links.values() if kind == "sharedStrings"), None)
        self._uncalculated = any(n == "calcPr" and _uncalculated(a) for n, a in parts)
        styles = next((t for kind, t in links.values() if kind == "styles"), None)
        self._looks: list[Kind] = looks(elements(archive.read(styles))) if styles and styles in archive else []
        self._strings: list[str] | None = None

    def table(self, sheet: SheetPart) -> "SheetTable":
        """The cells of a sheet."""
        if self._strings is None:
            part = self._strings_part
            self._strings = _shared_strings(self._archive, part) if part and part in self._archive else []
        merges = sheet_xml.merges_in(self._archive.chunks(sheet.part))
        beside = Beside(uncalculated=self._uncalculated)
        found = (self._archive, sheet.part, self._strings, self._looks, beside)
        return SheetTable(self.file, sheet.name, merges, self.epoch_1904, *found)


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
    beside: Beside
    ragged: bool = False

    def parts(self) -> Iterator[Part]:
        """From the top. Unreadable where the sheet is damaged."""
        return quick_xml.parts(self.archive.chunks(self.part), self.strings, self.looks, self.beside)


def _uncalculated(settings: Attributes) -> bool:
    """Whether formulas keep what some programme put there: to be calculated when Excel opens the file, or by hand."""
    by_hand = settings.get("calcMode") == "manual" and settings.get("calcOnSave") in ("0", "false")
    return by_hand or settings.get("fullCalcOnLoad") in TRUE or settings.get("calcCompleted") in ("0", "false")


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
    """Id -> (last word of the type, part); (_OUTSIDE, address) of what is not in the package."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}
    for element, attributes in elements(archive.read(rels)):
        if element == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            kind = attributes.get("Type", "").rpartition("/")[2]
            outside = attributes.get("TargetMode") == "External"
            found[attributes.get("Id", "")] = (_OUTSIDE, target) if outside else (kind, path)
    return found


def _sheets(parts: list[tuple[str, Attributes]], links: dict[str, tuple[str, str]]) -> Iterator[SheetPart]:
    """All sheets in the order of their tabs. Unreadable where two are one: a small file could have a large part read a
    million times."""
    seen: set[str] = set()
    for element, attributes in parts:
        if element == "sheet":
            name = attributes.get("name", "")
            kind, part = links.get(attributes.get("id", ""), ("", ""))
            names = {name.lower(), *({part.lower()} if kind == "worksheet" else ())}
            if names & seen:
                raise Unreadable("damaged_file", reason=f"工作表“{name[:31]}”登记了两次")
            seen |= names
            yield SheetPart(name, part, attributes.get("state", "visible") != "visible", _without_cells(kind))


def _without_cells(kind: str) -> Unreadable | None:
    """Why what a sheet's link leads to has no cells; None for a worksheet."""
    if kind == _OUTSIDE:
        return Unreadable("external_sheet")
    if kind in _NO_CELLS:
        return Unreadable("no_cells_in_sheet", kind=_NO_CELLS[kind])
    return None if kind == "worksheet" else Unreadable("sheet_without_content")


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
