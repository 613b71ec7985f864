#!/usr/bin/env python3
"""The cells of an XLSX or ODS file as JSON: a list of lines. Knows the formats and nothing of motcua.

Standard library only. A formula anywhere is an error: our reports have none.
"""
import json
import sys
import xml.etree.ElementTree as xml
import zipfile

MAIN = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
TABLE = '{urn:oasis:names:tc:opendocument:xmlns:table:1.0}'
OFFICE = '{urn:oasis:names:tc:opendocument:xmlns:office:1.0}'
TEXT = '{urn:oasis:names:tc:opendocument:xmlns:text:1.0}'


def column(place):
    number = 0
    for letter in place.rstrip('0123456789'):
        number = number * 26 + ord(letter) - ord('A') + 1
    return number - 1


def xlsx(archive):
    book = xml.fromstring(archive.read('xl/workbook.xml'))
    assert len(book.find(MAIN + 'sheets')) == 1, 'one sheet'
    xml.fromstring(archive.read('[Content_Types].xml'))
    xml.fromstring(archive.read('xl/styles.xml'))
    sheet = xml.fromstring(archive.read('xl/worksheets/sheet1.xml'))
    for row in sheet.find(MAIN + 'sheetData'):
        line = []
        for cell in row:
            assert cell.find(MAIN + 'f') is None, 'a formula'
            line += [None] * (column(cell.get('r')) - len(line))
            if cell.get('t') == 'inlineStr':
                line.append(''.join(cell.itertext()))
            else:
                line.append(number(cell.find(MAIN + 'v').text))
        yield line


def ods(archive):
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ('mimetype', zipfile.ZIP_STORED), 'its mark'
    xml.fromstring(archive.read('META-INF/manifest.xml'))
    xml.fromstring(archive.read('styles.xml'))
    content = xml.fromstring(archive.read('content.xml'))
    for row in content.iter(TABLE + 'table-row'):
        line = []
        for cell in row.iter(TABLE + 'table-cell'):
            assert cell.get(TABLE + 'formula') is None, 'a formula'
            kind = cell.get(OFFICE + 'value-type')
            if kind == 'float':
                line.append(number(cell.get(OFFICE + 'value')))
            else:
                line.append(''.join(cell.itertext()) if kind == 'string' else None)
        yield line


def number(text):
    return int(text) if text.isdigit() else text


with zipfile.ZipFile(sys.argv[1]) as archive:
    assert archive.testzip() is None, 'a damaged entry'
    lines = list(ods(archive) if 'mimetype' in archive.namelist() else xlsx(archive))
print(json.dumps(lines, ensure_ascii=False))
