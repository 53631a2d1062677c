import { JsonObject, type JsonValue, jsonByteLength } from '@thingdeck/json'
import type { MetadataObject } from './metadata.ts'

/** The two sections of a shadow. A section without members is absent, and no null stands in it at any depth. */
export interface ShadowState {
  readonly desired?: JsonObject | undefined
  readonly reported?: JsonObject | undefined
}

export const SECTIONS = ['desired', 'reported'] as const
export type SectionName = (typeof SECTIONS)[number]

/** Makes a value for each section; one that is undefined is left out. */
export function mapSections<Value>(make: (name: SectionName) => Value | undefined): {
  readonly [Name in SectionName]?: Value
} {
  const sections: { [Name in SectionName]?: Value } = {}
  for (const name of SECTIONS) {
    const value = make(name)
    if (value !== undefined) sections[name] = value
  }
  return sections
}

/** A JSON object of those sections that are there. */
export function formatSections(section: (name: SectionName) => JsonValue | undefined): JsonObject {
  return JsonObject.from(Object.entries(mapSections(section)))
}

export function formatState(state: ShadowState): JsonObject {
  return formatSections((name) => state[name])
}

/** When each value was last named in an update; a tree of the same shape as the state, kept apart from it. */
export interface ShadowMetadata {
  readonly desired?: MetadataObject | undefined
  readonly reported?: MetadataObject | undefined
}

/** A classic or named shadow as it is stored. One with neither section exists all the same. */
export interface Shadow {
  readonly kind: 'shadow'
  /** Grows by one with each accepted update. */
  readonly version: number
  readonly state: ShadowState
  readonly metadata: ShadowMetadata
}

/** What is left of a deleted shadow: its counter, for {@link SHADOW_LIMITS.tombstoneSeconds}. */
export interface ShadowTombstone {
  readonly kind: 'tombstone'
  /** A shadow that is created anew continues after this number. */
  readonly version: number
  /** Epoch seconds. */
  readonly deletedAtSeconds: number
}

/** What the store holds under the name of a shadow; undefined where there never was one. */
export type StoredShadow = Shadow | ShadowTombstone

/** AWS's figures. @see AWS IoT Core endpoints and quotas, "AWS IoT Device Shadow" */
export const SHADOW_LIMITS = {
  /** Of desired and reported together, adjustable up to 30 KB. */
  maxStateBytes: 8192,
  /** Levels of objects and arrays within `desired` or `reported`; the section itself is the first. */
  maxDepth: 8,
  maxClientTokenBytes: 64,
  /** Of a whole request: the broker's limit for a payload. */
  maxRequestBytes: 131_072,
  /** How long the version counter of a deleted shadow survives: 48 hours. */
  tombstoneSeconds: 172_800,
} as const

/** What AWS counts towards the size limit: the compact JSON of both sections in UTF-8, no metadata. */
export function stateSizeBytes(state: ShadowState): number {
  return SECTIONS.reduce((bytes, name) => {
    const section = state[name]
    return section === undefined ? bytes : bytes + jsonByteLength(section)
  }, 0)
}
