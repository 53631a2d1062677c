export const DELIMITERS = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]

/** One row, and where it stands. */
export interface CsvRow {
  /** Of the file, from 1; a cell may go over several. */
  readonly line: number
  readonly cells: readonly string[]
  /** What is wrong with the row as such. */
  readonly problem?: string
  /** As it stands in the file, without its end. */
  readonly text: string
}

export interface CsvTable {
  readonly delimiter: Delimiter
  readonly header: CsvRow | undefined
  /** Without the header and without rows that are empty. */
  readonly rows: readonly CsvRow[]
}

/**
 * Reads a table of comma-separated values, whatever its delimiter and its ends of lines: `"` quotes a cell, `""` in it is
 * a quotation mark, and it may have delimiters and ends of lines. What is wrong with a row is said of that row: a
 * quotation mark that is not closed takes no other row with it.
 * @see RFC 4180
 * @param delimiter undefined: the one of the first line
 */
export function parseCsv(text: string, delimiter: Delimiter = delimiterOf(text)): CsvTable {
  const all = new CsvReader(text.replace(/^\uFEFF/, ''), delimiter).rows()
  const [header, ...rows] = all.filter(({ cells, problem }) => problem !== undefined || cells.some(isFilled))
  return { delimiter, header, rows }
}

const NOT_CLOSED = 'A quotation mark " is opened and not closed.'

const isFilled = (cell: string): boolean => cell.trim() !== ''

/** That which stands most often in the first line, outside of quotes; a comma where there is none. */
export function delimiterOf(text: string): Delimiter {
  const [first = ''] = text
    .replace(/^\uFEFF/, '')
    .replace(/"[^"]*"/g, '')
    .trimStart()
    .split(/\r\n|\n|\r/, 1)
  const counts = DELIMITERS.map((each) => [each, first.split(each).length - 1] as const)
  return counts.reduce((best, each) => (each[1] > best[1] ? each : best))[0]
}

class CsvReader {
  readonly #text: string
  readonly #delimiter: Delimiter
  #at = 0
  #line = 1

  constructor(text: string, delimiter: Delimiter) {
    this.#text = text
    this.#delimiter = delimiter
  }

  rows(): CsvRow[] {
    const rows: CsvRow[] = []
    while (this.#at < this.#text.length) {
      const [from, line] = [this.#at, this.#line]
      const row = this.#row()
      const isWrong = row.problem !== undefined || row.cells.length !== (rows[0] ?? row).cells.length
      if (isWrong && row.cells.some((cell) => this.#hasOtherRows(cell))) {
        this.#at = from
        this.#line = line
        rows.push(this.#lineAlone())
      } else rows.push(row)
    }
    return rows
  }

  /** Whether a cell, which a mark of a later line closed, has more of a table than a text of several lines has. */
  #hasOtherRows(cell: string): boolean {
    const end = cell.search(/[\r\n]/)
    return end >= 0 && cell.includes(this.#delimiter, end)
  }

  #lineAlone(): CsvRow {
    const [from, line] = [this.#at, this.#line]
    this.#at += this.#text.slice(from).search(/[\r\n]|$/)
    const text = this.#text.slice(from, this.#at)
    this.#endOfLine()
    return { line, cells: text.split(this.#delimiter), text, problem: NOT_CLOSED }
  }

  #row(): CsvRow {
    const [from, line] = [this.#at, this.#line]
    const cells: string[] = []
    let problem: string | undefined
    for (;;) {
      const cell = this.#cell()
      cells.push(cell.text)
      problem ??= cell.problem
      if (this.#text[this.#at] !== this.#delimiter) break
      this.#at += 1
    }
    const text = this.#text.slice(from, this.#at)
    this.#endOfLine()
    return { line, cells, text, ...(problem !== undefined && { problem }) }
  }

  #cell(): { readonly text: string; readonly problem?: string } {
    // Blanks before a quotation mark are what some programs write.
    const start = this.#at
    while (this.#text[this.#at] === ' ') this.#at += 1
    if (this.#text[this.#at] === '"') return this.#quoted()
    this.#at = start
    return { text: this.#until() }
  }

  #quoted(): { readonly text: string; readonly problem?: string } {
    const [opened, line] = [this.#at, this.#line]
    this.#at += 1
    let text = ''
    for (;;) {
      const end = this.#text.indexOf('"', this.#at)
      if (end < 0) {
        // Only its own line is lost: the next row begins behind it.
        this.#at = opened + 1
        this.#line = line
        return { text: this.#until(), problem: NOT_CLOSED }
      }
      const piece = this.#text.slice(this.#at, end)
      this.#line += piece.match(/\r\n|\n|\r/g)?.length ?? 0
      text += piece
      this.#at = end + 1
      if (this.#text[this.#at] !== '"') break
      text += '"'
      this.#at += 1
    }
    const rest = this.#until()
    if (rest.trim() === '') return { text }
    return { text: `${text}${rest}`, problem: `Text stands behind the closing quotation mark: ${rest.trim()}` }
  }

  /** Up to the next delimiter or end of line. */
  #until(): string {
    const from = this.#at
    while (this.#at < this.#text.length && !this.#isEnd(this.#text[this.#at])) this.#at += 1
    return this.#text.slice(from, this.#at)
  }

  #isEnd(character: string | undefined): boolean {
    return character === this.#delimiter || character === '\n' || character === '\r'
  }

  #endOfLine(): void {
    if (this.#text.startsWith('\r\n', this.#at)) this.#at += 2
    else if (this.#at < this.#text.length) this.#at += 1
    this.#line += 1
  }
}
