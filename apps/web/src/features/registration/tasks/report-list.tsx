import Link from '@cloudscape-design/components/link'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { REGISTRATION_REPORT_TYPES, type RegistrationTask } from '@thingdeck/contract'
import { useState } from 'react'
import { formatCount } from '../../../shared/format.ts'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import { wholeOf } from '../../../shared/list/list-source.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { reportQuery } from '../api.ts'
import type { TaskSearch } from '../search.ts'
import { type ReportLine, readReportLine } from './report-line.ts'

const SHOWN = 100

const COLUMNS: readonly ListColumn<ReportLine>[] = [
  { id: 'line', header: 'Line', isRowHeader: true, width: 90, cell: ({ line }) => line },
  { id: 'code', header: 'Error', width: 260, cell: ({ code }) => visible(code ?? '–') },
  { id: 'text', header: 'What AWS says', minWidth: 300, cell: ({ text }) => visible(text) },
]

/** What AWS reports of each line: what failed first. */
export function ReportList({ task, search, setSearch }: { readonly task: RegistrationTask } & SearchProps<TaskSearch>) {
  const reportType = search.report ?? (task.failureCount > 0 ? 'ERRORS' : 'RESULTS')
  const mayNot = useWhyNot('admin')
  const query = useQuery(reportQuery(task.taskId, reportType, mayNot === undefined))
  const [shown, setShown] = useState(SHOWN)
  if (mayNot !== undefined) return <span>{`Reports have certificates. ${mayNot}`}</span>
  const { lines = [], links = [], isCut = false } = query.data ?? {}
  const rows = lines.slice(0, shown).map(readReportLine)
  const source = wholeOf(query, rows)
  return (
    <SpaceBetween size="m">
      <SegmentedControl
        label="Which report"
        selectedId={reportType}
        options={REGISTRATION_REPORT_TYPES.map((id) => ({ id, text: id === 'ERRORS' ? 'Errors' : 'Results' }))}
        onChange={({ detail }) => {
          const report = REGISTRATION_REPORT_TYPES.find((each) => each === detail.selectedId)
          setShown(SHOWN)
          setSearch({ report })
        }}
      />
      <List
        name="registration-report"
        variant="container"
        words={{
          title: reportType === 'ERRORS' ? 'Errors' : 'Results',
          one: 'line',
          many: 'lines',
          empty: {
            title: reportType === 'ERRORS' ? 'No errors' : 'No results',
            text: 'AWS reports no line of this kind.',
          },
          ...(isCut && { description: `There are more than ${formatCount(lines.length)}: the files have all.` }),
        }}
        columns={COLUMNS}
        rowId={({ line, text }) => `${line} ${text}`}
        source={{ ...source, hasNextPage: shown < lines.length, fetchNextPage: () => setShown(shown + SHOWN) }}
        paging="endless"
      />
      {links.length > 0 && (
        <SpaceBetween direction="horizontal" size="m">
          {links.map((link, index) => (
            <Link key={link} href={link} external>{`File ${index + 1} of ${links.length}`}</Link>
          ))}
        </SpaceBetween>
      )}
    </SpaceBetween>
  )
}
