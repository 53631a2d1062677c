import { useRouter } from '@tanstack/react-router'
import type { ListViewContent, ViewedList } from '@thingdeck/contract'
import { formatCounted } from '../format.ts'
import { ownViews, type ViewKind } from '../saved-views/saved-view.ts'
import { SavedViewsMenu } from '../saved-views/saved-views-menu.tsx'
import { stringifySearch } from '../search-params.ts'
import { type ListSearch, parseSort } from './list-search.ts'

interface ListViewsProps {
  readonly list: ViewedList
  readonly search: ListSearch
  /** Ids of the columns that are shown. */
  readonly columns: readonly string[]
}

/** Views of a list under their names: its filter, columns and sorting. */
export function ListViews({ list, search, columns }: ListViewsProps) {
  const { history } = useRouter()
  return (
    <SavedViewsMenu
      kind={kindOf(list)}
      present={{ list, search: contentOf(search, columns) }}
      // By its address, so that whatever another release has kept is made sense of as a link is.
      onOpen={(content) => history.push(`${history.location.pathname}${stringifySearch(content.search)}`)}
    />
  )
}

/** Of the address what a view keeps: not the page, nor what is selected. */
function contentOf(search: ListSearch, columns: readonly string[]): ListViewContent['search'] {
  const { page: _, look: __, all: ___, ...kept } = search
  const content: ListViewContent['search'] = {}
  for (const [name, value] of Object.entries<unknown>({ ...kept, columns })) {
    if (typeof value === 'string') content[name] = value
    else if (Array.isArray(value)) content[name] = value.filter((each) => typeof each === 'string')
  }
  return content
}

const kinds = new Map<ViewedList, ViewKind<ListViewContent>>()

function kindOf(list: ViewedList): ViewKind<ListViewContent> {
  const known = kinds.get(list)
  if (known) return known
  const kind: ViewKind<ListViewContent> = {
    own: ownViews(`${list}-views`, (stored) => readContent(list, stored)),
    isContent: (content): content is ListViewContent => 'list' in content && content.list === list,
    what: 'filter, columns and sorting',
    summaryOf,
  }
  kinds.set(list, kind)
  return kind
}

function readContent(list: ViewedList, stored: unknown): ListViewContent | undefined {
  if (typeof stored !== 'object' || stored === null || !('search' in stored)) return undefined
  const { search } = stored
  if (typeof search !== 'object' || search === null) return undefined
  const isParameter = (value: unknown): value is string | string[] =>
    typeof value === 'string' || (Array.isArray(value) && value.every((each) => typeof each === 'string'))
  const entries: readonly (readonly [string, unknown])[] = Object.entries(search)
  return {
    list,
    search: Object.fromEntries(
      entries.filter((entry): entry is readonly [string, string | string[]] => isParameter(entry[1])),
    ),
  }
}

/** `thingTypeName:pump, by name, 7 columns` */
function summaryOf({ search }: ListViewContent): string {
  const { columns = [], sort, meant: _, ...filter } = search
  const said = Object.values(filter).flat().join(' ')
  return [
    said === '' ? 'all' : said,
    ...(typeof sort === 'string' ? [sortInWords(sort)] : []),
    ...(columns.length > 0 ? [formatCounted(columns.length, 'column', 'columns')] : []),
  ].join(', ')
}

function sortInWords(sort: string): string {
  const { by, isDescending } = parseSort(sort)
  return `by ${by}${isDescending ? ', descending' : ''}`
}
