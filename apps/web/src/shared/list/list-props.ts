import type { ViewedList } from '@thingdeck/contract'
import type { ReactNode } from 'react'
import type { Action } from '../action/action.ts'
import type { ListColumn } from './list-column.ts'
import type { ListEmptyWords } from './list-empty.tsx'
import type { ListFilter } from './list-filter.ts'
import type { ListSearch, SetListSearch } from './list-search.ts'
import type { ListSource } from './list-source.ts'
import type { ListTree } from './list-tree.tsx'

/** What a list is called. */
export interface ListWords {
  /** Its heading, and its accessible name unless `label` is given. */
  readonly title: string
  readonly label?: string
  /** One row and several, 'thing' and 'things': all other words are made of them. */
  readonly one: string
  readonly many: string
  readonly description?: ReactNode
  readonly empty: ListEmptyWords
  /** Why a search that found nothing so far may go on, where the source searches in parts. */
  readonly partSearched?: string
}

/** Columns that a list does not have of itself. The page makes them of the ids that were added. */
export interface MoreColumns {
  readonly label: string
  readonly description: string
  readonly placeholder: string
  /** Suggested. */
  readonly options: readonly { readonly value: string; readonly label?: string }[]
  /** Whether a text is the id of one. */
  readonly isOne: (id: string) => boolean
  /** What to write, where a text is none. */
  readonly whatIsOne: string
}

export interface ListProps<Row, F extends object = Record<never, never>> {
  /** Of its preferences, once in the whole console. */
  readonly name: string
  /** A page of its own, or a part of one, as in a tab. */
  readonly variant?: 'full-page' | 'container'
  readonly words: ListWords
  readonly columns: readonly ListColumn<Row>[]
  /** Ids of the columns that can be had at present; without it, all. */
  readonly offered?: readonly string[]
  /** Columns that a person may add, in the preferences: of any field that the source has. They are in the address. */
  readonly moreColumns?: MoreColumns
  readonly rowId: (row: Row) => string
  /** What a row is called in the names of what can be pressed in it; without it, by its id. */
  readonly rowName?: (row: Row) => string
  /** A tree in place of a list: the table is a treegrid then, for the keyboard and for screen readers. */
  readonly tree?: ListTree<Row>
  readonly source: ListSource<Row>
  /** Pages with numbers, or one list that shows more below. */
  readonly paging: 'numbered' | 'endless'
  /** Its rows have a time: what more there is of an endless list is older. */
  readonly isNewestFirst?: boolean
  /** Rows a page to choose from; the page gives the chosen one to its query, see `useListPageSize`. */
  readonly pageSizes?: readonly number[]
  readonly pageSize?: number
  /** The page's part of the address. A list without them has neither filter nor selection nor numbered pages. */
  readonly search?: NoInfer<F> & ListSearch
  readonly setSearch?: SetListSearch<NoInfer<F>>
  readonly filter?: {
    readonly by: ListFilter<Row, F>
    readonly placeholder: string
    /** Of the groups of property families. */
    readonly groups?: readonly { readonly group: string; readonly properties: string; readonly values: string }[]
    readonly isOffered?: (key: string) => boolean
    /** Fields of their own beside the property filter. */
    readonly beside?: ReactNode
    /** Shown in its place, where what is filtered by cannot be said by tokens. */
    readonly instead?: ReactNode
  }
  /** Said in place of 'No matches', e.g. 'No thing is named pump-7'. */
  readonly noMatch?: string | undefined
  /** What should be known about the list as it is now, below its filter where it has one. */
  readonly notice?: ReactNode
  /**
   * How many match in all, where the source tells; `isAbout` where it is not sure. Left out, a numbered list counts what
   * was read: all of them once there are no more pages, else at least so many.
   */
  readonly count?: { readonly number: number; readonly isAbout: boolean } | undefined
  readonly selection?: 'single' | 'multi'
  /** All rows that the filter finds can be selected, read or not: what they are called, 'all about 340 things that …'. */
  readonly all?: string | undefined
  /** Accessible name of a row's check box or radio button. */
  readonly selectLabel?: (row: Row) => string
  /** What can be done, to the selection too: its ids, those of other pages included. */
  readonly actions?: (selected: readonly string[]) => readonly Action[]
  /** What can be done to one row, in a menu at its end: what its own page offers. */
  readonly rowActions?: (row: Row) => readonly Action[]
  /** Its filter, columns and sorting can be kept under a name, and shared, as views of this list. */
  readonly views?: ViewedList
  /** Beside the actions, e.g. what says that there are newer rows. */
  readonly aside?: ReactNode
  /** In place of reading again what is shown. */
  readonly onRefresh?: () => void
  /** The look at the one row that is selected; undefined: the row is on no page that was read. */
  readonly look?: (id: string, row: Row | undefined) => { readonly header: string; readonly content: ReactNode }
}
