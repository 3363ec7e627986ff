"""The bytes of one entry of a zip, counted as they are unpacked: what the directory says of them must be so.

zipfile stops after as many bytes as the directory promises, and takes fewer without a word. An entry that goes on
behind a well-formed beginning would be read as that beginning, where Excel may show all of it.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_MAGIC = b"PK\x03\x04"
_ENCRYPTED = 1
_CHUNK = 1 << 18


class Lie(Exception):
    """The archive's directory and an entry's bytes do not agree; the argument says in what, in Chinese."""


def unpacked(file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The entry piece by piece, no more than it promises. Lie, zlib.error, struct.error or OSError where damaged."""
    given = checksum = 0
    for piece in _inflated(_packed(file, entry), entry.compress_type):
        given += len(piece)
        if given > entry.file_size:
            raise Lie("实际大小超过目录所写")
        checksum = zlib.crc32(piece, checksum)
        yield piece
    if given < entry.file_size:
        raise Lie("内容被截断")
    if checksum != entry.CRC:
        raise Lie("校验和不符")


def _packed(file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes behind the entry's own header, which must name the method that the directory names."""
    file.seek(entry.header_offset)
    magic, _, flags, method, *_, name, extra = _LOCAL.unpack(file.read(_LOCAL.size))
    if magic != _MAGIC or method != entry.compress_type or flags & _ENCRYPTED:
        raise Lie("压缩包结构有误")
    at, left = entry.header_offset + _LOCAL.size + name + extra, entry.compress_size
    while left:
        file.seek(at)  # another part may have been read in between
        piece = file.read(min(left, _CHUNK))
        if not piece:
            raise Lie("内容被截断")
        at, left = at + len(piece), left - len(piece)
        yield piece


def _inflated(packed: Iterator[bytes], method: int) -> Iterator[bytes]:
    """Pieces of bounded size, however little they take packed."""
    if method == zipfile.ZIP_STORED:
        yield from packed
        return
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in packed:
        rest = piece
        while rest and not stream.eof:
            yield stream.decompress(rest, _CHUNK)
            rest = stream.unconsumed_tail
    if not stream.eof:
        raise Lie("内容被截断")
