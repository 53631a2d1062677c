import type { Field } from '@aws-sdk/client-iot'
import { AwsError } from '@thingdeck/aws-api'
import { type IndexedDocument, type IndexedValue, isNumber } from '@thingdeck/fleet-query'
import { type IndexName, THING_GROUPS_INDEX } from './index-queries.ts'
import type { IndexingConfiguration } from './indexing-configuration.ts'

/** A field that is summed up, with the type that its values must have. */
export interface AggregationField {
  readonly type: 'Number' | 'String' | 'Boolean'
  /** Its values that are of the type, numbers and booleans as such. */
  valuesOf(document: IndexedDocument): readonly IndexedValue[]
}

/** Developer guide, "Querying for aggregate data": of both indexes. */
const DEFAULT_FIELDS: Readonly<Record<IndexName, string>> = {
  AWS_Things: 'registry.version',
  AWS_ThingGroups: 'version',
}

/** Managed fields have names of their own for two that queries spell otherwise. */
const OTHER_SPELLINGS: Readonly<Record<string, string>> = {
  thingTypeName: 'registry.thingTypeName',
  thingGroupNames: 'registry.thingGroupNames',
}

/**
 * The field that somebody wants summed up.
 * @throws {AwsError} InvalidAggregationException for what is neither a managed nor a custom field, as it is configured
 */
export function aggregationField(
  configuration: IndexingConfiguration,
  index: IndexName,
  name = DEFAULT_FIELDS[index],
): AggregationField {
  const { managedFields = [], customFields = [] } =
    index === THING_GROUPS_INDEX ? configuration.thingGroups : configuration.things
  const meant = OTHER_SPELLINGS[name] ?? name
  const field = [...managedFields, ...customFields].find((each) => isNamed(each, meant))
  if (!field?.type) {
    throw new AwsError(
      'InvalidAggregationException',
      `Invalid aggregation field: ${name}. It must be a managed or a custom field of the index ${index}`,
    )
  }
  const { type } = field
  return { type, valuesOf: (document) => document.values(name).flatMap((value) => ofType(type, value)) }
}

/** A name of managed fields has `*` for the name of a shadow, a profile or a behaviour. */
function isNamed({ name = '' }: Field, meant: string): boolean {
  const [steps, meantSteps] = [name.split('.'), meant.split('.')]
  return steps.length === meantSteps.length && steps.every((step, at) => step === '*' || step === meantSteps[at])
}

/** "Values whose type differs are left out of aggregations"; attributes of the registry are texts, and may be numbers. */
export function ofType(type: AggregationField['type'], value: IndexedValue): IndexedValue[] {
  if (type === 'Number') {
    if (typeof value === 'number') return [value]
    return typeof value === 'string' && isNumber(value) ? [Number(value)] : []
  }
  if (type === 'String') return typeof value === 'string' ? [value] : []
  if (typeof value === 'boolean') return [value]
  return value === 'true' || value === 'false' ? [value === 'true'] : []
}
