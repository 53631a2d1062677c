import { MOST_ATTRIBUTES, type ThingChange } from '@thingdeck/contract'
import { brokenAtOnce } from '../form/text-limits.ts'
import { ATTRIBUTE_NAME_LIMITS, ATTRIBUTE_VALUE_LIMITS } from './registry-limits.ts'

/** An attribute as somebody edits it; its `id` stays the same while its name changes. */
export interface AttributeLine {
  readonly id: string
  readonly name: string
  readonly value: string
}

export type Attributes = Readonly<Record<string, string>>

export const newLine = (name = '', value = ''): AttributeLine => ({ id: crypto.randomUUID(), name, value })

/** As a form begins with them, by name. */
export const linesOf = (attributes: Attributes): AttributeLine[] =>
  Object.entries(attributes)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => newLine(name, value))

/** What the lines say; one that is empty altogether says nothing. */
export const attributesOf = (lines: readonly AttributeLine[]): Attributes =>
  Object.fromEntries(lines.filter(({ name }) => name !== '').map(({ name, value }) => [name, value]))

/** What is wrong with a line, in a sentence each. */
export interface BrokenLine {
  readonly name?: string
  readonly value?: string
}

/** What AWS would refuse of one line (AWS IoT API reference, AttributePayload). */
export function brokenLine(line: AttributeLine, lines: readonly AttributeLine[]): BrokenLine {
  const { id, name: text, value } = line
  if (text === '' && value === '') return {}
  const isTwice = lines.some((other) => other.id !== id && other.name === text)
  const name =
    text === ''
      ? 'A value needs a name.'
      : isTwice
        ? `There is another attribute named ${text}.`
        : brokenAtOnce(ATTRIBUTE_NAME_LIMITS, text)
  const broken =
    value === '' ? 'AWS IoT keeps no attribute without a value.' : brokenAtOnce(ATTRIBUTE_VALUE_LIMITS, value)
  return { ...(name !== undefined && { name }), ...(broken !== undefined && { value: broken }) }
}

/** What is wrong with all of them together: AWS takes 3 without a type, 50 with one. */
export function tooMany(count: number, hasType: boolean): string | undefined {
  const most = hasType ? MOST_ATTRIBUTES.withType : MOST_ATTRIBUTES.withoutType
  if (count <= most) return undefined
  return hasType
    ? `A thing can have at most ${most} attributes; these are ${count}.`
    : `A thing without a type can have at most ${most} attributes; these are ${count}. With a type it can have ${MOST_ATTRIBUTES.withType}.`
}

/** The first that is wrong with the lines; undefined: nothing is. */
export function brokenAttributes(lines: readonly AttributeLine[], hasType: boolean): string | undefined {
  for (const line of lines) {
    const { name, value } = brokenLine(line, lines)
    if (name !== undefined || value !== undefined) return name ?? value
  }
  return tooMany(Object.keys(attributesOf(lines)).length, hasType)
}

/** A thing's type and attributes, which AWS changes together and by version. */
export interface Registered {
  /** Empty: it has none. */
  readonly thingTypeName: string
  readonly attributes: Attributes
}

/** What AWS is asked for to get from one to the other; undefined: they are the same. */
export function changeBetween(before: Registered, after: Registered): Omit<ThingChange, 'expectedVersion'> | undefined {
  const changed = Object.entries(after.attributes).filter(([name, value]) => before.attributes[name] !== value)
  const removed = Object.keys(before.attributes).filter((name) => !Object.hasOwn(after.attributes, name))
  const attributes = { ...Object.fromEntries(changed), ...Object.fromEntries(removed.map((name) => [name, ''])) }
  const isTyped = before.thingTypeName !== after.thingTypeName
  if (Object.keys(attributes).length === 0 && !isTyped) return undefined
  return {
    ...(Object.keys(attributes).length > 0 && { attributes }),
    ...(isTyped && (after.thingTypeName === '' ? { removeThingType: true } : { thingTypeName: after.thingTypeName })),
  }
}
