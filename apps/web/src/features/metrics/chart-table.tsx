import { VisibleText } from '../../shared/text/visible.tsx'
import { formatDateTime } from '../../shared/time.tsx'
import { beforeWords, type ChartFigures } from './chart-figures.ts'
import { figure } from './figures-table.tsx'

/** A chart as a table: a row a period, newest first. */
export function ChartTable({
  title,
  figures: { at, series },
}: {
  readonly title: string
  readonly figures: ChartFigures
}) {
  const columns = series.flatMap(({ label, values, before }) => [
    { name: label, values },
    ...before.map(({ byMs, values: were }) => ({ name: `${label}, ${beforeWords(byMs)}`, values: were })),
  ])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be scrolled by keys, too
    <section className="td-metric-rows" aria-label={`${title}: all figures`} tabIndex={0}>
      <table aria-label={`${title} by time`}>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {columns.map(({ name }) => (
              <th key={name} scope="col" className="td-cell-end">
                <VisibleText text={name} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {at
            .map((seconds, index) => (
              <tr key={seconds}>
                <th scope="row" className="td-mono">
                  {formatDateTime(seconds * 1_000)}
                </th>
                {columns.map(({ name, values }) => (
                  <td key={name} className="td-cell-end">
                    {figure(values[index])}
                  </td>
                ))}
              </tr>
            ))
            .reverse()}
        </tbody>
      </table>
    </section>
  )
}
