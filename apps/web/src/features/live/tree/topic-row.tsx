import Button from '@cloudscape-design/components/button'
import { memo } from 'react'
import { formatBytes, formatCount } from '../../../shared/format.ts'
import { formatAge, formatDateTime } from '../../../shared/time.tsx'
import type { TreeRow } from '../engine/tree-protocol.ts'
import { sparklinePath } from './sparkline.ts'
import { filterOfRow } from './topic-terms.ts'

const SPARK_WIDTH_PX = 72
const SPARK_HEIGHT_PX = 14
const INDENT_PX = 14

interface TopicRowProps {
  readonly row: TreeRow
  readonly index: number
  readonly topPx: number
  readonly nowMs: number
  readonly isSelected: boolean
  readonly onSelect: () => void
  readonly onToggle: () => void
  readonly onOpenInList: () => void
  readonly onSubscribe: (() => void) | undefined
}

export const TopicRow = memo(
  ({ row, index, topPx, nowMs, isSelected, onSelect, onToggle, onOpenInList, onSubscribe }: TopicRowProps) => {
    const { path, name, depth, isExpanded, children, topics, count, bytes, perSecond, history, lastAtMs } = row
    return (
      // biome-ignore lint/a11y/useSemanticElements lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the tree has the focus and the keys
      <div
        id={`topic-${index}`}
        role="row"
        aria-rowindex={index + 2}
        aria-level={depth + 1}
        aria-expanded={children > 0 ? isExpanded : undefined}
        aria-selected={isSelected}
        className="td-row td-tree-row"
        data-current={isSelected}
        style={{ transform: `translateY(${topPx}px)` }}
        onClick={onSelect}
        onDoubleClick={onToggle}
      >
        <Cell title={path} style={{ paddingInlineStart: depth * INDENT_PX }}>
          {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: as above */}
          <span
            className="td-data-caret"
            onClick={(event) => {
              event.stopPropagation()
              onToggle()
            }}
          >
            {children === 0 ? '' : isExpanded ? '▾' : '▸'}
          </span>
          <span className={name === '' ? 'td-weak' : 'td-tree-name'}>{name === '' ? '(empty level)' : name}</span>
          {children > 0 && (
            <span className="td-weak"> {topics === 1 ? '1 topic' : `${formatCount(topics)} topics`}</span>
          )}
          {row.retained && (
            <span className="td-flag" title="The broker has a retained message of this topic">
              R<span className="td-sr"> retained</span>
            </span>
          )}
        </Cell>
        <Cell end title={formatBytes(bytes)}>
          {formatCount(count)}
        </Cell>
        <Cell end>{formatRate(perSecond)}</Cell>
        <Cell>
          <svg width={SPARK_WIDTH_PX} height={SPARK_HEIGHT_PX} aria-hidden="true" className="td-spark">
            <path d={sparklinePath(history, SPARK_WIDTH_PX, SPARK_HEIGHT_PX - 2)} transform="translate(0 1)" />
          </svg>
        </Cell>
        <Cell {...(row.lastPreview === undefined ? {} : { title: row.lastPreview })}>
          <span className={row.lastIsText === false ? 'td-weak' : undefined}>{row.lastPreview ?? ''}</span>
        </Cell>
        <Cell end title={formatDateTime(lastAtMs)}>
          {formatAge(lastAtMs, nowMs)}
        </Cell>
        <Cell>
          <span className="td-row-actions">
            <Button variant="inline-link" ariaLabel={`Show messages of ${path} in the list`} onClick={onOpenInList}>
              list
            </Button>
            {onSubscribe && (
              <Button variant="inline-link" ariaLabel={`Subscribe to ${filterOfRow(row)}`} onClick={onSubscribe}>
                subscribe
              </Button>
            )}
          </span>
        </Cell>
      </div>
    )
  },
)

/** `0`, `0.3`, `12`, `1,204` */
function formatRate(perSecond: number): string {
  if (perSecond === 0) return '0'
  return perSecond < 10 ? perSecond.toFixed(1) : formatCount(Math.round(perSecond))
}

interface CellProps {
  readonly title?: string
  readonly end?: boolean
  readonly style?: React.CSSProperties
  readonly children: React.ReactNode
}

function Cell({ title, end, style, children }: CellProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as in the row
    <span
      role="gridcell"
      className={end ? 'td-cell-weak td-cell-end' : undefined}
      {...(title ? { title } : {})}
      style={style}
    >
      {children}
    </span>
  )
}
