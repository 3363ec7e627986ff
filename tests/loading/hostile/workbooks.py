"""Workbooks whose parts no library would write so: large, nested, or in the words of other programmes."""

import zipfile
from pathlib import Path

import openpyxl

from tests.loading.hostile.archives import good
from tests.loading.ledger_files import grid, rewrite, write_xlsx

_SHEET = "xl/worksheets/sheet1.xml"
_STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


def strict(path: Path) -> None:
    """Strict OOXML: other namespaces, dates as ISO texts."""
    good(path)

    def change(part: str, text: str) -> str:
        for old, new in _STRICT.items():
            text = text.replace(old, new)
        return text.replace('<c r="A2" t="s"><v>2</v>', '<c r="A2" t="d"><v>2026-09-30T00:00:00</v>')

    rewrite(path, change)


def prefixed(path: Path) -> None:
    """Every element with a prefix, as some programmes write."""
    good(path)

    def change(part: str, text: str) -> str:
        if part != _SHEET:
            return text
        for name in ("worksheet", "sheetData", "row", "c", "v"):
            for mark in (">", " "):
                text = text.replace(f"<{name}{mark}", f"<x:{name}{mark}").replace(
                    f"</{name}{mark}", f"</x:{name}{mark}"
                )
        return text.replace("<x:worksheet xmlns=", "<x:worksheet xmlns:x=")

    rewrite(path, change)


def _before_data(path: Path, text: str) -> None:
    """What stands in the sheet instead of its start."""
    good(path)
    rewrite(path, lambda part, old: old.replace("<worksheet", text + "<worksheet", 1) if part == _SHEET else old)


def billion_laughs(path: Path) -> None:
    """Entities that expand to a gigabyte."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    _before_data(path, f'<!DOCTYPE lolz [<!ENTITY l0 "lol">{entities}]>')
    rewrite(path, lambda part, text: text.replace("<v>0</v>", "<v>&l9;</v>") if part == _SHEET else text)


def external_entity(path: Path) -> None:
    """XXE: /etc/passwd as a cell."""
    _before_data(path, '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>')
    rewrite(path, lambda part, text: text.replace("<v>0</v>", "<v>&e;</v>") if part == _SHEET else text)


def external_dtd(path: Path) -> None:
    """A DTD from the network, in the shared strings."""
    good(path)
    rewrite(
        path,
        lambda part, text: (
            text.replace("<sst", '<!DOCTYPE sst SYSTEM "http://127.0.0.1:9/x.dtd"><sst', 1)
            if part == "xl/sharedStrings.xml"
            else text
        ),
    )


def deep_nesting(path: Path) -> None:
    """Elements 200,000 deep."""
    good(path)
    deep = "<a>" * 200_000 + "</a>" * 200_000
    rewrite(path, lambda part, text: text.replace("<sheetData>", deep + "<sheetData>") if part == _SHEET else text)


def million_empty_rows(path: Path) -> None:
    """A sheet formatted down to its last row."""
    good(path)
    rows = "".join(f'<row r="{n}" spans="1:2"><c r="A{n}" s="0"/></row>' for n in range(3, 1_048_577))
    rewrite(path, lambda part, text: text.replace("</sheetData>", rows + "</sheetData>") if part == _SHEET else text)


def merge_bomb(path: Path) -> None:
    """50,000 merged ranges over the key of 50,000 rows that have none."""
    good(path)
    rows = "".join(f'<row r="{n}"><c r="B{n}"><v>7</v></c></row>' for n in range(3, 50_003))
    merges = "".join(f'<mergeCell ref="A{n}:A{n + 60_000}"/>' for n in range(2, 50_002))

    def change(part: str, text: str) -> str:
        if part != _SHEET:
            return text
        return text.replace("</sheetData>", f"{rows}</sheetData><mergeCells>{merges}</mergeCells>")

    rewrite(path, change)


def long_text(path: Path) -> None:
    """A name of eight million characters."""
    write_xlsx(path, {"业绩": grid({"sheet": "业绩"})})
    rewrite(path, lambda part, text: text.replace("<t>甲公司</t>", f"<t>{'长' * 8_000_000}</t>"))


def long_header(path: Path) -> None:
    """A header of a million characters: the report must stay one that can be read."""
    write_xlsx(path, {"汇率": grid({"sheet": "汇率", "more": ["HEADER"]})})
    rewrite(path, lambda part, text: text.replace("<t>HEADER</t>", f"<t>{'列' * 1_000_000}</t>"))


def long_sheet_name(path: Path) -> None:
    """A tab of 100,000 characters beside a good one."""
    write_xlsx(path, {"汇率": grid({"sheet": "汇率"}), "TAB": [["x"]]})
    rewrite(path, lambda part, text: text.replace('name="TAB"', f'name="{"表" * 100_000}"'))


def many_sheets(path: Path) -> None:
    """300 sheets that are none of ours."""
    write_xlsx(path, {"汇率": grid({"sheet": "汇率"}), **{f"第{n}张": [["x"]] for n in range(300)}})


def wide_sheet(path: Path) -> None:
    """Notes in the very last column."""
    good(path)
    rewrite(
        path,
        lambda part, text: text.replace("</c></row></sheetData>", '</c><c r="XFD2"><v>1</v></c></row></sheetData>'),
    )


def two_tables(path: Path) -> None:
    """A second table, with headers of its own, below the first."""
    rows = grid({"sheet": "汇率"})
    write_xlsx(path, {"汇率": [*rows, [], ["客户号", "工号", "占比"], ["C001", "1001", 60]]})


def chart_sheet(path: Path, kind: str = "chartsheet") -> None:
    """A sheet that is a chart, called as a sheet of ours."""
    good(path)

    def change(part: str, text: str) -> str:
        if part == "xl/workbook.xml":
            return text.replace("</sheets>", '<sheet name="业绩" sheetId="9" r:id="rId99"/></sheets>')
        if part == "xl/_rels/workbook.xml.rels":
            link = f'<Relationship Id="rId99" Type="x/{kind}" Target="{kind}s/sheet1.xml"/>'
            return text.replace("</Relationships>", link + "</Relationships>")
        return text

    rewrite(path, change)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(f"xl/{kind}s/sheet1.xml", f"<{kind}/>")


def dialog_sheet(path: Path) -> None:
    """A dialog of Excel 5, called as a sheet of ours."""
    chart_sheet(path, "dialogsheet")


def rows_behind_data(path: Path) -> None:
    """Rows in an extension behind the cells, which Excel shows nobody: far down, where rows are matched by pattern, too."""
    good(path)
    more = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{46_295 + n}</v></c><c r="B{n}"><v>8</v></c></row>' for n in range(3, 99)
    )
    rewrite(path, lambda part, text: text.replace("</sheetData>", f"</sheetData><extLst>{more}</extLst>"))


def external_sheet(path: Path) -> None:
    """A sheet whose part is an address on the network."""
    good(path)

    def change(part: str, text: str) -> str:
        if part != "xl/_rels/workbook.xml.rels":
            return text
        return text.replace('Target="worksheets/sheet1.xml"', 'Target="http://127.0.0.1:9/s.xml" TargetMode="External"')

    rewrite(path, change)


def external_link(path: Path) -> None:
    """A formula into another workbook, with its stored result: the result is read, the link is not followed."""
    good(path)
    cell = '<c r="B2"><f>[1]汇率!B2</f><v>7.2</v></c>'
    rewrite(path, lambda part, text: text.replace('<c r="B2"><v>7.1055</v></c>', cell) if part == _SHEET else text)


def climbing_target(path: Path) -> None:
    """A sheet's part outside of the package."""
    good(path)
    rewrite(
        path,
        lambda part, text: text.replace('"worksheets/sheet1.xml"', '"../../../../../../etc/passwd"'),
    )


def by_openpyxl(path: Path) -> None:
    """Inline dates, numbers and texts as another library writes them."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "汇率"
    for row in grid({"sheet": "汇率"}):
        sheet.append(row)
    book.save(path)


def wrong_encoding(path: Path) -> None:
    """A sheet in GB18030 that says so, which XML allows and Excel never writes."""
    write_xlsx(
        path,
        {"汇率": grid({"sheet": "汇率", "more": ["备注"], "set": {"2.备注": {"formula": '="甲"', "value": "甲"}}})},
    )
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts[_SHEET].decode().replace('encoding="UTF-8"', 'encoding="GB18030"')
    parts[_SHEET] = text.encode("gb18030")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def sheet_listed_often(path: Path) -> None:
    """One sheet under 500 names: each reading of it would cost what the sheet costs."""
    good(path)

    def change(part: str, text: str) -> str:
        if part != "xl/workbook.xml":
            return text
        more = "".join(f'<sheet name="第{n}张" sheetId="{n + 9}" r:id="rId1"/>' for n in range(500))
        return text.replace("</sheets>", more + "</sheets>")

    rewrite(path, change)
