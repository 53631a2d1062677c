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

/** What a shadow has to hold, as far as that can be told from its stored text. */
export interface SoughtShadow {
  /** '' for the classic shadow; undefined for any. */
  readonly shadowName: string | undefined
  /** Of a value in its state, `reported.net.rssi`, or a section of it, `desired`; undefined for any value. */
  readonly field: string | undefined
  /** Undefined for any value. */
  readonly value:
    | {
        /** What a text has anywhere, in any case: ASCII, and nothing that JSON escapes. Without it, any text will do. */
        readonly part?: string | undefined
        /** Between which a number is, both inclusive. Without them, none will do. */
        readonly numbers?: readonly [low: number, high: number] | undefined
      }
    | undefined
}

/** Some of the things that have a shadow, in the order of their names. */
export interface ShadowedThings {
  readonly names: readonly string[]
  /** The name after which to go on; undefined where there are no more. */
  readonly next: string | undefined
}

/** What the fleet index shows of a thing beside its registry entry. Where a function is missing, there is nothing. */
export interface FleetSources {
  readonly shadowsOf?: (thingName: string) => ThingShadows
  readonly connectivityOf?: (thingName: string) => ThingConnectivity | undefined
  /** Names after a text in the order of their bytes, up to a number, of clients whose connection lasts, or is on record. */
  readonly connectionNames?: (lasts: boolean, after: string, count: number) => readonly string[]
  /**
   * Things whose shadow may hold what is sought, and all of those that do: after a name, up to a number. It looks at a
   * bounded number of shadows, so that there may be none and more to come.
   */
  readonly shadowedThings?: (sought: SoughtShadow, after: string, count: number) => ShadowedThings
  /** Told after each change of a shadow. */
  readonly shadowChanges?: Changes<ShadowChange>
  /** Of a client that is connected. */
  readonly socketOf?: (clientId: string) => ConnectionSocket | undefined
}
