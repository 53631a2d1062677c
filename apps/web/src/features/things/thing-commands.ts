import { useQuery } from '@tanstack/react-query'
import type { Command, CommandSource, FoundCommands } from '../../shared/feature/command.ts'
import { formatCount } from '../../shared/format.ts'
import { paths } from '../../shared/paths.ts'
import { useDebounced } from '../../shared/use-debounced.ts'
import { MOST_SUGGESTIONS, type ThingRow, thingSuggestionsQuery } from './list-api.ts'
import { askedWord, hasWords, readThingRequest, type ThingPlace } from './thing-request.ts'
import { useSource } from './use-fleet-index.ts'

/** A person stops for about as long between words. */
const TYPING_MS = 150

/** So many are asked for of which each has to have other words too. */
const MOST_LOOKED_THROUGH = 50

/** Those whose name begins with the text are there at once; those that have it anywhere follow, where there is room. */
function useThingCommands(text: string): FoundCommands {
  const source = useSource()
  const asked = useDebounced(text, TYPING_MS)
  const { words, place } = readThingRequest(asked)
  const word = askedWord(words)
  const most = words.length > 1 ? MOST_LOOKED_THROUGH : MOST_SUGGESTIONS
  const isAsked = word !== '' && source !== undefined
  const begins = useQuery({ ...thingSuggestionsQuery(source ?? 'registry', 'begins', word, most), enabled: isAsked })
  const found = (query: typeof begins) =>
    isAsked ? (query.data?.things ?? []).filter(({ thingName }) => hasWords(thingName, words)) : []
  const first = found(begins)
  const isRoomLeft = begins.data !== undefined && first.length < MOST_SUGGESTIONS
  const has = useQuery({
    ...thingSuggestionsQuery(source ?? 'registry', 'has', word, most),
    enabled: isAsked && isRoomLeft,
  })
  if (text === '') return { commands: [] }
  const names = new Set(first.map(({ thingName }) => thingName))
  const further = found(has).filter(({ thingName }) => !names.has(thingName))
  const isCurrent = asked === text
  return {
    commands: isCurrent ? commandsFor([...first, ...further].slice(0, MOST_SUGGESTIONS), place) : [],
    isSearching: !isCurrent || begins.isLoading || has.isLoading,
    note: (begins.error ?? has.error)?.message ?? onlyFirstNote(begins.data?.onlyFirst ?? has.data?.onlyFirst),
  }
}

export const thingCommands: CommandSource = { group: 'Things', useCommands: useThingCommands }

const onlyFirstNote = (count: number | undefined): string | undefined =>
  count === undefined
    ? undefined
    : `Only the first ${formatCount(count)} names were looked through; turn the fleet index on to search all.`

/** What was asked for of each thing; else the things, and of the first what one comes for as well. */
function commandsFor(things: readonly ThingRow[], place: ThingPlace | undefined): readonly Command[] {
  if (place) return [...things.map(({ thingName }) => toPlace(place, thingName)), ...things.map(toCommand)]
  const [first] = things
  if (!first) return []
  return [...things.map(toCommand), toPlace('shadow', first.thingName), toPlace('live', first.thingName)]
}

const TITLES: Readonly<Record<ThingPlace, string>> = { shadow: 'Shadow', live: 'Messages', changes: 'Changes' }

const toPlace = (place: ThingPlace, thingName: string): Command => ({
  id: `${place} of ${thingName}`,
  group: 'Things',
  title: `${TITLES[place]} of ${thingName}`,
  href: place === 'shadow' ? paths.shadow(thingName) : paths.thing(thingName, { tab: place }),
})

/** The words of the list: without a time, nothing is known of a connection. */
function stateOf({ connected, changedAt }: NonNullable<ThingRow['connectivity']>): string {
  if (connected) return 'connected'
  return changedAt === undefined ? 'no connection on record' : 'disconnected'
}

function toCommand({ thingName, thingTypeName, connectivity }: ThingRow): Command {
  const state = connectivity && stateOf(connectivity)
  const hint = [thingTypeName, state].filter((each) => each !== undefined).join(' · ')
  return {
    id: `thing ${thingName}`,
    group: 'Things',
    title: thingName,
    ...(hint === '' ? {} : { hint }),
    href: paths.thing(thingName),
  }
}
