"""Why a file cannot be read, in the user's language: libraries say it in English, and some repeat the file's bytes."""

import csv
from xml.parsers import expat

from bot.loading.ledgers.raw import Unreadable

_FOREIGN = {
    b"%PDF-": "PDF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"\x1f\x8b": "压缩文件",
    b"Rar!": "压缩文件",
    b"7z\xbc\xaf": "压缩文件",
    b"\x7fELF": "程序",
    b"{\\rtf": "RTF 文档",
    b"<!doctype html": "网页",
    b"<html": "网页",
    b"<table": "网页",
    b"<?xml": "XML 文件",
}
"""First bytes, lower case where they are letters of a page."""


def of_csv(fault: csv.Error) -> str:
    """An unclosed quote, text behind one, an endless cell."""
    said = str(fault)
    if "unexpected end" in said:
        return "有引号没有配对"
    if "expected after" in said:
        return "引号之后还有文字"
    return "有一格过长" if "field limit" in said else "分隔或引号有误"


def of_zip(fault: Exception) -> str:
    """A checksum, or anything else of the archive."""
    if isinstance(fault, EOFError) or "truncated" in str(fault):
        return "内容被截断"
    return "校验和不符" if "CRC" in str(fault) else "压缩包结构有误"


def of_xml(fault: expat.ExpatError) -> str:
    """Where the XML breaks off."""
    return f"XML 第 {fault.lineno} 行第 {fault.offset + 1} 列有误"


def refuse_foreign(start: bytes) -> None:
    """Unreadable for what shows by its first bytes that it is no CSV."""
    head = start[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, name in _FOREIGN.items():
        if head.startswith(magic) or head.lower().startswith(magic):
            raise Unreadable("not_a_csv", reason=f"内容是{name}")
