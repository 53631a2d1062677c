import { useQuery } from '@tanstack/react-query'
import type { Command, CommandSource, FoundCommands } from '../../shared/feature/command.ts'
import { formatCount } from '../../shared/format.ts'
import { paths } from '../../shared/paths.ts'
import { useDebounced } from '../../shared/use-debounced.ts'
import { MOST_SUGGESTIONS, type ThingRow, thingSuggestionsQuery } from './list-api.ts'
import { useSource } from './use-fleet-index.ts'

/** A person stops for about as long between words. */
const TYPING_MS = 150

/** Those whose name begins with the text are there at once; those that have it anywhere follow, where there is room. */
function useThingCommands(text: string): FoundCommands {
  const source = useSource()
  const asked = useDebounced(text, TYPING_MS)
  const isAsked = asked !== '' && source !== undefined
  const begins = useQuery({ ...thingSuggestionsQuery(source ?? 'registry', 'begins', asked), enabled: isAsked })
  const isRoomLeft = begins.data !== undefined && begins.data.things.length < MOST_SUGGESTIONS
  const has = useQuery({
    ...thingSuggestionsQuery(source ?? 'registry', 'has', asked),
    enabled: isAsked && isRoomLeft,
  })
  if (text === '') return { commands: [] }
  const first = begins.data?.things ?? []
  const names = new Set(first.map(({ thingName }) => thingName))
  const further = (has.data?.things ?? []).filter(({ thingName }) => !names.has(thingName))
  const isCurrent = asked === text
  return {
    commands: isCurrent ? commandsFor([...first, ...further].slice(0, MOST_SUGGESTIONS)) : [],
    isSearching: !isCurrent || begins.isLoading || has.isLoading,
    note: (begins.error ?? has.error)?.message ?? onlyFirstNote(begins.data?.onlyFirst ?? has.data?.onlyFirst),
  }
}

export const thingCommands: CommandSource = { group: 'Things', useCommands: useThingCommands }

const onlyFirstNote = (count: number | undefined): string | undefined =>
  count === undefined
    ? undefined
    : `Only the first ${formatCount(count)} names were looked through; turn the fleet index on to search all.`

/** The things; and of the first, what one comes for as well. */
function commandsFor(things: readonly ThingRow[]): readonly Command[] {
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
