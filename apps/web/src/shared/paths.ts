import { CLASSIC_SHADOW, endpoints } from '@thingdeck/contract'
import { stringifySearch } from './search-params.ts'

/** Every address inside the console. Names are encoded here and nowhere else. */
export const paths = {
  things: (search: { type?: string; group?: string; connection?: 'connected' | 'disconnected'; has?: string } = {}) =>
    `/things${stringifySearch(search)}`,
  thing: (thingName: string, search: { tab?: 'overview' | 'shadows' | 'live' | 'changes' } = {}) =>
    `/things/${encodeURIComponent(thingName)}${stringifySearch(search)}`,
  shadow: (thingName: string, shadowName?: string) =>
    `/things/${encodeURIComponent(thingName)}/shadow${stringifySearch({ shadowName })}`,
  /** Changes one key on many things; `things`, `group`, or `type` and attribute say on which. */
  bulkChanges: (
    search: {
      things?: readonly string[]
      group?: string
      type?: string
      attr?: string
      value?: string
      bulkChange?: string
    } = {},
  ) => `/bulk-changes${stringifySearch(search)}`,
  live: (search: { s?: readonly string[] } = {}) => `/live${stringifySearch(search)}`,
  /** The audit trail; `look` is the entry that is looked at. */
  activity: (
    search: { thing?: string | undefined; shadow?: string; person?: string; bulkChange?: string; look?: string } = {},
  ) => `/activity${stringifySearch(search)}`,
  /** What people wrote to one shadow. */
  shadowAudit: (thing: string, shadowName: string | undefined) =>
    `/activity${stringifySearch({ thing, shadow: shadowName ?? CLASSIC_SHADOW })}`,
  settings: () => '/settings',
  /** On the server: begins the sign-in and comes back to `returnTo`. `prompt` asks who it is even of who is known. */
  signIn: (returnTo: string, prompt?: 'login') => `${endpoints.signIn.path}${stringifySearch({ returnTo, prompt })}`,
} as const
