import Button from '@cloudscape-design/components/button'
import { memo } from 'react'
import { formatBytes, formatCount } from '../../../../shared/format.ts'
import { visible } from '../../../../shared/text/visible.tsx'
import { visibleText } from '../../../../shared/text/visible-text.ts'
import { formatAge, formatDateTime } from '../../../../shared/time.tsx'
import type { TreeRow } from '../../protocol/tree.ts'
import { ENCODING_WORDS } from '../list/row-words.ts'
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
  /** Always the same object, so that a row is drawn again only when it is another. */
  readonly actions: TopicActions
}

/** What can be done with a level. */
export interface TopicActions {
  readonly select: (row: TreeRow) => void
  readonly toggle: (row: TreeRow) => void
  readonly openInList: (row: TreeRow) => void
  /** Left out where nothing can be subscribed to. */
  readonly subscribe?: (row: TreeRow) => void
}

export const TopicRow = memo(
  ({ row, index, topPx, nowMs, isSelected, actions }: TopicRowProps) => {
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
        onClick={() => actions.select(row)}
        onDoubleClick={() => actions.toggle(row)}
      >
        <Cell title={visibleText(path)} style={{ paddingInlineStart: depth * INDENT_PX }}>
          {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: as above */}
          <span
            className="td-data-caret"
            onClick={(event) => {
              event.stopPropagation()
              actions.toggle(row)
            }}
          >
            {children === 0 ? '' : isExpanded ? '▾' : '▸'}
          </span>
          <span className={name === '' ? 'td-weak' : 'td-tree-name'}>
            {name === '' ? '(empty level)' : visible(name)}
          </span>
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
        <Cell {...(row.lastPreview === undefined ? {} : { title: visibleText(row.lastPreview) })}>
          {row.lastEncoding && <span className="td-flag">{ENCODING_WORDS[row.lastEncoding]}</span>}
          <span className={row.lastIsText === false ? 'td-weak' : undefined}>{visible(row.lastPreview ?? '')}</span>
        </Cell>
        <Cell end title={formatDateTime(lastAtMs)}>
          {formatAge(lastAtMs, nowMs)}
        </Cell>
        <Cell>
          <RowButtons row={row} actions={actions} />
        </Cell>
      </div>
    )
  },
  (before, after) =>
    isSameRow(before.row, after.row) &&
    before.index === after.index &&
    before.topPx === after.topPx &&
    before.nowMs === after.nowMs &&
    before.isSelected === after.isSelected &&
    before.actions === after.actions,
)

/** Buttons cost more to draw than the rest of a row, whose figures change all the time. */
const RowButtons = memo(
  ({ row, actions }: Pick<TopicRowProps, 'row' | 'actions'>) => (
    <span className="td-row-actions">
      <Button
        variant="inline-link"
        ariaLabel={`Show messages of ${visibleText(row.path)} in the list`}
        onClick={() => actions.openInList(row)}
      >
        list
      </Button>
      {actions.subscribe && (
        <Button
          variant="inline-link"
          ariaLabel={`Subscribe to ${visibleText(filterOfRow(row))}`}
          onClick={() => actions.subscribe?.(row)}
        >
          subscribe
        </Button>
      )}
    </span>
  ),
  (before, after) => filterOfRow(before.row) === filterOfRow(after.row) && before.actions === after.actions,
)

function isSameRow(before: TreeRow, after: TreeRow): boolean {
  return (
    before.path === after.path &&
    before.isExpanded === after.isExpanded &&
    before.children === after.children &&
    before.topics === after.topics &&
    before.count === after.count &&
    before.perSecond === after.perSecond &&
    before.lastAtMs === after.lastAtMs &&
    before.lastPreview === after.lastPreview &&
    before.lastEncoding === after.lastEncoding &&
    before.lastSequence === after.lastSequence &&
    before.retained === after.retained &&
    before.history.every((count, index) => count === after.history[index])
  )
}

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
