import Button from '@cloudscape-design/components/button'
import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { formatCount } from '../../../../shared/format.ts'
import { saveFile } from '../../../../shared/save-file.ts'
import { VisibleText } from '../../../../shared/text/visible.tsx'
import { visibleText } from '../../../../shared/text/visible-text.ts'
import { formatDateTime } from '../../../../shared/time.tsx'
import { timeForFileName } from '../../../../shared/time-for-file-name.ts'
import { Loading } from '../../../../shared/ui/loading.tsx'
import type { Series } from '../../protocol/chart.ts'
import { type ChartLine, sidesOf } from './axes.ts'
import { addPin, chartsOf, nextChart, type PlacedPin, withAxis } from './pins.ts'
import type { ChartHandle } from './uplot-chart.tsx'

const UplotChart = lazy(() => import('./uplot-chart.tsx'))

const AXIS_CHOICES = [
  { id: 'auto', text: 'Axis by magnitude', axis: undefined },
  { id: 'left', text: 'Left axis', axis: 'left' },
  { id: 'right', text: 'Right axis', axis: 'right' },
] as const

interface ChartCardProps {
  readonly stream: string
  readonly chart: number
  readonly pins: readonly PlacedPin[]
  readonly allPins: readonly PlacedPin[]
  /** Those of the pins that are known yet. */
  readonly series: readonly Series[]
  readonly fromMs: number
  readonly toMs: number
  readonly onZoom: (fromMs: number, toMs: number) => void
  readonly onPins: (pins: readonly PlacedPin[]) => void
}

/** One chart of the board with the figures of its series over what is shown. */
export function ChartCard({ stream, chart, pins, allPins, series, fromMs, toMs, onZoom, onPins }: ChartCardProps) {
  const handle = useRef<ChartHandle>(null)
  const title = titleOf(pins)
  const isOneTopic = pins.every(({ topic }) => topic === pins[0]?.topic) // then the head says it
  const seriesOf = new Map(series.map((each) => [each.pin.id, each]))
  const wasSplit = useRef(false)
  const sides = sidesOf(
    pins.map(({ id, axis }) => ({ axis, stats: seriesOf.get(id)?.stats })),
    wasSplit.current,
  )
  const isSplit = sides.includes('right')
  useEffect(() => {
    wasSplit.current = isSplit
  })
  const lines = series.map(({ pin }): ChartLine => {
    const number = pins.findIndex(({ id }) => id === pin.id)
    return {
      number,
      side: sides[number] ?? 'left',
      name: visibleText(isOneTopic ? pin.path : `${pin.topic} ${pin.path}`),
    }
  })
  const exportPng = async () => {
    const blob = await handle.current?.toPng(
      `${visibleText(title)} · ${formatDateTime(fromMs)} – ${formatDateTime(toMs)}`,
    )
    if (blob) saveFile(blob, `chart-${chart}-${timeForFileName(toMs)}.png`)
  }
  return (
    <section className="td-chart" aria-label={`Chart ${chart}: ${visibleText(title)}`}>
      <header className="td-chart-head">
        <h2 className="td-mono">
          <VisibleText text={title} />
        </h2>
        <Button
          variant="inline-link"
          iconName="download"
          ariaLabel={`Chart ${chart} as PNG`}
          onClick={() => void exportPng()}
        >
          PNG
        </Button>
      </header>
      <Suspense fallback={<Loading what="the chart" />}>
        <UplotChart
          ref={handle}
          label={`${visibleText(title)}: the figures are in the table below`}
          series={series}
          lines={lines}
          fromMs={fromMs}
          toMs={toMs}
          onZoom={onZoom}
          syncKey={stream}
        />
      </Suspense>
      <div className="td-chart-figures">
        <table>
          <thead>
            <tr>
              <th scope="col">Number</th>
              {['Last', 'Min', 'Mean', 'Max', 'Samples'].map((name) => (
                <th key={name} scope="col" className="td-cell-end">
                  {name}
                </th>
              ))}
              <th scope="col">
                <span className="td-sr">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {pins.map((pin, index) => (
              <tr key={pin.id}>
                <th scope="row" data-series={index % 8}>
                  <span className="td-chart-key" aria-hidden="true">
                    {index + 1}
                  </span>
                  {!isOneTopic && (
                    <span className="td-mono">
                      <VisibleText text={pin.topic} />{' '}
                    </span>
                  )}
                  <span className="td-mono td-data-key">
                    <VisibleText text={pin.path} />
                  </span>
                  {isSplit && <span className="td-weak"> {sides[index]} axis</span>}
                  <Notes series={seriesOf.get(pin.id)} />
                </th>
                <Figures series={seriesOf.get(pin.id)} />
                <td>
                  <span className="td-chart-actions">
                    <ButtonDropdown
                      variant="inline-icon"
                      ariaLabel={visibleText(`Axis and chart of ${pin.path} of ${pin.topic}`)}
                      items={[
                        ...AXIS_CHOICES.map(({ id, text }) => ({
                          id,
                          text,
                          itemType: 'checkbox' as const,
                          checked: (pin.axis ?? 'auto') === id,
                        })),
                        ...chartsOf(allPins)
                          .filter(([number]) => number !== chart)
                          .map(([number]) => ({ id: String(number), text: `Move to chart ${number}` })),
                        { id: String(nextChart(allPins)), text: 'Move to a chart of its own' },
                      ]}
                      onItemClick={({ detail }) => {
                        const choice = AXIS_CHOICES.find(({ id }) => id === detail.id)
                        if (choice) onPins(withAxis(allPins, pin.id, choice.axis))
                        else onPins(addPin(allPins, pin.topic, pin.path, Number(detail.id)))
                      }}
                      expandToViewport
                    />
                    <Button
                      variant="inline-icon"
                      iconName="close"
                      ariaLabel={visibleText(`Unpin ${pin.path} of ${pin.topic}`)}
                      onClick={() => onPins(allPins.filter(({ id }) => id !== pin.id))}
                    />
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** What the series have in common, for the head: the path, else the topic. */
function titleOf(pins: readonly PlacedPin[]): string {
  const paths = [...new Set(pins.map(({ path }) => path))]
  const topics = [...new Set(pins.map(({ topic }) => topic))]
  if (topics.length === 1) return `${topics[0]} ${paths.join(', ')}`
  return paths.length === 1 ? `${paths[0]} of ${topics.length} topics` : paths.join(', ')
}

function Figures({ series }: { readonly series: Series | undefined }) {
  const stats = series?.stats
  const cells = stats
    ? [
        formatFigure(stats.last, stats.lastText),
        formatFigure(stats.min, stats.minText),
        `${series.inexact > 0 ? '≈ ' : ''}${formatFigure(stats.mean)}`,
        formatFigure(stats.max, stats.maxText),
        formatCount(stats.count),
      ]
    : ['—', '—', '—', '—', '0']
  return cells.map((text, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change places
    <td key={index} className="td-cell-end">
      {text}
    </td>
  ))
}

const WHOLE = new Intl.NumberFormat('en-US')
const SIX_DIGITS = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 })

/** Six significant digits; whole numbers whole, also those that no double holds (`text`). */
function formatFigure(value: number, text = ''): string {
  if (/^-?\d+$/.test(text)) return WHOLE.format(BigInt(text))
  return Number.isInteger(value) ? formatCount(value) : SIX_DIGITS.format(value)
}

function Notes({ series }: { readonly series: Series | undefined }) {
  if (!series) return null
  const notes = [
    ...series.pairs.map(([one, zero]) => `1 is ${one}, 0 is ${zero}`),
    series.inexact > 0 && `${formatCount(series.inexact)} beyond 2^53, drawn rounded`,
    series.doubled > 0 && `the key comes twice in ${formatCount(series.doubled)} messages, the last counts`,
    series.withoutNumber > 0 && `no number there in ${formatCount(series.withoutNumber)} messages`,
    series.agedOut > 0 && `${formatCount(series.agedOut)} samples aged out`,
  ].filter(Boolean)
  return notes.length === 0 ? null : <span className="td-weak"> {notes.join(', ')}</span>
}
