import type { QueryClient } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import type { AddressParams } from '../address.ts'
import type { PageHelp } from '../help/help.ts'
import type { HelpOffer } from '../help/page-help.ts'
import type { RawSearch } from '../search-params.ts'
import type { SearchProps } from '../search-props.ts'
import type { Parts } from './parts.ts'

/** What a page gets: the parameters of its address, its part of the URL, and what it takes of other features. */
export type PageProps<
  Address extends string,
  Search extends object,
  Taken extends keyof Parts,
> = AddressParams<Address> & SearchProps<Search> & Pick<Parts, Taken>

/** An address that a page had before: links to it go on leading there. */
export interface FormerAddress {
  readonly path: string
  /** Search parameters that have another name now: from the old name to the new. */
  readonly renamed?: Readonly<Record<string, string>>
}

interface PageDefinition<Address extends string, Search extends object, Taken extends keyof Parts> {
  /** As the router matches it; from `ADDRESSES` where others lead to it. */
  readonly path: Address
  /** Left out: the page has no search parameters. */
  readonly validateSearch?: (raw: RawSearch) => Search
  /** Fetches the page's code when it is opened first. */
  readonly load: () => Promise<ComponentType<PageProps<Address, Search, Taken>>>
  /** Asks for what the page cannot begin without, whatever its search: as it is opened, while its code is fetched. */
  readonly askFirst?: (client: QueryClient) => void
  /** Parts of other features that the page shows. */
  readonly takes?: readonly Taken[]
  /** What of the search the page is about, beside the parameters of its address: with another, it begins afresh. */
  readonly subject?: (search: Search) => string | undefined
  readonly formerly?: readonly FormerAddress[]
  /** Fetches what the help panel says of the page when it is opened. Every page of the console has some. */
  readonly help?: () => Promise<PageHelp<AddressParams<Address>>>
}

/** A page as the router knows it: of which types its parameters are, its definition has checked. */
export interface Page {
  readonly path: string
  readonly validateSearch: (raw: RawSearch) => object
  readonly load: () => Promise<ComponentType<Partial<Parts> & SearchProps<object>>>
  readonly askFirst: (client: QueryClient) => void
  readonly takes: readonly (keyof Parts)[]
  readonly subject: (search: object) => string | undefined
  readonly formerly: readonly FormerAddress[]
  readonly help: HelpOffer['load'] | undefined
}

/** A page of a feature. That its component fits its address, its schema and what it takes is checked here. */
export function definePage<
  const Address extends string,
  Search extends object = object,
  const Taken extends keyof Parts = never,
>(definition: PageDefinition<Address, Search, Taken>): Page {
  const { path, validateSearch = () => ({}), load, askFirst = () => {}, takes = [] } = definition
  const { subject, formerly = [], help } = definition
  return {
    path,
    validateSearch,
    // The router gives the page the parameters of this address, and a search that passed this schema.
    load: load as unknown as Page['load'],
    askFirst,
    takes,
    subject: (search) => subject?.(search as Search), // it passed the schema, as above
    formerly,
    help: help as unknown as Page['help'], // as with the page itself
  }
}
