import { formatCount } from '../../shared/format.ts'
import { VisibleText } from '../../shared/text/visible.tsx'
import { formatTimeOfDay } from '../../shared/time.tsx'
import { beforeWords, type ChartFigures } from './chart-figures.ts'

interface FiguresTableProps {
  readonly title: string
  readonly figures: ChartFigures
  /** At which of the times the pointer is. */
  readonly point: number | undefined
}

/** What the lines of a chart come to; where the pointer is, what they are there. */
export function FiguresTable({ title, figures: { at, series }, point }: FiguresTableProps) {
  const seconds = point === undefined ? undefined : at[point]
  const compared = series[0]?.before ?? []
  return (
    <div className="td-metric-figures">
      <table aria-label={`${title}: figures`}>
        <thead>
          <tr>
            <th scope="col">Series</th>
            <th scope="col" className="td-cell-end">
              {seconds === undefined ? 'Last' : formatTimeOfDay(seconds * 1_000).slice(0, 5)}
            </th>
            <th scope="col" className="td-cell-end">
              Total
            </th>
            <th scope="col" className="td-cell-end">
              Peak
            </th>
            {compared.map(({ byMs }) => (
              <th key={byMs} scope="col" className="td-cell-end">
                {beforeWords(byMs)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {series.map(({ label, values, total, peak, last, before }, number) => (
            <tr key={label}>
              <th scope="row" data-series={number % 8}>
                <span className="td-metric-key" aria-hidden="true" />
                <VisibleText text={label} />
              </th>
              <td className="td-cell-end">{figure(point === undefined ? last : values[point])}</td>
              <td className="td-cell-end">{figure(total)}</td>
              <td className="td-cell-end">{figure(peak)}</td>
              {before.map(({ byMs, total: were, change }) => (
                <td key={byMs} className="td-cell-end">
                  {figure(were)}
                  {change !== undefined && <span className="td-weak"> {change}</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const ROUNDED = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 })

/** A count whole, another number to six digits; `–` where there is none. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–'
  return Number.isInteger(value) ? formatCount(value) : ROUNDED.format(value)
}
