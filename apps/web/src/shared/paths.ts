import { CLASSIC_SHADOW, endpoints } from '@thingdeck/contract'
import { fillAddress } from './address.ts'
import { stringifySearch } from './search-params.ts'

/**
 * The addresses of pages that other features lead to. The feature that serves one takes it from here, so that a link and
 * its page cannot part; app/features.test.ts holds that each has exactly one page.
 */
export const ADDRESSES = {
  things: '/things',
  thing: '/things/$thingName',
  shadow: '/things/$thingName/shadow',
  bulkChanges: '/bulk-changes',
  live: '/live',
  retainedMessages: '/retained-messages',
  activity: '/activity',
  settings: '/settings',
} as const

/** The tabs of a thing's page in their order. Most are brought by the feature whose subject they are. */
export const THING_TABS = ['overview', 'shadows', 'live', 'timeline', 'changes'] as const
export type ThingTabId = (typeof THING_TABS)[number]

/** Links to pages, with their search parameters. Names are encoded here and nowhere else. */
export const paths = {
  things: (search: { type?: string; group?: string; connection?: 'connected' | 'disconnected'; has?: string } = {}) =>
    `${ADDRESSES.things}${stringifySearch(search)}`,
  thing: (thingName: string, search: { tab?: ThingTabId } = {}) =>
    `${fillAddress(ADDRESSES.thing, { thingName })}${stringifySearch(search)}`,
  /** What happened to a thing; `at` (ISO 8601) and `look` (its id) lead to one moment. */
  timeline: (thingName: string, search: { at?: string; look?: string } = {}) =>
    `${fillAddress(ADDRESSES.thing, { thingName })}${stringifySearch({ tab: 'timeline', ...search })}`,
  shadow: (thingName: string, shadowName?: string) =>
    `${fillAddress(ADDRESSES.shadow, { thingName })}${stringifySearch({ shadowName })}`,
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
  ) => `${ADDRESSES.bulkChanges}${stringifySearch(search)}`,
  live: (search: { s?: readonly string[]; publish?: '1' } = {}) => `${ADDRESSES.live}${stringifySearch(search)}`,
  /** What the broker retains; `look` are the topics that are selected. */
  retainedMessages: (search: { prefix?: string; contains?: string; look?: readonly string[] } = {}) =>
    `${ADDRESSES.retainedMessages}${stringifySearch(search)}`,
  /** The audit trail; `look` is the entry that is looked at. */
  activity: (
    search: { thing?: string | undefined; shadow?: string; person?: string; bulkChange?: string; look?: string } = {},
  ) => `${ADDRESSES.activity}${stringifySearch(search)}`,
  /** What people wrote to one shadow. */
  shadowActivity: (thing: string, shadowName: string | undefined) =>
    `${ADDRESSES.activity}${stringifySearch({ thing, shadow: shadowName ?? CLASSIC_SHADOW })}`,
  settings: () => ADDRESSES.settings,
  /** On the server: begins the sign-in and comes back to `returnTo`. `prompt` asks who it is even of who is known. */
  /** Where a sign-in ends that another tab waits for. */
  signedInBeside: () => '/sign-in?beside=1',
  signIn: (returnTo: string, prompt?: 'login') => `${endpoints.signIn.path}${stringifySearch({ returnTo, prompt })}`,
} as const
