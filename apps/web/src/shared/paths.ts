import { stringifySearch } from './search-params.ts'

/** Every address inside the console. Names are encoded here and nowhere else. */
export const paths = {
  things: (search: { type?: string; prefix?: string } = {}) => `/things${stringifySearch(search)}`,
  thing: (thingName: string, search: { tab?: 'overview' | 'shadows' | 'live' } = {}) =>
    `/things/${encodeURIComponent(thingName)}${stringifySearch(search)}`,
  shadow: (thingName: string, shadowName?: string) =>
    `/things/${encodeURIComponent(thingName)}/shadow${stringifySearch({ shadowName })}`,
  live: (search: { s?: readonly string[] } = {}) => `/live${stringifySearch(search)}`,
  settings: () => '/settings',
  /** On the server: begins the sign-in and comes back to `returnTo`. */
  signIn: (returnTo: string) => `/auth/login${stringifySearch({ returnTo })}`,
} as const
