import { type Code, map1, sync } from './code.ts'
import { Decimal } from './decimal.ts'
import { getMember, OrderedObject, type Value } from './value.ts'

/** Names that JavaScript's own objects answer to, whatever the message has: only {@link getMember} may read them. */
function isHazard(name: string): boolean {
  const natures: readonly object[] = [
    Object.prototype,
    Array.prototype,
    Uint8Array.prototype,
    Decimal.prototype,
    OrderedObject.prototype,
    Decimal.ZERO,
    new OrderedObject(new Map()),
    [],
  ]
  return natures.some((nature) => name in nature)
}

/** A member of an Object; Undefined of everything else. Only for names that are no hazard. */
function readMember(value: Value, name: string): Value {
  if (typeof value !== 'object' || value === null) return undefined
  // Whatever else it is than an object of the message, it has no such property, see isHazard.
  const member = (value as { readonly [key: string]: Value })[name]
  return member === undefined && value instanceof OrderedObject ? value.members.get(name) : member
}

/** A field of the message, or of the element of a nested query. */
export function fieldCode(name: string): Code {
  if (isHazard(name)) return sync((frame) => getMember(frame.row, name))
  return sync((frame) => readMember(frame.row, name))
}

/** `object.name` */
export function memberCode(object: Code, name: string): Code {
  if (isHazard(name) || object.isAsync) return map1(object, (value) => getMember(value, name))
  const { run } = object
  return sync((frame) => readMember(run(frame), name))
}
