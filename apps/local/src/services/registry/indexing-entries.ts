import type { Changes } from '../../foundation/changes.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { ShadowChange } from '../../foundation/fleet-sources.ts'
import type { IotLogEventType, IotLogStatus, IotLogValue } from '../../foundation/iot-log.ts'
import type { RegistryChange } from '../../foundation/registry-change.ts'
import type { Thing } from '../../foundation/thing.ts'
import type { FailedField, FleetIndex } from './fleet-index/fleet-index.ts'
import type { Memberships } from './memberships.ts'
import type { Things } from './things.ts'

export interface IndexingEntriesParts {
  readonly things: Things
  readonly memberships: Memberships
  readonly index: FleetIndex
  readonly changes: Changes<RegistryChange>
  readonly shadowChanges: Changes<ShadowChange> | undefined
}

/** AWS's own words. */
const NO_ROOM =
  'The thing failed to be added to the given dynamic thing group(s) because the thing already belongs to the maximum allowed number of groups.'

/**
 * Tells what indexing a thing came upon: values that are not of their field's type, and dynamic groups that had no room. It
 * is looked at when the thing or one of its shadows changes, as nothing is indexed before somebody asks.
 * @see AWS IoT Core developer guide, "Dynamic thing group log entries", "Fleet indexing log entries"
 */
export class IndexingEntries {
  readonly #context: LocalContext
  readonly #parts: IndexingEntriesParts

  constructor(context: LocalContext, parts: IndexingEntriesParts) {
    this.#context = context
    this.#parts = parts
    parts.changes.subscribe((change) => {
      if (change.type === 'thing' && change.operation !== 'deleted') this.#look(change.thing, 'attributes.')
      if (change.type === 'membership' && change.operation === 'added') this.#lookAtGroups(change.thing)
    })
    parts.shadowChanges?.subscribe(({ thingName, shadowName }) => {
      if (!parts.index.queries.isThingIndexOn) return
      const thing = parts.things.get(thingName) // shadows may be of things that are not in the registry
      if (thing) this.#look(thing, shadowName === undefined ? 'shadow.' : `shadow.name.${shadowName}.`)
    })
  }

  #look(thing: Thing, prefix: string): void {
    if (!this.#parts.index.queries.isThingIndexOn) return
    this.#lookAtFields(thing, prefix)
    this.#lookAtGroups(thing)
  }

  #lookAtFields(thing: Thing, prefix: string): void {
    const eventType = 'IndexingCustomFieldFailed'
    const status = 'SucceededWithIssues'
    if (!this.#keeps(eventType, status, thing)) return
    const isOfClassicShadow = prefix === 'shadow.'
    const failed = this.#parts.index
      .failedFields(thing)
      .filter(({ name }) => name.startsWith(prefix) && !(isOfClassicShadow && name.startsWith('shadow.name.')))
    if (failed.length === 0) return
    this.#write(eventType, status, { thingName: thing.thingName, failedCustomFields: failed.map(shown) })
  }

  #lookAtGroups(thing: Thing): void {
    const missed = this.#parts.memberships.missedDynamicGroups(thing)
    if (missed.length === 0) return
    const eventType = 'AddThingToDynamicThingGroupsFailed'
    for (const DynamicThingGroupName of missed) {
      const metric = { namespace: 'AWS/IoT', name: eventType, dimensions: { DynamicThingGroupName } }
      this.#context.metrics.record({ ...metric, unit: 'Count' })
    }
    if (!this.#keeps(eventType, 'Failure', thing)) return
    this.#write(eventType, 'Failure', { thingName: thing.thingName, dynamicThingGroupNames: missed, reason: NO_ROOM })
  }

  #keeps(eventType: IotLogEventType, status: IotLogStatus, { thingName }: Thing): boolean {
    const { iotLog } = this.#context
    return iotLog.isOn && iotLog.keeps(eventType, status, { thingName })
  }

  #write(eventType: IotLogEventType, status: IotLogStatus, fields: { readonly [field: string]: IotLogValue }): void {
    this.#context.iotLog.write({ eventType, status, fields })
  }
}

const shown = ({ name, value, expectedType }: FailedField) => ({ Name: name, Value: value, ExpectedType: expectedType })
