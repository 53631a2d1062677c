import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { isTopicFilter } from '@thingdeck/topics'
import { useMemo } from 'react'
import { MOST_SUGGESTIONS, type Source, type ThingRow, thingSuggestionsQuery } from '../../features/things/list-api.ts'
import { useSource } from '../../features/things/use-fleet-index.ts'
import { formatCount } from '../../shared/format.ts'
import { paths } from '../../shared/paths.ts'
import { DENSITIES, densityPreference, THEMES, themePreference } from '../../shared/preferences/appearance.ts'
import { usePreference } from '../../shared/preferences/preferences.ts'
import { useSession } from '../../shared/session/session.tsx'
import type { Registered } from '../../shared/shortcuts/shortcuts.tsx'
import { PAGES } from '../pages/pages.ts'
import { type Command, matchCommands } from './command.ts'
import { recentPages } from './recent-pages.ts'
import { useDebounced } from './use-debounced.ts'

/** A person stops for about as long between words. */
const TYPING_MS = 150

interface CommandsInput {
  /** What was typed. */
  readonly text: string
  /** Of the page that is open, and of the frame. */
  readonly shortcuts: readonly Registered[]
  readonly onSignOut: () => void
}

interface Commands {
  readonly commands: readonly Command[]
  readonly isSearching: boolean
  /** Why things may be missing. */
  readonly note: string | undefined
}

/** Everything that can be done by name, for what was typed. */
export function useCommands({ text, shortcuts, onSignOut }: CommandsInput): Commands {
  const wanted = text.trim()
  const { account, region } = useSession()
  const { pathname } = useLocation()
  const [recent] = usePreference(recentPages)
  const source = useSource()
  const asked = useDebounced(wanted, TYPING_MS)
  const things = useThings(asked, source)
  const fixed = useMemo(() => fixedCommands(shortcuts, onSignOut), [shortcuts, onSignOut])
  const recents = recent
    .filter(({ scope, href }) => scope === `${account} ${region}` && href !== pathname)
    .map(({ title, href }): Command => ({ id: `recent ${href}`, group: 'Recent', title, href }))

  if (wanted === '') return { commands: [...recents, ...fixed], isSearching: false, note: undefined }
  const found = asked === wanted ? things.found : []
  const isSearching = asked !== wanted || things.isSearching
  const recentMatches = matchCommands(recents, wanted).filter(({ href }) => !found.some((row) => leadsTo(row, href)))
  return {
    commands: [...recentMatches, ...thingCommands(found), ...topicCommands(wanted), ...matchCommands(fixed, wanted)],
    isSearching,
    note: things.error?.message ?? onlyFirstNote(things.onlyFirst),
  }
}

/** Those whose name begins with the text are there at once; those that have it anywhere follow, where there is room. */
function useThings(text: string, source: Source | undefined) {
  const isAsked = text !== '' && source !== undefined
  const begins = useQuery({ ...thingSuggestionsQuery(source ?? 'registry', 'begins', text), enabled: isAsked })
  const isRoomLeft = begins.data !== undefined && begins.data.things.length < MOST_SUGGESTIONS
  const has = useQuery({
    ...thingSuggestionsQuery(source ?? 'registry', 'has', text),
    enabled: isAsked && isRoomLeft,
  })
  const first = begins.data?.things ?? []
  const names = new Set(first.map(({ thingName }) => thingName))
  const further = (has.data?.things ?? []).filter(({ thingName }) => !names.has(thingName))
  return {
    found: [...first, ...further].slice(0, MOST_SUGGESTIONS),
    onlyFirst: begins.data?.onlyFirst ?? has.data?.onlyFirst,
    isSearching: begins.isLoading || has.isLoading,
    error: begins.error ?? has.error,
  }
}

const onlyFirstNote = (count: number | undefined): string | undefined =>
  count === undefined
    ? undefined
    : `Only the first ${formatCount(count)} names were looked through; turn the fleet index on to search all.`

const leadsTo = ({ thingName }: ThingRow, href: string | undefined) => href === paths.thing(thingName)

/** The things; and of the first, what one comes for as well. */
function thingCommands(things: readonly ThingRow[]): Command[] {
  const [first] = things
  if (!first) return []
  const { thingName } = first
  const live = paths.thing(thingName, { tab: 'live' })
  return [
    ...things.map(toCommand),
    { id: 'first shadow', group: 'Things', title: `Shadow of ${thingName}`, href: paths.shadow(thingName) },
    { id: 'first live', group: 'Things', title: `Messages of ${thingName}`, href: live },
  ]
}

function toCommand({ thingName, thingTypeName, connectivity }: ThingRow): Command {
  const state = connectivity && (connectivity.connected ? 'connected' : 'disconnected')
  const hint = [thingTypeName, state].filter((each) => each !== undefined).join(' · ')
  return {
    id: `thing ${thingName}`,
    group: 'Things',
    title: thingName,
    ...(hint === '' ? {} : { hint }),
    href: paths.thing(thingName),
  }
}

/** What looks like a topic can be watched at once. */
function topicCommands(text: string): Command[] {
  if (!/[/#+]/.test(text) || !isTopicFilter(text)) return []
  return [{ id: 'topic', group: 'Topics', title: `Watch ${text}`, href: paths.live({ s: [`0:${text}`] }) }]
}

function fixedCommands(shortcuts: readonly Registered[], onSignOut: () => void): Command[] {
  const pages = PAGES.map(
    ({ title, href, keys }): Command => ({ id: `page ${href}`, group: 'Pages', title, href, keys }),
  )
  const pageKeys = new Set<string>(PAGES.map(({ keys }) => keys))
  const ofShortcuts = shortcuts
    .filter(({ keys }) => !pageKeys.has(keys) && !keys.startsWith('Mod '))
    .map(({ keys, does, run }): Command => ({ id: `keys ${keys}`, group: 'Actions', title: does, keys, run }))
  const themes = THEMES.map(
    (theme): Command => ({
      id: `theme ${theme}`,
      group: 'Actions',
      title: theme === 'system' ? "Use the system's theme" : `Use the ${theme} theme`,
      run: () => themePreference.set(theme),
    }),
  )
  const densities = DENSITIES.map(
    (density): Command => ({
      id: `density ${density}`,
      group: 'Actions',
      title: `Use the ${density} density`,
      run: () => densityPreference.set(density),
    }),
  )
  return [
    ...pages,
    ...ofShortcuts,
    ...themes,
    ...densities,
    { id: 'sign out', group: 'Actions', title: 'Sign out', run: onSignOut },
  ]
}
