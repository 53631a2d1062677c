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

/** Which connections are asked for; what is left out is any. */
export interface SoughtConnections {
  /** Only those that last. */
  readonly last?: boolean | undefined
  /** Why they ended, in lower case. */
  readonly disconnectReason?: string | undefined
  /** Between which their latest change was, both inclusive. */
  readonly timestamps?: readonly [lowMs: number, highMs: number] | undefined
}

/** A shadow that was updated or deleted; without a name the classic one. */
export interface ShadowChange {
  readonly thingName: string
  readonly shadowName?: string | undefined
}

/** A value of a shadow as it is indexed: a text in lower case, `true`, `false`, or a number. */
export type ShadowValue = string | number

/** What a shadow has to hold, as far as that can be told from its stored text, or from an index of its values. */
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
  /** Of an index of values; undefined where what is sought is none of those that are in it. */
  readonly indexed?: IndexedShadowValues | undefined
}

/** The field under which the times in its metadata are indexed, for each shadow: of whatever they are. */
export const TIMES = 'metadata'

/** Both inclusive, and both numbers, or both texts. */
export type ValueRange = readonly [low: ShadowValue, high: ShadowValue]

/** Values of the state of shadows, one of which every shadow that is sought has. */
export interface IndexedShadowValues {
  /** `delta.net.rssi`, `hasDelta`; undefined for any field. */
  readonly field: string | undefined
  /** Which values these are, where they can be told. */
  readonly values?: readonly ShadowValue[] | undefined
  /** Within one of which they are, where there are such. */
  readonly ranges?: readonly ValueRange[] | undefined
  /** Whether one may be sought: always so for those that are. */
  readonly accepts: (value: ShadowValue) => boolean
}

/** What a shadow has to hold and must not: fields of its state, `reported.net.rssi`, without its delta. */
export interface ShadowFields {
  /** '' for the classic shadow. */
  readonly shadowName: string
  readonly has: readonly string[]
  readonly lacks: readonly string[]
}

/** Some of the things that have a shadow, in the order of their names. */
export interface ShadowedThings {
  readonly names: readonly string[]
  /** The name after which to go on; undefined where there are no more. */
  readonly next: string | undefined
}

/** Finds things by their shadows. */
export interface ShadowFinder {
  /**
   * Things whose shadow may hold what is sought, and all of those that do: after a name, up to a number. It looks at a
   * bounded number of shadows, so that there may be none and more to come.
   */
  things(sought: SoughtShadow, after: string, count: number): ShadowedThings
  /** As {@link things}, of those that have such a shadow. */
  withFields(fields: ShadowFields, after: string, count: number): ShadowedThings
  /** Of some things those that have no shadow of a name. */
  without(names: readonly string[], shadowName: string): string[]
  /**
   * Of some things those whose shadow may hold what is sought, and all of those that do; undefined where to read their
   * shadows is the shorter way to tell.
   */
  among(names: readonly string[], sought: SoughtShadow): string[] | undefined
  /** How many there are, up to a number; undefined where that would cost a search. */
  estimate(sought: SoughtShadow, most: number): number | undefined
  /** Whether an index of values is kept. What is behind in it is looked through. */
  keepIndex(isKept: boolean): void
  /** Brings the index further by so many shadows; whether there is more to do. */
  catchUp(count: number): boolean
  /** Whether all is indexed but what changed lately. */
  readonly isMade: boolean
}

/** What the fleet index shows of a thing beside its registry entry. Where a function is missing, there is nothing. */
export interface FleetSources {
  readonly shadowsOf?: (thingName: string) => ThingShadows
  readonly connectivityOf?: (thingName: string) => ThingConnectivity | undefined
  /** Names after a text in the order of their bytes, up to a number, of clients whose connection on record is sought. */
  readonly connectionNames?: (sought: SoughtConnections, after: string, count: number) => readonly string[]
  readonly shadows?: ShadowFinder
  /** Told after each change of a shadow. */
  readonly shadowChanges?: Changes<ShadowChange>
  /** Of a client that is connected. */
  readonly socketOf?: (clientId: string) => ConnectionSocket | undefined
}
