import type { DisconnectReason } from '@thingdeck/broker'
import type { Changes } from './changes.ts'
import type { ConnectionSocket } from './connections.ts'

/** A JSON value as `JSON.parse` makes it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/** A shadow as far as the fleet index shows it. `delta` is absent where desired and reported agree. */
export interface ShadowSections {
  readonly desired?: Json
  readonly reported?: Json
  readonly delta?: Json
  readonly metadata?: Json
  readonly version?: number
}

/** The shadows of a thing. */
export interface ThingShadows {
  readonly classic?: ShadowSections | undefined
  /** By their names, which may be any: `__proto__` is one. */
  readonly named: ReadonlyMap<string, ShadowSections>
}

/** When a thing's connection last came or went. */
export interface ThingConnectivity {
  readonly connected: boolean
  /** Epoch milliseconds; 0 for a device that never connected. */
  readonly timestamp: number
  readonly disconnectReason?: DisconnectReason
  readonly clientId: string
  /** Of the latest connection, as all below. */
  readonly cleanSession?: boolean
  /** Seconds. */
  readonly keepAliveDuration?: number
  /** Seconds. */
  readonly sessionExpiry?: number
}

/** A shadow that was updated or deleted; without a name the classic one. */
export interface ShadowChange {
  readonly thingName: string
  readonly shadowName?: string | undefined
}

/** What the fleet index shows of a thing beside its registry entry. Where a function is missing, there is nothing. */
export interface FleetSources {
  readonly shadowsOf?: (thingName: string) => ThingShadows
  readonly connectivityOf?: (thingName: string) => ThingConnectivity | undefined
  /** Names after a text in the order of their bytes, up to a number, of clients whose connection lasts, or is on record. */
  readonly connectionNames?: (lasts: boolean, after: string, count: number) => readonly string[]
  /** Told after each change of a shadow. */
  readonly shadowChanges?: Changes<ShadowChange>
  /** Of a client that is connected. */
  readonly socketOf?: (clientId: string) => ConnectionSocket | undefined
}
