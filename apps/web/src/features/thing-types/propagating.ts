import {
  CONNECTION_ATTRIBUTES,
  type PropagatingAttribute,
  PropagatingAttribute as PropagatingAttributeSchema,
  type ThingType,
} from '@thingdeck/contract'
import { brokenAtOnce, limitsOf } from '../../shared/form/text-limits.ts'
import { ATTRIBUTE_NAME_LIMITS } from '../../shared/things/registry-limits.ts'

/** Where the value of a user property comes from. */
export type PropagatingSource = 'attribute' | (typeof CONNECTION_ATTRIBUTES)[number]

export const SOURCES: readonly { readonly value: PropagatingSource; readonly label: string }[] = [
  { value: 'attribute', label: 'Attribute of the thing' },
  { value: 'iot:ClientId', label: 'Client id' },
  { value: 'iot:Thing.ThingName', label: 'Name of the thing' },
]

/** A user property, as somebody writes it. */
export interface PropagatingLine {
  readonly key: string
  readonly source: PropagatingSource
  /** Of the thing, where that is the source. */
  readonly attribute: string
}

export const NEW_LINE: PropagatingLine = { key: '', source: 'attribute', attribute: '' }

const KEY_LIMITS = limitsOf(PropagatingAttributeSchema.properties.userPropertyKey, 'letters, digits and : $ .')

export const linesOf = (attributes: ThingType['propagatingAttributes']): readonly PropagatingLine[] =>
  attributes.map(({ userPropertyKey, thingAttribute, connectionAttribute }) => ({
    key: userPropertyKey,
    source: CONNECTION_ATTRIBUTES.find((each) => each === connectionAttribute) ?? 'attribute',
    attribute: thingAttribute ?? '',
  }))

export const attributesOf = (lines: readonly PropagatingLine[]): PropagatingAttribute[] =>
  lines
    .filter(isWritten)
    .map(({ key, source, attribute }) =>
      source === 'attribute'
        ? { userPropertyKey: key, thingAttribute: attribute }
        : { userPropertyKey: key, connectionAttribute: source },
    )

const isWritten = ({ key, source, attribute }: PropagatingLine) =>
  key !== '' || attribute !== '' || source !== 'attribute'

/** What is wrong with one line, in a sentence each. */
export function lineProblem(line: PropagatingLine): { readonly key?: string; readonly attribute?: string } {
  if (!isWritten(line)) return {}
  const key = line.key === '' ? 'A user property needs a name.' : brokenAtOnce(KEY_LIMITS, line.key)
  const attribute =
    line.source !== 'attribute'
      ? undefined
      : line.attribute === ''
        ? 'Say which attribute.'
        : brokenAtOnce(ATTRIBUTE_NAME_LIMITS, line.attribute)
  return { ...(key !== undefined && { key }), ...(attribute !== undefined && { attribute }) }
}

/** A form's rule. */
export const linesRule = (lines: readonly PropagatingLine[]): string | undefined =>
  lines.some((line) => Object.keys(lineProblem(line)).length > 0)
    ? 'Mend what is said below the user properties.'
    : undefined

/** `attribute site`, `client id` */
export function sourceWords({
  thingAttribute,
  connectionAttribute,
}: ThingType['propagatingAttributes'][number]): string {
  if (thingAttribute !== undefined) return `attribute ${thingAttribute} of the thing`
  return connectionAttribute === 'iot:ClientId' ? 'client id' : 'name of the thing'
}
