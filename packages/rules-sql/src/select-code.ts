import { type Code, mapAll, sync } from './code.ts'
import type { Frame } from './frame.ts'
import { createObject, isBinary, isObject, membersOf, type ObjectValue, type Value } from './value.ts'

/** A part of what stands behind SELECT: a member of the result, or an object whose members all become its. */
export type SelectPart =
  | { readonly kind: 'member'; readonly path: readonly string[]; readonly code: Code }
  | { readonly kind: 'spread'; readonly code: Code }

/**
 * Makes the object of a SELECT. Undefined is left out; of two parts with one name the later counts; `AS a.b` makes
 * objects within each other, and merges those that have a name in common.
 */
export function selectObject(parts: readonly SelectPart[]): Code {
  const fixed = fixedShape(parts)
  if (fixed !== undefined) return sync((frame) => fill(fixed, frame) ?? {})
  return mapAll(
    parts.map(({ code }) => code),
    (values) => {
      const result: Nested = new Map()
      for (const [index, part] of parts.entries()) add(result, part, values[index])
      return fromNested(result)
    },
  )
}

/** The members of an object, where they are the same for all messages. */
type Shape = readonly FixedMember[]
type FixedMember =
  | { readonly name: string; readonly run: (frame: Frame) => Value; readonly inner?: undefined }
  | { readonly name: string; readonly inner: Shape }

/** A shape that is being made. */
type Draft = Map<string, ((frame: Frame) => Value) | Draft>

/**
 * Undefined where the shape depends on the message, by `*` or by one name for two parts. Names are words of SQL, and so
 * never indexes: JavaScript keeps their order.
 */
function fixedShape(parts: readonly SelectPart[]): Shape | undefined {
  const draft: Draft = new Map()
  for (const part of parts) {
    if (part.kind === 'spread' || part.code.isAsync || part.path.includes('__proto__')) return undefined
    let members = draft
    for (const name of part.path.slice(0, -1)) {
      const known = members.get(name) ?? new Map()
      if (!(known instanceof Map)) return undefined
      members.set(name, known)
      members = known
    }
    const last = part.path.at(-1) ?? ''
    if (members.has(last)) return undefined
    members.set(last, part.code.run)
  }
  return shapeOf(draft)
}

function shapeOf(draft: Draft): Shape {
  return Array.from(draft, ([name, member]) =>
    member instanceof Map ? { name, inner: shapeOf(member) } : { name, run: member },
  )
}

/** Once for each row of each message: a loop over one list, and no list of values between. */
function fill(shape: Shape, frame: Frame): ObjectValue | undefined {
  const object: { [key: string]: Value } = {}
  let isEmpty = true
  for (const member of shape) {
    const value = member.inner === undefined ? member.run(frame) : fill(member.inner, frame)
    if (value === undefined || isBinary(value)) continue
    object[member.name] = value
    isEmpty = false
  }
  return isEmpty ? undefined : object
}

/** An object that is being made; no value of the message is ever one. */
type Nested = Map<string, Value | Nested>

function add(result: Nested, part: SelectPart, value: Value): void {
  if (part.kind === 'spread') {
    if (isObject(value)) for (const [key, member] of membersOf(value)) result.set(key, member)
    return
  }
  if (value === undefined || isBinary(value)) return
  let inner = result
  for (const name of part.path.slice(0, -1)) {
    const known = inner.get(name)
    const next: Nested = known instanceof Map ? known : new Map(isObject(known) ? membersOf(known) : [])
    inner.set(name, next)
    inner = next
  }
  inner.set(part.path.at(-1) ?? '', value)
}

function fromNested(nested: Nested): ObjectValue {
  return createObject(
    Array.from(nested, ([key, value]) => [key, value instanceof Map ? fromNested(value) : value] as const),
  )
}
