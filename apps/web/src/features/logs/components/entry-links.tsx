import type { IotLogEntry } from '@thingdeck/contract'
import { validateTopicFilter } from '@thingdeck/topics'
import type { Action } from '../../../shared/action/action.ts'
import { ActionButtons } from '../../../shared/action/action-buttons.tsx'
import { paths } from '../../../shared/paths.ts'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { around } from '../../../shared/time-range.ts'

interface EntryLinksProps {
  readonly entry: IotLogEntry
  readonly onDebug: (clientId: string) => void
}

/** What an entry is about, and what one does next. */
export function EntryLinks({ entry, onDebug }: EntryLinksProps) {
  return <ActionButtons actions={actionsOf(entry, onDebug)} />
}

function actionsOf(entry: IotLogEntry, onDebug: EntryLinksProps['onDebug']): readonly Action[] {
  const { traceId, clientId, topicName, thingName, principalId, at } = entry
  const thing = thingName ?? thingOfTopic(topicName) ?? clientId
  // Filters of a Subscribe stand in one text; each of them is one subscription.
  const filters = topicName?.split(',').filter((filter) => validateTopicFilter(filter) === undefined) ?? []
  const actions: (Action | false)[] = [
    traceId !== undefined && { id: 'trace', text: 'Follow it', href: paths.trace(traceId, { at }), isPrimary: true },
    clientId !== undefined && {
      id: 'client',
      text: 'This client around then',
      href: paths.logs({ client: clientId, ...around(Date.parse(at)) }),
    },
    thing !== undefined && {
      id: 'thing',
      text: `Thing ${visibleText(thing)}`,
      href: paths.thing(thing),
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
