import { describe, expect, test } from 'vitest'
import { delimiterOf, parseCsv } from './parse-csv.ts'
import { readText } from './read-text.ts'

const cells = (text: string) => parseCsv(text).rows.map((row) => row.cells)
const utf16 = (text: string, isLittle: boolean) =>
  Uint8Array.from([...text].flatMap((each) => (isLittle ? [each.charCodeAt(0), 0] : [0, each.charCodeAt(0)])))

describe('a table', () => {
  test.each([
    ['name,site\na,b\n', [['a', 'b']]],
    [
      'name,site\r\na,b\r\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['name,site\ra,b\r', [['a', 'b']]],
    ['name;site\na;"b;c"\n', [['a', 'b;c']]],
    ['name\tsite\na\tb\n', [['a', 'b']]],
    ['\uFEFFname,site\na,b\n', [['a', 'b']]],
    ['name,site\n"a","b ""quoted"", in two\nlines"\n', [['a', 'b "quoted", in two\nlines']]],
    ['name,site\n\n , \n,,\na,b\n\n', [['a', 'b']]],
    ['name,site\n"a" , "b"\n', [['a', 'b']]],
    ['name,site\na,\n', [['a', '']]],
  ])('%j', (text, expected) => expect(cells(text)).toEqual(expected))

  test('knows the line of the file that each row begins in', () => {
    const { rows } = parseCsv('name,note\r\na,"one\r\ntwo"\r\n\r\nb,three\r\n')
    expect(rows.map(({ line, text }) => [line, text])).toEqual([
      [2, 'a,"one\r\ntwo"'],
      [5, 'b,three'],
    ])
  })

  test('a quotation mark that is not closed spoils its own line only', () => {
    const notClosed = 'A quotation mark " is opened and not closed.'
    // The mark of line 2 is closed by the first of line 4, or by the last of it, with a cell too few then.
    for (const [first, third] of [
      ['a,"never closed', 'c,"fine, too"'],
      ['"a,never closed', 'c,fine too"'],
    ]) {
      const { rows } = parseCsv(`name,note\n${first}\nb,fine\n${third}\nd,fine\n`)
      expect(rows.map(({ line, cells: [name], problem }) => [line, name?.replace('"', ''), problem])).toEqual([
        [2, 'a', notClosed],
        [3, 'b', undefined],
        [4, 'c', undefined],
        [5, 'd', undefined],
      ])
    }
    // A text of several lines is one, whatever stands behind it.
    expect(parseCsv('name,csr\na,"one\ntwo" x\nb,fine\n').rows.map(({ line, problem }) => [line, problem])).toEqual([
      [2, 'Text stands behind the closing quotation mark: x'],
      [4, undefined],
    ])
    const last = parseCsv('name,note\na,fine\nb,"never closed\nc,fine\n').rows
    expect(last.map(({ problem }) => problem)).toEqual([undefined, notClosed, undefined])
  })

  test('its delimiter is that of the first line, outside of quotes', () => {
    expect(delimiterOf('"a;b;c",d\n')).toBe(',')
    expect(delimiterOf('a;b,c;d\n')).toBe(';')
    expect(delimiterOf('name\n')).toBe(',')
    expect(parseCsv('a;b\n1;2', ',').rows[0]?.cells).toEqual(['1;2'])
  })

  test('is empty without a line', () => {
    expect(parseCsv('')).toMatchObject({ header: undefined, rows: [] })
    expect(parseCsv('name\n').rows).toEqual([])
  })
})

describe('the text of a file', () => {
  test.each([
    ['UTF-8', new TextEncoder().encode('name,für\n'), 'name,für\n', false],
    ['UTF-16 (little-endian)', Uint8Array.from([0xff, 0xfe, ...utf16('name', true)]), 'name', false],
    ['UTF-16 (big-endian)', Uint8Array.from([0xfe, 0xff, ...utf16('name', false)]), 'name', false],
    ['UTF-16 (little-endian)', utf16('name,site', true), 'name,site', true],
    ['UTF-16 (big-endian)', utf16('name,site', false), 'name,site', true],
    ['Windows-1252', Uint8Array.from([0x66, 0xfc, 0x72]), 'für', true],
  ])('%s', (encoding, bytes, text, isGuessed) => {
    expect(readText(bytes)).toEqual({ encoding, text, isGuessed })
  })
})
