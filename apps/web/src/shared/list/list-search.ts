import { choiceParam, defined, integerParam, listParam, type RawSearch, textParam } from '../search-params.ts'

/** The part of a list's address that every list has, beside its filter. */
export interface ListSearch {
  /** From 1; absent for the first, and for lists that show older rows below. */
  readonly page?: number
  /** Ids of the rows that are selected; a single one is looked at in the split panel. */
  readonly look?: readonly string[]
  /** What the source sorts by, with `-` before it when descending. */
  readonly sort?: string
  /** Ids of the columns that are shown, of lists that have them in the address; absent: as the person chose before. */
  readonly columns?: readonly string[]
  /** All that the filter finds is selected, of lists that offer it. */
  readonly all?: '1'
}

/**
 * For a route's `validateSearch`.
 * @param sortsBy what the source can sort by, or whether it can; nothing else is taken from an address
 */
export function listSearch(raw: RawSearch, sortsBy: readonly string[] | ((by: string) => boolean) = []): ListSearch {
  const sort = textParam(raw.sort)
  const { by } = parseSort(sort ?? '')
  const isKnown = typeof sortsBy === 'function' ? sortsBy(by) : sortsBy.includes(by)
  return defined({
    page: integerParam(raw.page, 2),
    look: listParam(raw.look),
    sort: isKnown ? sort : undefined,
    columns: listParam(raw.columns),
    all: choiceParam(raw.all, ['1']),
  })
}

/** `-name` → by name, descending. */
export function parseSort(sort: string): { readonly by: string; readonly isDescending: boolean } {
  return sort.startsWith('-') ? { by: sort.slice(1), isDescending: true } : { by: sort, isDescending: false }
}

/** Every parameter of a filter, absent ones as undefined: what takes away what is gone. */
export type Whole<F extends object> = { readonly [K in keyof F]-?: F[K] | undefined }

type Changed<S extends object> = { readonly [K in keyof S]?: S[K] | undefined }

/** A page's `setSearch`, as far as its list calls it. */
export type SetListSearch<F extends object> = ((
  change: Partial<Whole<F>> & { readonly page: undefined; readonly all: undefined },
) => void) &
  ((change: Changed<ListSearch>, options?: { readonly replace?: boolean }) => void)
