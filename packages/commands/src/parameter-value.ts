import { CommandError } from './command-error.ts'

/** AWS IoT API reference, CommandParameterType. */
export const PARAMETER_TYPES = ['STRING', 'INTEGER', 'DOUBLE', 'LONG', 'UNSIGNEDLONG', 'BOOLEAN', 'BINARY'] as const
export type ParameterType = (typeof PARAMETER_TYPES)[number]

/** AWS IoT API reference, CommandParameterValue: exactly one member, that of its type. Bytes are in Base64. */
export interface ParameterValue {
  readonly S?: string | undefined
  readonly B?: boolean | undefined
  readonly I?: number | undefined
  readonly L?: number | undefined
  readonly D?: number | undefined
  readonly UL?: string | undefined
  readonly BIN?: string | undefined
}

/** A value as devices and conditions see it: whole numbers that may be large as their digits. */
export type PlainValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'boolean'; readonly on: boolean }
  | { readonly kind: 'bytes'; readonly base64: string }

/** The member that values of a type have. */
export const VALUE_MEMBERS = {
  STRING: 'S',
  INTEGER: 'I',
  DOUBLE: 'D',
  LONG: 'L',
  UNSIGNEDLONG: 'UL',
  BOOLEAN: 'B',
  BINARY: 'BIN',
} as const satisfies Readonly<Record<ParameterType, keyof ParameterValue>>

const MAX_UNSIGNED_LONG = 2n ** 64n - 1n
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/**
 * Refuses a value that is not one of the type: exactly one member, the type's own.
 * @param at where it stands, for the message
 * @throws {CommandError}
 */
export function checkValue(type: ParameterType, value: ParameterValue, at: string): void {
  const given = PARAMETER_TYPES.flatMap((each) => {
    const member = VALUE_MEMBERS[each]
    return value[member] === undefined ? [] : [member]
  })
  const wanted = VALUE_MEMBERS[type]
  if (given.length !== 1 || given[0] !== wanted) {
    throw new CommandError(`${at} is of type ${type}: give its value as ${wanted}, and as nothing else`)
  }
  const wrong = whyNot(type, value)
  if (wrong !== undefined) throw new CommandError(`${at} is of type ${type}: ${wrong}`)
}

function whyNot(type: ParameterType, value: ParameterValue): string | undefined {
  switch (type) {
    case 'INTEGER':
      return isBetween(value.I, -(2 ** 31), 2 ** 31 - 1) ? undefined : 'a whole number of 32 bits'
    case 'LONG':
      return isBetween(value.L, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
        ? undefined
        : 'a whole number, here of 53 bits at most'
    case 'UNSIGNEDLONG':
      return /^\d+$/.test(value.UL ?? '') && BigInt(value.UL ?? '') <= MAX_UNSIGNED_LONG
        ? undefined
        : 'a whole number of 64 bits that is not negative'
    case 'DOUBLE':
      return Number.isFinite(value.D) ? undefined : 'a number'
    case 'BINARY':
      return BASE64.test(value.BIN ?? '') ? undefined : 'bytes, in Base64'
    default:
      return undefined
  }
}

const isBetween = (value: number | undefined, low: number, high: number): boolean =>
  Number.isInteger(value) && value !== undefined && value >= low && value <= high

/** The value that was checked to have exactly one member. */
export function plainValue({ S, B, I, L, D, BIN, UL }: ParameterValue): PlainValue {
  if (S !== undefined) return { kind: 'text', text: S }
  if (B !== undefined) return { kind: 'boolean', on: B }
  if (BIN !== undefined) return { kind: 'bytes', base64: BIN }
  return { kind: 'number', digits: String(UL === undefined ? (I ?? L ?? D) : BigInt(UL)) }
}

/** A value as people read it: bytes in Base64. */
export function valueText(value: ParameterValue): string {
  const plain = plainValue(value)
  switch (plain.kind) {
    case 'text':
      return plain.text
    case 'number':
      return plain.digits
    case 'boolean':
      return String(plain.on)
    case 'bytes':
      return plain.base64
  }
}
