import type { CheckedLine } from './check-lines.ts'
import type { CsvTable } from './parse-csv.ts'

/** The lines that are wrong, as a file that can be mended and chosen again: as they stand, and what is wrong behind them. */
export function wrongLinesCsv({ header, delimiter }: CsvTable, lines: readonly CheckedLine[]): string {
  const wrong = lines.filter(({ problems }) => problems.length > 0)
  const width = header?.cells.length ?? 0
  const rows = wrong.map(({ row, problems }) => {
    const filled = [...row.cells, ...Array.from({ length: Math.max(0, width - row.cells.length) }, () => '')]
    const said = problems.map(({ message }) => message).join(' ')
    return [...filled.slice(0, width), `line ${row.line}: ${said}`]
  })
  const all = [[...(header?.cells ?? []), 'what is wrong'], ...rows]
  return `\uFEFF${all.map((cells) => cells.map((cell) => quoted(cell, delimiter)).join(delimiter)).join('\r\n')}\r\n`
}

/** As the file had it: what a spreadsheet could take for a formula was in it before, and names must come back as they are. */
const quoted = (cell: string, delimiter: string): string =>
  cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
