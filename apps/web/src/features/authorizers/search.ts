import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { choiceParam, defined, listParam, type RawSearch, textParam } from '../../shared/search-params.ts'
import { TRANSPORTS, type Transport } from './trial/sent.ts'

export const validateAuthorizersSearch = (raw: RawSearch): ListSearch => listSearch(raw)

const TABS = ['overview', 'calls', 'tags'] as const
export interface AuthorizerSearch {
  readonly tab?: (typeof TABS)[number]
}

export const validateAuthorizerSearch = (raw: RawSearch): AuthorizerSearch =>
  defined({ tab: choiceParam(raw.tab, TABS) })

/** What is tried, without anything that is a secret: tokens, signatures, user names and passwords are never in an address. */
export interface TrialSearch {
  /** The authorizer that the client names. */
  readonly authorizer?: string
  /** The name of a domain configuration. */
  readonly domain?: string
  /** The host of one, where its name is not known. */
  readonly host?: string
  readonly over?: Transport
  /** The client id. */
  readonly client?: string
  /** See `parseCheck`. */
  readonly check?: readonly string[]
}

export const validateTrialSearch = (raw: RawSearch): TrialSearch =>
  defined({
    authorizer: textParam(raw.authorizer),
    domain: textParam(raw.domain),
    host: textParam(raw.host),
    over: choiceParam(raw.over, TRANSPORTS),
    client: textParam(raw.client),
    check: listParam(raw.check),
  })
