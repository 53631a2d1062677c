import type { FleetSources, ThingConnectivity, ThingShadows } from '../../../foundation/fleet-sources.ts'
import type { Thing } from '../../../foundation/thing.ts'
import { type ThingDocument, thingDocument } from './documents.ts'
import type { IndexingConfiguration } from './indexing-configuration.ts'
import type { SearchedShadows } from './search-steps.ts'

/** Names of the groups of a thing, as `thingGroupNames` shows them. */
export type GroupNames = (thing: Thing) => readonly string[]

/** A thing that was found, with what the index holds of it. */
export interface FoundThing {
  readonly thing: Thing
  readonly groupNames: readonly string[]
  readonly shadows: ThingShadows | undefined
  readonly connectivity: ThingConnectivity | undefined
}

/** How the index sees things; what costs something is read when it is asked for. */
export function thingView(
  configuration: IndexingConfiguration['things'],
  { shadowsOf, connectivityOf }: FleetSources,
  groupNamesOf: GroupNames,
) {
  const isConnectivityOn = configuration.thingConnectivityIndexingMode === 'STATUS'
  return (thing: Thing): { readonly document: ThingDocument; readonly found: () => FoundThing } => {
    const shadows = once(() => indexedShadows(configuration, shadowsOf, thing.thingName))
    const connectivity = once(() =>
      isConnectivityOn ? (connectivityOf?.(thing.thingName) ?? neverConnected(thing.thingName)) : undefined,
    )
    const groupNames = once(() => groupNamesOf(thing))
    return {
      document: thingDocument(thing, { groupNames, shadows, connectivity }),
      found: () => ({ thing, groupNames: groupNames(), shadows: shadows(), connectivity: connectivity() }),
    }
  }
}

/** What AWS shows of a device that never connected. Source: floci, `searchIndexReturnsTheSdkWireShape`. */
const neverConnected = (thingName: string): ThingConnectivity => ({
  clientId: thingName,
  connected: false,
  timestamp: 0,
})

/** Whether any shadows are, classic or named. */
export const areShadowsIndexed = (things: IndexingConfiguration['things']): boolean =>
  things.thingIndexingMode === 'REGISTRY_AND_SHADOW' || things.namedShadowIndexingMode === 'ON'

/** Which of them are, for the steps of a search. */
export function searchedShadows(things: IndexingConfiguration['things']): SearchedShadows {
  if (things.thingIndexingMode === 'REGISTRY_AND_SHADOW') return 'classic'
  return areShadowsIndexed(things) ? 'named' : 'none'
}

/** The shadows that the configuration says are indexed. */
function indexedShadows(
  things: IndexingConfiguration['things'],
  shadowsOf: FleetSources['shadowsOf'],
  thingName: string,
): ThingShadows | undefined {
  const isClassicOn = things.thingIndexingMode === 'REGISTRY_AND_SHADOW'
  if (!shadowsOf || !areShadowsIndexed(things)) return undefined
  const shadows = shadowsOf(thingName)
  const names = things.namedShadowIndexingMode === 'ON' ? (things.filter?.namedShadowNames ?? []) : []
  return {
    classic: isClassicOn ? shadows.classic : undefined,
    named: new Map([...shadows.named].filter(([name]) => names.includes(name))),
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
