"""The zip that an XLSX file is, opened only after its directory promises something of a sensible size.

What an entry then unpacks to is counted as it comes (`unpack`): a lying entry is a damaged file, not a bomb.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from bot.loading.ledgers import reasons
from bot.loading.ledgers.raw import Unreadable
from bot.loading.ledgers.unpack import Lie, unpacked

MOST_ENTRIES = 5_000
MOST_UNPACKED = 2 << 30
"""A million rows of 15 columns take 0.7 GB of XML."""
MOST_RATIO = 200
RATIO_FREE = 32 << 20
"""Below this, unpacked, the ratio does not matter."""
MOST_PART = 64 << 20
"""The most that is ever held at once: the workbook's directory, its styles."""
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_MAGIC = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)


def is_zip(path: Path) -> bool:
    """By its first bytes. Unreadable for the files that are Excel's, but not XLSX."""
    with path.open("rb") as file:
        start = file.read(1 << 16)
        if start.startswith(_OLE_MAGIC):
            file.seek(0)
            encrypted = any(_ENCRYPTED in piece for piece in iter(lambda: file.read(1 << 20), b""))
            raise Unreadable("encrypted" if encrypted else "old_workbook")
    return start.startswith(_ZIP_MAGIC)


def promised_bytes(path: Path) -> int:
    """What the parts of an archive come to, by its directory; 0 where there is none, or it is refused unopened."""
    try:
        if not is_zip(path):
            return 0
        with Archive(path) as archive:
            return archive.unpacked
    except (Unreadable, OSError):
        return 0


def refuse_outright(path: Path) -> Unreadable | None:
    """Why a file need not be opened at all: what its first bytes and its directory show. A CSV shows nothing."""
    try:
        if path.is_file() and is_zip(path):
            Archive(path).close()
    except Unreadable as fault:
        return fault
    except OSError:
        return None  # told where it is read
    return None


class Archive:
    """The parts of an XLSX file by name, whatever the case of the letters."""

    def __init__(self, path: Path) -> None:
        """Unreadable for what is no zip, or promises too much."""
        self._file = path.open("rb")
        try:
            self._zip = zipfile.ZipFile(self._file)
        except _FAULTS as fault:
            self._file.close()
            raise Unreadable("damaged_file", reason=reasons.of_zip(fault)) from None
        try:
            self._parts = _checked(self._zip.infolist())
        except Unreadable:
            self.close()
            raise

    @property
    def unpacked(self) -> int:
        """Bytes of all parts, as the directory has them."""
        return sum(part.file_size for part in self._parts.values())

    def close(self) -> None:
        """Lets go of the file."""
        self._zip.close()
        self._file.close()

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def read(self, name: str) -> bytes:
        """A small part, whole. Unreadable where it is none, or not small."""
        if name in self and self._parts[name.lower()].file_size > MOST_PART:
            raise Unreadable("file_too_large", reason=name)
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part piece by piece. Unreadable where it is none or damaged."""
        if name not in self:
            raise Unreadable("damaged_file", reason=f"缺少 {name}")
        try:
            yield from unpacked(self._file, self._parts[name.lower()])
        except Lie as lie:
            raise Unreadable("damaged_file", reason=f"{name}:{lie}") from None
        except _FAULTS as fault:
            raise Unreadable("damaged_file", reason=f"{name}:{reasons.of_zip(fault)}") from None


def _checked(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """By lower-case name, after a look at what the directory promises."""
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES:
        raise Unreadable("file_too_large", reason=f"{len(entries)} 个内部文件")
    if unpacked > MOST_UNPACKED or (unpacked > RATIO_FREE and unpacked > MOST_RATIO * packed):
        raise Unreadable(
            "file_too_large", reason=f"解压后 {unpacked >> 20} MB,为原来的 {unpacked // max(packed, 1)} 倍"
        )
    _check_places(entries)
    parts: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        if entry.flag_bits & 1:
            raise Unreadable("encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable("damaged_file", reason="压缩方式不认得")
        if parts.setdefault(entry.filename.lower().lstrip("/"), entry) is not entry:
            raise Unreadable("damaged_file", reason=f"有两个 {entry.filename}")
    return parts


def _check_places(entries: list[zipfile.ZipInfo]) -> None:
    """No name climbs out of the package, and no two entries share bytes (a bomb whose directory looks harmless)."""
    end = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if ".." in entry.filename.replace("\\", "/").split("/"):
            raise Unreadable("damaged_file", reason="内部文件名指向包外")
        if entry.header_offset < end:
            raise Unreadable("damaged_file", reason="内部文件互相重叠")
        end = entry.header_offset + entry.compress_size
