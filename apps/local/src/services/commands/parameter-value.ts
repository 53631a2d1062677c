import type { CommandParameterType, CommandParameterValue } from '@aws-sdk/client-iot'
import { invalidInput } from '../../foundation/errors.ts'

/** A value as devices and conditions see it: whole numbers that may be large as their digits. */
export type PlainValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'boolean'; readonly on: boolean }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }

type ValueMember = keyof CommandParameterValue

const MEMBERS: Readonly<Record<CommandParameterType, ValueMember>> = {
  STRING: 'S',
  INTEGER: 'I',
  DOUBLE: 'D',
  LONG: 'L',
  UNSIGNEDLONG: 'UL',
  BOOLEAN: 'B',
  BINARY: 'BIN',
}

const MAX_UNSIGNED_LONG = 2n ** 64n - 1n

/**
 * Refuses a value that is not one of the type: exactly one member, the type's own.
 * @param at where it stands, for the message
 * @throws {AwsError} ValidationException
 */
export function checkValue(type: CommandParameterType, value: CommandParameterValue, at: string): void {
  const given = Object.keys(MEMBERS).flatMap((each) => {
    const member = MEMBERS[each as CommandParameterType] // the keys of the table are the types
    return value[member] === undefined ? [] : [member]
  })
  const wanted = MEMBERS[type]
  if (given.length !== 1 || given[0] !== wanted) {
    throw invalidInput(`${at} is of type ${type}: give its value as ${wanted}, and as nothing else`)
  }
  if (type === 'INTEGER' && !isBetween(value.I, -(2 ** 31), 2 ** 31 - 1)) {
    throw invalidInput(`${at} is of type INTEGER: a whole number of 32 bits`)
  }
  if (type === 'LONG' && !isBetween(value.L, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)) {
    throw invalidInput(`${at} is of type LONG: a whole number, here of 53 bits at most`)
  }
  if (type === 'UNSIGNEDLONG' && BigInt(value.UL ?? '') > MAX_UNSIGNED_LONG) {
    throw invalidInput(`${at} is of type UNSIGNEDLONG: a whole number of 64 bits that is not negative`)
  }
  if (type === 'DOUBLE' && !Number.isFinite(value.D)) throw invalidInput(`${at} is of type DOUBLE: a number`)
}

const isBetween = (value: number | undefined, low: number, high: number): boolean =>
  Number.isInteger(value) && value !== undefined && value >= low && value <= high

/** The value that was checked to have exactly one member. */
export function plainValue({ S, B, I, L, D, BIN, UL }: CommandParameterValue): PlainValue {
  if (S !== undefined) return { kind: 'text', text: S }
  if (B !== undefined) return { kind: 'boolean', on: B }
  if (BIN !== undefined) return { kind: 'bytes', bytes: BIN }
  return { kind: 'number', digits: String(UL === undefined ? (I ?? L ?? D) : BigInt(UL)) }
}

/** As a table keeps it, and an idempotent request is compared by: bytes in Base64. */
export function storedValue(value: CommandParameterValue): Readonly<Record<string, unknown>> {
  const { S, B, I, L, D, BIN, UL } = value
  return { S, B, I, L, D, UL, ...(BIN && { BIN: Buffer.from(BIN).toString('base64') }) }
}

/** The way back from {@link storedValue} through JSON. */
export function loadedValue(stored: Readonly<Record<string, unknown>>): CommandParameterValue {
  const { BIN, ...rest } = stored
  return { ...rest, ...(typeof BIN === 'string' && { BIN: Buffer.from(BIN, 'base64') }) }
}
