import type { Options } from 'minisearch'

/** What the search knows of a section and gives back. */
export interface Found {
  readonly address: string
  /** The title of its page. */
  readonly page: string
  readonly title: string
  readonly text: string
}

/** The index is made by the build and read by the page: both have to mean the same by it. */
export const SEARCH_OPTIONS: Options = {
  fields: ['title', 'page', 'text'],
  storeFields: ['address', 'page', 'title'],
  searchOptions: { boost: { title: 4, page: 2 }, prefix: true, fuzzy: 0.1, combineWith: 'AND' },
}
