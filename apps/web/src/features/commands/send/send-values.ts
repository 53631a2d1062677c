import { valueText } from '@thingdeck/commands'
import {
  type BulkChangeTargets,
  type CommandExecution,
  type CommandTarget,
  DEFAULT_COMMAND_TIMEOUT_SECONDS,
} from '@thingdeck/contract'
import { listedIn } from '../../../shared/text/listed-in.ts'
import { isThingName } from '../../../shared/things/is-thing-name.ts'
import type { SendSearch } from '../search.ts'
import { textsOf, type ValueTexts } from '../words/parameter-text.ts'

export const WAYS = ['thing', 'client', 'things', 'group', 'query'] as const
export type Way = (typeof WAYS)[number]

/** What the form of sending holds. */
export interface SendValues {
  readonly who: Way
  readonly thing: string
  readonly client: string
  /** Names, one a line. */
  readonly names: string
  readonly group: string
  readonly query: string
  readonly values: ValueTexts
  /** Seconds. */
  readonly timeout: string
}

/** What it begins with: what the address says, and what was sent before. */
export function valuesIn(search: SendSearch, before: CommandExecution | undefined): SendValues {
  const { thing, client, things, group, query } = search
  const who = things ? 'things' : group ? 'group' : query ? 'query' : client && !thing ? 'client' : 'thing'
  return {
    who,
    thing: thing ?? '',
    client: client ?? '',
    names: (things ?? []).join('\n'),
    group: group ?? '',
    query: query ?? '',
    values: textsOf(before?.parameters, valueText),
    timeout: String(before?.executionTimeoutSeconds ?? DEFAULT_COMMAND_TIMEOUT_SECONDS),
  }
}

/** The one device that is meant; undefined: several, or none yet. */
export function deviceOf({
  who,
  thing,
  client,
}: Pick<SendValues, 'who' | 'thing' | 'client'>): CommandTarget | undefined {
  if (who === 'thing' && isThingName(thing.trim())) return { thingName: thing.trim() }
  if (who === 'client' && isClientId(client.trim())) return { clientId: client.trim() }
  return undefined
}

/** The things that are meant; undefined: one device, or none yet. */
export function targetsOf({ who, names, group, query }: SendValues): BulkChangeTargets | undefined {
  const things = listedIn(names)
  if (who === 'things' && things.length > 0 && things.every(isThingName)) return { thingNames: things }
  if (who === 'group' && group !== '') return { thingGroupName: group }
  if (who === 'query' && query.trim() !== '') return { query: query.trim() }
  return undefined
}

/** AWS IoT API reference, StartCommandExecution: a part of an ARN and of a topic. */
const isClientId = (text: string) => text !== '' && text.length <= 128 && !/[/#+]/.test(text)

/** Why nobody is meant yet, by the field that says it. */
export const whoRule = (way: Way) => (_: string, values: SendValues) => {
  if (values.who !== way || deviceOf(values) || targetsOf(values)) return undefined
  return {
    thing: 'The name of a thing: letters, digits and : _ -',
    client: 'A client id of up to 128 characters, without / # +',
    things: 'Names of things, one a line.',
    group: 'Choose the group.',
    query: 'Write the query.',
  }[way]
}
