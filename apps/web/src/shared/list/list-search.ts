import { choiceParam, defined, integerParam, listParam, type RawSearch } from '../search-params.ts'

/** The part of a list's address that every list has, beside its filter. */
export interface ListSearch {
  /** From 1; absent for the first, and for lists that show older rows below. */
  readonly page?: number
  /** Ids of the rows that are selected; a single one is looked at in the split panel. */
  readonly look?: readonly string[]
  /** What the source sorts by, with `-` before it when descending. */
  readonly sort?: string
}

/** For a route's `validateSearch`. @param sortsBy what the source can sort by; nothing else is taken from an address */
export const listSearch = (raw: RawSearch, sortsBy: readonly string[] = []): ListSearch =>
  defined({
    page: integerParam(raw.page, 2),
    look: listParam(raw.look),
    sort: choiceParam(
      raw.sort,
      sortsBy.flatMap((field) => [field, `-${field}`]),
    ),
  })

/** `-name` → by name, descending. */
export function parseSort(sort: string): { readonly by: string; readonly isDescending: boolean } {
  return sort.startsWith('-') ? { by: sort.slice(1), isDescending: true } : { by: sort, isDescending: false }
}

/** Every parameter of a filter, absent ones as undefined: what takes away what is gone. */
export type Whole<F extends object> = { readonly [K in keyof F]-?: F[K] | undefined }

type Changed<S extends object> = { readonly [K in keyof S]?: S[K] | undefined }

/** A page's `setSearch`, as far as its list calls it. */
export type SetListSearch<F extends object> = ((change: Partial<Whole<F>> & { readonly page: undefined }) => void) &
  ((change: Changed<ListSearch>, options?: { readonly replace?: boolean }) => void)
