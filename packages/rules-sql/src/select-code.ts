import { type Code, mapAll, sync, syncRuns } from './code.ts'
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
  if (parts.every(isPlainMember)) return plainObject(parts)
  return mapAll(
    parts.map(({ code }) => code),
    (values) => {
      const result = new Map<string, Value | Nested>()
      for (const [index, part] of parts.entries()) add(result, part, values[index])
      return fromNested(result)
    },
  )
}

/** Only from the words of SQL, which are never indexes: JavaScript keeps their order. */
function isPlainMember(part: SelectPart): boolean {
  return part.kind === 'member' && part.path.length === 1 && part.path[0] !== '__proto__'
}

function plainObject(parts: readonly SelectPart[]): Code {
  const names = parts.map((part) => (part.kind === 'member' ? (part.path[0] ?? '') : ''))
  const codes = parts.map(({ code }) => code)
  const runs = syncRuns(codes)
  if (runs === undefined) return mapAll(codes, (values) => fill(names, (index) => values[index]))
  return sync((frame: Frame) => fill(names, (index) => runs[index]?.(frame)))
}

function fill(names: readonly string[], valueAt: (index: number) => Value): ObjectValue {
  const object: { [key: string]: Value } = {}
  for (let index = 0; index < names.length; index += 1) {
    const value = valueAt(index)
    if (value !== undefined && !isBinary(value)) object[names[index] ?? ''] = value
  }
  return object
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
