import Box from '@cloudscape-design/components/box'
import Pagination from '@cloudscape-design/components/pagination'
import Table from '@cloudscape-design/components/table'
import { useState } from 'react'
import { visible } from '../../../shared/text/visible.tsx'
import type { CheckedLine } from '../csv/check-lines.ts'
import type { CsvTable } from '../csv/parse-csv.ts'

const ROWS = 20
const SHOWN_CHARACTERS = 80

/** What is wrong with each line, and which of its cells it is. */
export function ProblemTable({ table, lines }: { readonly table: CsvTable; readonly lines: readonly CheckedLine[] }) {
  const [page, setPage] = useState(1)
  const rows = lines.flatMap(({ row, problems }) =>
    problems.map((problem, index) => ({ id: `${row.line} ${index}`, line: row.line, ...problem })),
  )
  const pages = Math.max(1, Math.ceil(rows.length / ROWS))
  const shown = Math.min(page, pages)
  return (
    <Table
      variant="embedded"
      wrapLines
      items={rows.slice((shown - 1) * ROWS, shown * ROWS)}
      trackBy="id"
      ariaLabels={{ tableLabel: 'What is wrong with lines' }}
      pagination={
        pages > 1 && (
          <Pagination
            currentPageIndex={shown}
            pagesCount={pages}
            onChange={({ detail }) => setPage(detail.currentPageIndex)}
          />
        )
      }
      columnDefinitions={[
        { id: 'line', header: 'Line', width: 90, isRowHeader: true, cell: ({ line }) => line },
        {
          id: 'column',
          header: 'Column',
          width: 120,
          cell: ({ column }) => (column === undefined ? '–' : visible(table.header?.cells[column] ?? '')),
        },
        {
          id: 'cell',
          header: 'Cell',
          width: 240,
          maxWidth: 240,
          cell: ({ cell = '' }) => (
            <Box variant="code">
              {visible(cell.length > SHOWN_CHARACTERS ? `${cell.slice(0, SHOWN_CHARACTERS)}…` : cell)}
            </Box>
          ),
        },
        { id: 'message', header: 'What is wrong', minWidth: 260, cell: ({ message }) => visible(message) },
      ]}
    />
  )
}
