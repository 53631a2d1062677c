import SegmentedControl from '@cloudscape-design/components/segmented-control'
import type { SearchProps } from '../../../shared/search-props.ts'
import { useShortcut } from '../../../shared/shortcuts/shortcuts.tsx'
import { LIVE_VIEWS, type LiveSearch, type LiveViewName } from './search.ts'

const NAMES = { list: 'List', tree: 'Tree', charts: 'Charts' } as const

/** The stream as a list, as a tree of topics or as charts. */
export function ViewSwitch({ search, setSearch }: SearchProps<LiveSearch>) {
  const show = (view: LiveViewName) => setSearch({ view: view === 'list' ? undefined : view })
  useShortcut('1', 'Show the list', () => show('list'))
  useShortcut('2', 'Show the topic tree', () => show('tree'))
  useShortcut('3', 'Show the charts', () => show('charts'))
  return (
    <SegmentedControl
      label="View"
      selectedId={search.view ?? 'list'}
      options={LIVE_VIEWS.map((id) => ({ id, text: NAMES[id] }))}
      onChange={({ detail }) => show(LIVE_VIEWS.find((id) => id === detail.selectedId) ?? 'list')}
    />
  )
}
