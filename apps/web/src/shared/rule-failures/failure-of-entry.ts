import type { IotLogEntry } from '@thingdeck/contract'
import { isObject, jsonObjectIn } from '../json-object-in.ts'
import type { Failure } from './failure.ts'

/** `resources` of an entry of the rules engine, each as a text: what the action was done to, templates resolved. */
export function resourcesOf({ message }: Pick<IotLogEntry, 'message'>): Readonly<Record<string, string>> {
  const resources = jsonObjectIn(message)?.resources
  if (!isObject(resources)) return {}
  return Object.fromEntries(
    Object.entries(resources).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}

/** An entry as `failureWords` takes it. */
export const failureOf = (entry: IotLogEntry): Failure => ({
  eventType: entry.eventType,
  details: entry.details,
  reason: entry.reason,
  ruleAction: entry.ruleAction,
  resources: resourcesOf(entry),
})
