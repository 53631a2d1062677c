import Link from '@cloudscape-design/components/link'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Action } from '../action/action.ts'
import { List } from '../list/list.tsx'
import type { ListColumn } from '../list/list-column.ts'
import type { ListEmptyWords } from '../list/list-empty.tsx'
import { pagesOf } from '../list/list-source.ts'
import { paths } from '../paths.ts'
import { NameText } from '../text/name-text.tsx'

interface ThingNamesProps<Page> {
  /** Of the list's preferences. */
  readonly name: string
  readonly title: string
  readonly description?: ReactNode
  readonly empty: ListEmptyWords
  readonly pages: UseInfiniteQueryResult<InfiniteData<Page, unknown>>
  readonly namesOf: (page: Page) => readonly string[]
  /** Above the rows. */
  readonly notice?: ReactNode
  readonly actions?: readonly Action[]
  readonly rowActions?: (thingName: string) => readonly Action[]
}

interface Row {
  readonly thingName: string
}

const COLUMNS: readonly ListColumn<Row>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    minWidth: 200,
    cell: ({ thingName }) => (
      <Link href={paths.thing(thingName)}>
        <NameText text={thingName} />
      </Link>
    ),
  },
]

/** Things of which AWS lists the names alone, page by page, in a tab of what they belong to. */
export function ThingNames<Page>(props: ThingNamesProps<Page>) {
  const { name, title, description, empty, pages, namesOf, notice, actions = [], rowActions } = props
  return (
    <List
      name={name}
      variant="container"
      words={{ title, one: 'thing', many: 'things', description, empty }}
      columns={COLUMNS}
      rowId={({ thingName }) => thingName}
      source={pagesOf(pages, (page) => namesOf(page).map((thingName): Row => ({ thingName })))}
      paging="endless"
      notice={notice}
      actions={() => actions}
      {...(rowActions && { rowActions: ({ thingName }: Row) => rowActions(thingName) })}
    />
  )
}
