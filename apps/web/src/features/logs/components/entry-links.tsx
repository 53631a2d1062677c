import { useQuery } from '@tanstack/react-query'
import type { IotLogEntry, RefusalFacts } from '@thingdeck/contract'
import { validateTopicFilter } from '@thingdeck/topics'
import type { Action } from '../../../shared/action/action.ts'
import { ActionButtons } from '../../../shared/action/action-buttons.tsx'
import { entryPartyQuery } from '../../../shared/iot-logs/entry-party-query.ts'
import { isFailure } from '../../../shared/iot-logs/reason-words.ts'
import { paths } from '../../../shared/paths.ts'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { around } from '../../../shared/time-range.ts'

interface EntryLinksProps {
  readonly entry: IotLogEntry
  readonly onDebug: (clientId: string) => void
}

/** What an entry is about, and what one does next. */
export function EntryLinks({ entry, onDebug }: EntryLinksProps) {
  const { data } = useQuery(entryPartyQuery(entry))
  return <ActionButtons actions={actionsOf(entry, data, onDebug)} />
}

/** So many things of one certificate are led to. */
const MOST_THINGS = 3

function actionsOf(
  entry: IotLogEntry,
  party: RefusalFacts | undefined,
  onDebug: EntryLinksProps['onDebug'],
): readonly Action[] {
  const { traceId, clientId, topicName, thingName, principalId, at } = entry
  // Of a client that is no thing, and of whom nobody knows, there is none.
  const named = thingName ?? thingOfTopic(topicName) ?? party?.thing?.thingName
  const things = named === undefined ? (party?.things ?? []).slice(0, MOST_THINGS) : [named]
  // Filters of a Subscribe stand in one text; each of them is one subscription.
  const filters = topicName?.split(',').filter((filter) => validateTopicFilter(filter) === undefined) ?? []
  const actions: (Action | false)[] = [
    traceId !== undefined && { id: 'trace', text: 'Follow it', href: paths.trace(traceId, { at }), isPrimary: true },
    clientId !== undefined && { id: 'client page', text: 'Its client', href: paths.client(clientId) },
    clientId !== undefined && {
      id: 'client',
      text: 'This client around then',
      href: paths.logs({ client: clientId, ...around(Date.parse(at)) }),
    },
    ...things.map((thing) => ({
      id: `thing ${thing}`,
      text: `Thing ${visibleText(thing)}`,
      href: paths.thing(thing),
    })),
    isFailure(entry) &&
      clientId !== undefined && {
        id: 'refusals',
        text: 'Refusals of this client',
        href: paths.refusals({ client: clientId }),
      },
    filters.length > 0 && {
      id: 'live',
      text: 'Live messages',
      href: paths.live({ s: filters.map((filter) => `0:${filter}`) }),
    },
    principalId !== undefined && {
      id: 'principal',
      text: 'All by its principal',
      href: paths.logs({ principal: principalId, last: '24h' }),
    },
    clientId !== undefined && {
      id: 'debug',
      text: 'Debug this client for 15 minutes',
      needs: 'operator',
      onAction: () => onDebug(clientId),
    },
  ]
  return actions.filter((action) => action !== false)
}

const thingOfTopic = (topicName: string | undefined): string | undefined =>
  /^\$aws\/things\/([^/]+)\//.exec(topicName ?? '')?.[1]
