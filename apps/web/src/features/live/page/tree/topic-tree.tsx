import './tree.css'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { formatCount } from '../../../../shared/format.ts'
import type { SearchProps } from '../../../../shared/search-props.ts'
import { useNow } from '../../../../shared/time.tsx'
import type { TreeRequest, TreeRow, TreeView } from '../../protocol/tree.ts'
import { BarButton } from '../bar-button.tsx'
import { useLiveClient } from '../client.ts'
import { Feed } from '../feed/feed.ts'
import { useFeedView } from '../feed/use-feed.ts'
import { HEAD_PX } from '../list/columns.ts'
import type { LiveSearch } from '../search.ts'
import { type TopicActions, TopicRow } from './topic-row.tsx'
import { useOpenLevels } from './use-open-levels.ts'

const ROW_PX = 24
const OVERSCAN_ROWS = 12
/** What is on screen is as fresh as this. A row whose figures are the same is not drawn again. */
const PACE_MS = 50

const SORTS = [
  { value: 'name', label: 'By name' },
  { value: 'count', label: 'By count' },
  { value: 'rate', label: 'By rate' },
  { value: 'lastAt', label: 'By newest' },
] as const

interface TopicTreeProps extends SearchProps<LiveSearch> {
  readonly stream: string
  /** What stands at the beginning of the bar. */
  readonly lead: ReactNode
  readonly selected: string | undefined
  /** A level is looked at; with it goes the newest message of exactly that topic, if there is one. */
  readonly onSelect: (row: TreeRow) => void
  readonly onOpenInList: (row: TreeRow) => void
  /** Left out where nothing can be subscribed to. */
  readonly onSubscribe?: ((row: TreeRow) => void) | undefined
}

type TreePart = Omit<TreeRequest, 'stream' | 'knownRevision'>

/** Every topic seen, level by level. Only the rows on screen are in the page, and asked for. */
export function TopicTree({
  stream,
  lead,
  search,
  setSearch,
  selected,
  onSelect,
  onOpenInList,
  onSubscribe,
}: TopicTreeProps) {
  const client = useLiveClient()
  const levels = useOpenLevels({ search, setSearch })
  const sort = search.sort ?? 'name'
  const filterText = search.find ?? ''
  const feed = useMemo(
    () =>
      new Feed<TreePart, TreeView>(
        (request) => client.call('live.tree', { ...request, stream }),
        { expanded: [], filterText: '', sort: 'name', from: 0, count: 50 },
        () => new Promise((resolve) => setTimeout(resolve, PACE_MS)),
      ),
    [client, stream],
  )
  const view = useFeedView(feed)
  const nowMs = useNow()

  const scroller = useRef<HTMLDivElement>(null)
  const total = view?.total ?? 0
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN_ROWS,
    scrollMargin: HEAD_PX,
    scrollPaddingStart: HEAD_PX,
  })
  const items = virtualizer.getVirtualItems()
  const from = items[0]?.index ?? 0
  const count = Math.max(50, (items.at(-1)?.index ?? 0) - from + 1)
  const expandedKey = JSON.stringify(levels.paths)
  useEffect(() => {
    feed.show({ expanded: JSON.parse(expandedKey) as string[], filterText, sort, from, count })
  }, [feed, expandedKey, filterText, sort, from, count])

  const latest = useRef({ levels, onSelect, onOpenInList, onSubscribe })
  useEffect(() => {
    latest.current = { levels, onSelect, onOpenInList, onSubscribe }
  })
  const maySubscribe = onSubscribe !== undefined
  const actions = useMemo(
    (): TopicActions => ({
      select: (row) => latest.current.onSelect(row),
      toggle: (row) => latest.current.levels.set(row.path, !row.isExpanded),
      openInList: (row) => latest.current.onOpenInList(row),
      ...(maySubscribe ? { subscribe: (row) => latest.current.onSubscribe?.(row) } : {}),
    }),
    [maySubscribe],
  )

  const rowAt = (index: number) => view?.rows[index - view.from]
  const selectedIndex = view?.rows.findIndex(({ path }) => path === selected) ?? -1
  const current = view && selectedIndex >= 0 ? view.from + selectedIndex : undefined
  const go = (index: number) => {
    const to = Math.min(Math.max(index, 0), total - 1)
    const row = rowAt(to)
    if (row) onSelect(row)
    virtualizer.scrollToIndex(to)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const row = current === undefined ? undefined : rowAt(current)
    if (event.key === 'ArrowDown') go(current === undefined ? from : current + 1)
    else if (event.key === 'ArrowUp') go(current === undefined ? from : current - 1)
    else if (event.key === 'Home') go(0)
    else if (event.key === 'End') go(total - 1)
    else if (event.key === 'ArrowRight' && row && current !== undefined) {
      if (row.isExpanded) go(current + 1)
      else if (row.children > 0) levels.set(row.path, true)
    } else if (event.key === 'ArrowLeft' && row) {
      if (row.isExpanded) levels.set(row.path, false)
      else void goToParent(row)
    } else if (event.key === ' ' && row && row.children > 0) levels.set(row.path, !row.isExpanded)
    else if (event.key === 'Enter' && row) onOpenInList(row)
    else return
    event.preventDefault()
  }
  /** The parent may be far above what is loaded. */
  const goToParent = async ({ path, depth }: TreeRow) => {
    if (depth === 0) return
    const parent = path.slice(0, path.lastIndexOf('/'))
    const loaded = view?.rows.find((row) => row.path === parent)
    if (loaded) onSelect(loaded)
    const request = { stream, expanded: levels.paths, filterText, sort, path: parent }
    const index = await client.call('live.treeIndex', request).catch(() => undefined)
    if (index !== undefined) virtualizer.scrollToIndex(index)
  }

  return (
    <div className="td-tree-frame">
      <TreeBar lead={lead} search={search} setSearch={setSearch} view={view} levels={levels} />
      <div className="td-list td-tree">
        <div
          ref={scroller}
          className="td-list-body"
          role="treegrid"
          aria-label="Topics"
          aria-rowcount={total + 1}
          tabIndex={0}
          aria-activedescendant={current === undefined ? undefined : `topic-${current}`}
          onKeyDown={onKeyDown}
        >
          {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above; the rows take the focus as one */}
          <div className="td-list-head td-tree-head" role="row" aria-rowindex={1}>
            {['Topic', 'Messages', 'Rate/s', 'Trend', 'Last value', 'Age', 'Actions'].map((name) => (
              // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above
              <span key={name} role="columnheader">
                {name}
              </span>
            ))}
          </div>
          {/* biome-ignore lint/a11y/useSemanticElements: as above */}
          <div className="td-list-space" role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
            {items.map(({ index, start }) => {
              const row = rowAt(index)
              return (
                row && (
                  <TopicRow
                    key={row.path}
                    row={row}
                    index={index}
                    topPx={start - HEAD_PX}
                    nowMs={nowMs}
                    isSelected={row.path === selected}
                    actions={actions}
                  />
                )
              )
            })}
          </div>
        </div>
        {view && total === 0 && (
          <p className="td-list-empty">
            {filterText === '' ? 'Topics appear here as messages come.' : 'No topic goes with this filter.'}
          </p>
        )}
      </div>
    </div>
  )
}

interface TreeBarProps extends SearchProps<LiveSearch> {
  readonly lead: ReactNode
  readonly view: TreeView | undefined
  readonly levels: ReturnType<typeof useOpenLevels>
}

function TreeBar({ lead, search, setSearch, view, levels }: TreeBarProps) {
  const [text, setText] = useState(search.find ?? '')
  const sort = search.sort ?? 'name'
  return (
    <div className="td-view-bar">
      {lead}
      <div className="td-tree-find">
        <Input
          type="search"
          value={text}
          onChange={({ detail }) => {
            setText(detail.value)
            setSearch({ find: detail.value === '' ? undefined : detail.value }, { replace: true })
          }}
          ariaLabel="Find topics"
          placeholder="Find topics: text or topic:dt/+/#"
          clearAriaLabel="Clear"
          spellcheck={false}
        />
      </div>
      <Select
        ariaLabel="Order"
        options={SORTS}
        selectedOption={SORTS.find(({ value }) => value === sort) ?? null}
        onChange={({ detail }) =>
          setSearch(
            { sort: SORTS.find(({ value }) => value === detail.selectedOption.value && value !== 'name')?.value },
            { replace: true },
          )
        }
      />
      <BarButton icon="treeview-expand" words="Open all" onClick={levels.openAll} />
      <BarButton icon="treeview-collapse" words="Close all" onClick={levels.closeAll} />
      {view && (
        <span className="td-counters">
          <b>{formatCount(view.topics)}</b> {view.topics === 1 ? 'topic' : 'topics'}
          {view.topicsShown !== view.topics && (
            <>
              {', '}
              <b>{formatCount(view.topicsShown)}</b> shown
            </>
          )}
          {view.outside > 0 && (
            <span className="td-counters-extra">
              {' · '}
              <b>{formatCount(view.outside)}</b> messages on topics beyond the {formatCount(view.maxTopics)} that the
              tree holds
            </span>
          )}
        </span>
      )}
    </div>
  )
}
