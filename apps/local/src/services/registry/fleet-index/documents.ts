import type { IndexedDocument, IndexedValue } from '@thingdeck/fleet-query'
import type { ThingConnectivity, ThingShadows } from '../../../foundation/fleet-sources.ts'
import { ownValue } from '../../../foundation/own-value.ts'
import { shadowFields } from '../../../foundation/shadow-fields.ts'
import type { Thing } from '../../../foundation/thing.ts'
import type { ThingGroup } from '../thing-group.ts'

/** What the index knows of a thing beside its registry entry; asked for only when a query needs it. */
export interface ThingContext {
  /** Names of its groups and its billing group. */
  groupNames(): readonly string[]
  /** Undefined unless shadows are indexed. */
  shadows(): ThingShadows | undefined
  /** Undefined unless connectivity is indexed. */
  connectivity(): ThingConnectivity | undefined
}

/** A thing as the index sees it. */
export interface ThingDocument extends IndexedDocument {
  /** Of {@link IndexedDocument.allValues} those that are in the registry. */
  registryValues(): Iterable<IndexedValue>
}

/** A thing as an {@link IndexedDocument}. Versions are shown and aggregated; no query can name them, see `thingFields`. */
export function thingDocument(thing: Thing, context: ThingContext): ThingDocument {
  const own = (value: string | undefined) => (value === undefined ? [] : [value])
  let shadows: Map<string, IndexedValue[]> | undefined
  const shadowValues = () => {
    shadows ??= allShadowFields(context.shadows())
    return shadows
  }
  function* registryValues() {
    yield thing.thingName
    yield thing.thingId
    yield* own(thing.thingTypeName)
    yield* Object.values(thing.attributes)
  }
  return {
    registryValues,
    values(field) {
      switch (field) {
        case 'thingName':
          return [thing.thingName]
        case 'thingId':
          return [thing.thingId]
        case 'registry.version':
          return [thing.version]
        case 'thingTypeName':
        case 'registry.thingTypeName': // as the list of managed fields spells it
          return own(thing.thingTypeName)
        case 'thingGroupNames':
        case 'registry.thingGroupNames':
          return context.groupNames()
      }
      if (field.startsWith('attributes.')) return own(attributeOf(thing.attributes, field))
      if (field.startsWith('shadow.')) {
        return shadowValues().get(field.slice('shadow.'.length)) ?? shadowVersion(context.shadows(), field)
      }
      if (field.startsWith('connectivity.')) return connectivityValues(context.connectivity(), field)
      return []
    },
    *allValues() {
      yield* registryValues()
      for (const values of shadowValues().values()) yield* values
    },
  }
}

/** A thing group as an {@link IndexedDocument}. */
export function thingGroupDocument(group: ThingGroup): IndexedDocument {
  return {
    values(field) {
      switch (field) {
        case 'thingGroupName':
          return [group.thingGroupName]
        case 'thingGroupId':
          return [group.thingGroupId]
        case 'description':
          return group.description === undefined ? [] : [group.description]
        case 'parentGroupNames':
          return group.ancestors
        case 'version':
          return [group.version]
      }
      const attribute = field.startsWith('attributes.') ? attributeOf(group.attributes, field) : undefined
      return attribute === undefined ? [] : [attribute]
    },
    *allValues() {
      yield group.thingGroupName
      yield group.thingGroupId
      if (group.description !== undefined) yield group.description
      yield* group.ancestors
      yield* Object.values(group.attributes)
    },
  }
}

/** `shadow.version`, `shadow.name.NAME.version`. */
function shadowVersion(shadows: ThingShadows | undefined, field: string): IndexedValue[] {
  const match = /^shadow\.(?:name\.([^.]+)\.)?version$/.exec(field)
  if (!match) return []
  const version = (match[1] === undefined ? shadows?.classic : shadows?.named.get(match[1]))?.version
  return version === undefined ? [] : [version]
}

function attributeOf(attributes: Readonly<Record<string, string>>, field: string): string | undefined {
  return ownValue(attributes, field.slice('attributes.'.length))
}

function connectivityValues(connectivity: ThingConnectivity | undefined, field: string): IndexedValue[] {
  if (!connectivity) return []
  const values = new Map<string, IndexedValue | undefined>(Object.entries(connectivity))
  const value = values.get(field.slice('connectivity.'.length))
  return value === undefined ? [] : [value]
}

function allShadowFields(shadows: ThingShadows | undefined): Map<string, IndexedValue[]> {
  const fields = shadows?.classic ? shadowFields(shadows.classic) : new Map<string, IndexedValue[]>()
  for (const [name, sections] of shadows?.named ?? []) {
    for (const [field, values] of shadowFields(sections)) fields.set(`name.${name}.${field}`, values)
  }
  return fields
}
