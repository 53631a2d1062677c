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

/** Reads a member of an Object; Undefined of everything else. */
function reader(name: string): (value: Value) => Value {
  if (isHazard(name)) return (value) => getMember(value, name)
  return (value) => {
    if (typeof value !== 'object' || value === null) return undefined
    // Whatever else it is than an object of the message, it has no such property, see isHazard.
    const member = (value as { readonly [key: string]: Value })[name]
    return member === undefined && value instanceof OrderedObject ? value.members.get(name) : member
  }
}

/** A field of the message, or of the element of a nested query. */
export function fieldCode(name: string): Code {
  const read = reader(name)
  return sync(({ row }) => read(row))
}

/** `object.name` */
export function memberCode(object: Code, name: string): Code {
  return map1(object, reader(name))
}
