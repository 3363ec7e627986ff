"""Files whose archive or whose very format is the fault: what no library writes, made byte by byte."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.loading.ledger_files import grid, write_xlsx

_SHEET = "xl/worksheets/sheet1.xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def good(path: Path) -> bytes:
    """A sound workbook of one rate."""
    return write_xlsx(path, {"汇率": grid({"sheet": "汇率"})}).read_bytes()


def _parts(path: Path) -> dict[str, bytes]:
    good(path)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _write(path: Path, parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> None:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _with_part(name: str, content: bytes) -> Callable[[Path], None]:
    return lambda path: _write(path, {**_parts(path), name: content})


def empty(path: Path) -> None:
    """0 bytes."""
    path.write_bytes(b"")


def truncated(path: Path) -> None:
    """The last third is missing, with it the directory."""
    content = good(path)
    path.write_bytes(content[: len(content) * 2 // 3])


def lying_size(path: Path) -> None:
    """The directory promises half of what the sheet unpacks to."""
    content = good(path)
    size = struct.pack("<I", zipfile.ZipFile(path).getinfo(_SHEET).file_size)
    path.write_bytes(content.replace(size, struct.pack("<I", struct.unpack("<I", size)[0] // 2)))


def lying_checksum(path: Path) -> None:
    """The sheet's checksum is that of something else."""
    content = good(path)
    path.write_bytes(content.replace(struct.pack("<I", zipfile.ZipFile(path).getinfo(_SHEET).CRC), b"abcd"))


def _entry(path: Path, name: str, packed: bytes, promised: bytes, more: int = 0) -> None:
    """A workbook whose entry holds `packed`, while its directory has the size (and `more`) and checksum of `promised`."""
    _write(path, {part: content for part, content in _parts(path).items() if part != name})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, packed)
        archive.getinfo(name).file_size = len(promised) + more
        archive.getinfo(name).CRC = zlib.crc32(promised)


def hidden_behind(path: Path) -> None:
    """The directory promises a whole sheet, and the entry goes on behind it: who reads on sees another sheet."""
    sheet = _parts(path)[_SHEET]
    _entry(path, _SHEET, sheet + sheet.replace(b"7.1055", b"8.8888"), sheet)


def hidden_bomb(path: Path) -> None:
    """The directory promises a small sheet, and the entry unpacks to 256 MB."""
    sheet = _parts(path)[_SHEET]
    _entry(path, _SHEET, sheet + b" " * (256 << 20), sheet)


def promises_more(path: Path) -> None:
    """The directory promises more than the entry holds."""
    sheet = _parts(path)[_SHEET]
    _entry(path, _SHEET, sheet, sheet, more=1_000)


def ratio_bomb(path: Path) -> None:
    """A sheet of 256 MB of blanks."""
    good(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/pad.xml", "w") as part:
        for _ in range(256):
            part.write(b" " * (1 << 20))


def many_entries(path: Path) -> None:
    """6,000 parts."""
    parts = _parts(path)
    _write(path, {**parts, **{f"xl/media/{n}.png": b"" for n in range(6_000)}}, zipfile.ZIP_STORED)


def nested_bomb(path: Path) -> None:
    """A zip in a zip in a zip beside the sheet: nobody asked for it, so nobody opens it."""
    content = b"\0" * (1 << 20)
    for _ in range(3):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for n in range(8):
                archive.writestr(f"{n}.zip", content)
        content = out.getvalue()
    _with_part("xl/embeddings/more.zip", content)(path)


def overlapping_entries(path: Path) -> None:
    """A second entry of the directory points into the first one's bytes."""
    content = good(path)
    at = content.rfind(b"PK\x05\x06")
    first = content.find(b"PK\x01\x02")
    with zipfile.ZipFile(path) as archive:
        sheet = archive.getinfo(_SHEET).header_offset
    entry = bytearray(content[first : content.find(b"PK\x01\x02", first + 4)])
    entry[42:46] = struct.pack("<I", sheet)
    end = bytearray(content[at:])
    count, size = struct.unpack("<H", end[10:12])[0], struct.unpack("<I", end[12:16])[0]
    name_length = struct.unpack("<H", entry[28:30])[0]
    entry[46 : 46 + name_length] = b"z" * name_length
    end[8:12] = struct.pack("<HH", count + 1, count + 1)
    end[12:16] = struct.pack("<I", size + len(entry))
    path.write_bytes(content[:at] + bytes(entry) + bytes(end))


def encrypted_entries(path: Path) -> None:
    """The flag of a password on every entry."""
    content = bytearray(good(path))
    for magic, flag in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = content.find(magic)
        while at >= 0:
            content[at + flag] |= 1
            at = content.find(magic, at + 4)
    path.write_bytes(bytes(content))


def password(path: Path) -> None:
    """What Excel makes of a workbook with a password: an OLE file that holds the encrypted package."""
    path.write_bytes(_OLE + b"\0" * 504 + "EncryptionInfo".encode("utf-16-le") + "EncryptedPackage".encode("utf-16-le"))


def old_excel(path: Path) -> None:
    """An .xls of Excel 97, whatever it is called."""
    path.write_bytes(_OLE + b"\0" * 504 + "Workbook".encode("utf-16-le") + b"\x09\x08\x10\0" * 100)


def unknown_method(path: Path) -> None:
    """Packed by LZMA, which Excel does not know."""
    _write(path, _parts(path), zipfile.ZIP_LZMA)


def stored(path: Path) -> None:
    """Not packed at all."""
    _write(path, _parts(path), zipfile.ZIP_STORED)


def part_twice(path: Path) -> None:
    """Two sheets under one name: which one would be read?"""
    good(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/worksheets/Sheet1.xml", b"<worksheet/>")


def upper_case_parts(path: Path) -> None:
    """Some exporters write every part's name in capitals."""
    _write(path, {name.upper(): content for name, content in _parts(path).items()})


def backslashes(path: Path) -> None:
    """Part names with backslashes, as a well-known exporter wrote them for years."""
    _write(path, {name.replace("/", "\\"): content for name, content in _parts(path).items()})


def trailing_bytes(path: Path) -> None:
    """A mail gateway's line behind the archive."""
    path.write_bytes(good(path) + b"\r\n-- scanned --\r\n")


def _renamed(name: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        _write(path, {(name if part == _SHEET else part): content for part, content in _parts(path).items()})

    return make


def _without(name: str) -> Callable[[Path], None]:
    return lambda path: _write(path, {part: content for part, content in _parts(path).items() if part != name})


no_sheet_part = _without(_SHEET)
no_strings_part = _without("xl/sharedStrings.xml")
no_styles_part = _without("xl/styles.xml")
no_workbook_part = _without("xl/workbook.xml")
no_relations = _without("xl/_rels/workbook.xml.rels")
no_package_relations = _without("_rels/.rels")
sheet_renamed = _renamed("xl/worksheets/sheet2.xml")
climbing_name = _with_part("../../../../tmp/evil.sh", b"#!/bin/sh\n")
absolute_name = _with_part("/etc/passwd", b"root::0:0")
name_with_nul = _with_part("xl/a\x01b.bin", b"x")
macros = _with_part("xl/vbaProject.bin", _OLE + b"Sub Auto_Open()")


def not_packed_twice(path: Path) -> None:
    """The workbook inside a zip, as a mail programme sends it."""
    content = good(path)
    _write(path, {"台账.xlsx": content})


def word_document(path: Path) -> None:
    """A .docx under another name."""
    rels = (
        b'<Relationships xmlns="x"><Relationship Id="r1" Type="a/officeDocument" Target="word/document.xml"/>'
        b"</Relationships>"
    )
    _write(path, {"_rels/.rels": rels, "word/document.xml": b"<w:document xmlns:w='x'/>"})


def open_document(path: Path) -> None:
    """An .ods."""
    _write(path, {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})


def binary_workbook(path: Path) -> None:
    """An .xlsb."""
    rels = b'<Relationships xmlns="x"><Relationship Id="r1" Type="a/officeDocument" Target="xl/workbook.bin"/></Relationships>'
    _write(path, {"_rels/.rels": rels, "xl/workbook.bin": b"\x83\x01\x00"})


def empty_archive(path: Path) -> None:
    """A zip without an entry."""
    _write(path, {})


def _content(content: bytes) -> Callable[[Path], None]:
    return lambda path: (path.write_bytes(content), None)[1]


web_page = _content(
    "<html><head><meta charset='gbk'></head><table><tr><td>截止日</td></tr></table></html>".encode("gbk")
)
xml_spreadsheet = _content(b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>')
pdf = _content(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n")
picture = _content(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)))
gzip_file = _content(b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + bytes(range(64)))
rar = _content(b"Rar!\x1a\x07\x01\0" + bytes(64))
program = _content(b"\x7fELF\x02\x01\x01" + bytes(64))
