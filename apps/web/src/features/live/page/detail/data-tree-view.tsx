import Button from '@cloudscape-design/components/button'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { dataText } from '../../../../shared/decode/data-text.ts'
import type { DataTree } from '../../../../shared/decode/data-tree.ts'
import { hexText } from '../../../../shared/decode/hex-text.ts'
import { formatBytes } from '../../../../shared/format.ts'
import { visible } from '../../../../shared/text/visible.tsx'
import { visibleText } from '../../../../shared/text/visible-text.ts'
import { isChartable } from '../../protocol/chart-number.ts'
import { type DataRow, dataRows, type OpenState } from './data-rows.ts'

const ROW_PX = 22
const MAX_SHOWN_BYTES = 64

interface DataTreeViewProps {
  readonly value: DataTree
  /** What is open, kept over messages so that the next one shows the same. */
  readonly open: OpenState
  readonly onOpen: (open: OpenState) => void
  /** `what` was put on the clipboard. */
  readonly onCopy: (text: string, what: string) => void
  /** Follows a number in a chart; left out where there is none. */
  readonly onChart?: ((path: string) => void) | undefined
}

/** A value as a tree whose branches open and close; only the rows on screen are in the page. */
export function DataTreeView({ value, open, onOpen, onCopy, onChart }: DataTreeViewProps) {
  const rows = useMemo(() => dataRows(value, open), [value, open])
  const scroller = useRef<HTMLDivElement>(null)
  const [currentId, setCurrentId] = useState('0')
  const current = Math.max(
    0,
    rows.findIndex(({ id }) => id === currentId),
  )
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  })

  const toggle = (row: DataRow, isOpen: boolean) => {
    if (row.children > 0) onOpen(new Map(open).set(row.path ?? row.id, isOpen))
  }
  const go = (index: number) => {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)]
    if (!row) return
    setCurrentId(row.id)
    virtualizer.scrollToIndex(rows.indexOf(row))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[current]
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey || !row) return
    if (event.key === 'ArrowDown') go(current + 1)
    else if (event.key === 'ArrowUp') go(current - 1)
    else if (event.key === 'Home') go(0)
    else if (event.key === 'End') go(rows.length - 1)
    else if (event.key === 'ArrowRight') row.isOpen ? go(current + 1) : toggle(row, true)
    else if (event.key === 'ArrowLeft') row.isOpen ? toggle(row, false) : go(parentOf(rows, current))
    else if (event.key === 'Enter' || event.key === ' ') toggle(row, !row.isOpen)
    else if (event.key === 'c') onCopy(copyText(row.value), 'value')
    else if (event.key === 'y' && row.path !== undefined) onCopy(row.path, 'path')
    else return
    event.preventDefault()
  }

  return (
    <div
      ref={scroller}
      className="td-payload td-data"
      role="tree"
      aria-label="Payload"
      tabIndex={0}
      aria-activedescendant={`data-${rows[current]?.id}`}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          return (
            row && (
              <Row
                key={row.id}
                row={row}
                topPx={start}
                isCurrent={index === current}
                onCurrent={() => setCurrentId(row.id)}
                onToggle={() => toggle(row, !row.isOpen)}
                onCopy={onCopy}
                onChart={onChart}
              />
            )
          )
        })}
      </div>
    </div>
  )
}

function parentOf(rows: readonly DataRow[], index: number): number {
  const depth = rows[index]?.depth ?? 0
  for (let before = index - 1; before >= 0; before--) if ((rows[before]?.depth ?? 0) < depth) return before
  return index
}

interface RowProps extends Pick<DataTreeViewProps, 'onCopy' | 'onChart'> {
  readonly row: DataRow
  readonly topPx: number
  readonly isCurrent: boolean
  readonly onCurrent: () => void
  readonly onToggle: () => void
}

function Row({ row, topPx, isCurrent, onCurrent, onToggle, onCopy, onChart }: RowProps) {
  const { id, depth, label, value, children, isOpen, path, isSuperseded } = row
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the tree has the focus and the keys
    <div
      id={`data-${id}`}
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={children > 0 ? isOpen : undefined}
      aria-selected={isCurrent}
      className="td-data-row"
      style={{ transform: `translateY(${topPx}px)`, paddingInlineStart: depth * 16 }}
      onClick={onCurrent}
    >
      <span className="td-data-caret" aria-hidden="true" onClick={onToggle}>
        {children === 0 ? '' : isOpen ? '▾' : '▸'}
      </span>
      {label !== undefined && (
        <span className={isSuperseded ? 'td-data-key td-data-superseded' : 'td-data-key'}>{visible(label)}: </span>
      )}
      <ValueText value={value} isOpen={isOpen} />
      {isSuperseded && <span className="td-weak"> the key comes again: the last value counts</span>}
      <span className="td-data-actions">
        <Button
          variant="inline-icon"
          iconName="copy"
          ariaLabel={`Copy value of ${visibleText(path ?? label ?? '')}`}
          onClick={() => onCopy(copyText(value), 'value')}
        />
        {path !== undefined && (
          <Button
            variant="inline-link"
            ariaLabel={`Copy path ${visibleText(path)}`}
            onClick={() => onCopy(path, 'path')}
          >
            copy path
          </Button>
        )}
        {onChart && path !== undefined && isChartable(value) && (
          <Button variant="inline-link" ariaLabel={`Chart ${visibleText(path)}`} onClick={() => onChart(path)}>
            chart
          </Button>
        )}
      </span>
    </div>
  )
}

/** What a person wants on the clipboard: a text without quotes, bytes as hex, the rest as written. */
function copyText(value: DataTree): string {
  if (value.kind === 'string') return value.value
  if (value.kind === 'bytes') return hexText(value.value)
  return dataText(value, 2)
}

function ValueText({ value, isOpen }: { readonly value: DataTree; readonly isOpen: boolean }) {
  switch (value.kind) {
    case 'string':
      return <span className="td-data-string">{visible(JSON.stringify(value.value))}</span>
    case 'number':
      return (
        <span className="td-data-number" title={isBeyondDouble(value.text) ? EXACT_WORDS : undefined}>
          {value.text}
        </span>
      )
    case 'bytes':
      return (
        <span className="td-data-string">
          {`h'${hexText(value.value.subarray(0, MAX_SHOWN_BYTES))}${value.value.length > MAX_SHOWN_BYTES ? '…' : ''}'`}{' '}
          <span className="td-weak">{formatBytes(value.value.length)}</span>
        </span>
      )
    case 'array':
    case 'map':
      return <span className="td-weak">{isOpen ? summaryOf(value) : visible(foldedText(value))}</span>
    case 'tag':
      return <span className="td-data-word">{summaryOf(value)}</span>
    case 'extension':
      return <span className="td-data-word">{`${dataText(value)}${value.label ? ` ${value.label}` : ''}`}</span>
    default:
      return <span className="td-data-word">{dataText(value)}</span>
  }
}

const EXACT_WORDS = 'Shown as it was sent. A double, which most programs read it into, would be another number.'

/** Whether reading it as a double makes another number of it. */
function isBeyondDouble(text: string): boolean {
  return /^-?\d{16,}$/.test(text) && !Number.isSafeInteger(Number(text))
}

function summaryOf(value: DataTree): string {
  switch (value.kind) {
    case 'array':
      return value.items.length === 1 ? '[1 item]' : `[${value.items.length} items]`
    case 'map':
      return value.entries.length === 1 ? '{1 member}' : `{${value.entries.length} members}`
    case 'tag':
      return value.label === undefined ? `tag ${value.tag}` : `tag ${value.tag}: ${value.label}`
    default:
      return dataText(value)
  }
}

function foldedText(value: DataTree): string {
  const text = dataText(value)
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}
