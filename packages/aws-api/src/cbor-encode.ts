import type { Check } from './constraint.ts'
import type { Member, Shape } from './shape.ts'

/** As much of a member as is written. */
export type WrittenMember = Pick<Member, 'name' | 'shape' | 'check'>

/** The three upper bits of an item's first byte, in place; RFC 8949 §3.1. */
const MAJOR = { unsigned: 0x00, negative: 0x20, bytes: 0x40, text: 0x60, list: 0x80, map: 0xa0, tag: 0xc0 } as const
const FALSE = 0xf4
const TRUE = 0xf5
const NULL = 0xf6
const FLOAT64 = 0xfb
const EPOCH_TAG = 1

const FIRST_SIZE_BYTES = 1024

/** What {@link encodeCbor} writes. */
export type CborValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly CborValue[]
  | { readonly [name: string]: CborValue | undefined }

/**
 * A value as one CBOR item, as `decodeCbor` reads it: whole numbers as such, the rest as doubles; members that are
 * undefined are left out.
 * @see RFC 8949
 */
export function encodeCbor(value: CborValue): Uint8Array {
  const writer = new CborWriter()
  writeValue(writer, value)
  return writer.bytes
}

function writeValue(writer: CborWriter, value: CborValue): void {
  if (value === null) return void writer.byte(NULL)
  if (typeof value === 'boolean') return void writer.byte(value ? TRUE : FALSE)
  if (typeof value === 'number') return void writer.number(value)
  if (typeof value === 'string') return void writer.text(value)
  if (value instanceof Uint8Array) return void writer.blob(value)
  if (isList(value)) {
    writer.head(MAJOR.list, value.length)
    for (const item of value) writeValue(writer, item)
    return
  }
  const given = Object.entries(value).flatMap(([name, item]) => (item === undefined ? [] : [[name, item] as const]))
  writer.head(MAJOR.map, given.length)
  for (const [name, item] of given) {
    writer.text(name)
    writeValue(writer, item)
  }
}

/** `Array.isArray` does not narrow lists that are only read. */
const isList = (value: object): value is readonly CborValue[] => Array.isArray(value)

/**
 * Of an object, the members that are given here, as a CBOR map. Whole numbers are written as such unless the
 * constraints say that they are doubles: the schemas do not tell.
 * @throws {TypeError} where a value is not of its shape; the message names the member
 * @see Smithy 2.0, "Smithy RPC v2 CBOR protocol"
 */
export function encodeCborStructure(members: readonly WrittenMember[], value: object, path: string): Uint8Array {
  const writer = new CborWriter()
  writeStructure(writer, members, value, path)
  return writer.bytes
}

function writeStructure(writer: CborWriter, members: readonly WrittenMember[], value: object, path: string): void {
  const own = new Map<string, unknown>(Object.entries(value))
  const given = members.filter(({ name }) => isGiven(own.get(name)))
  writer.head(MAJOR.map, given.length)
  for (const { name, shape, check } of given) {
    writer.text(name)
    write(writer, shape, own.get(name), `${path}.${name}`, check)
  }
}

function write(writer: CborWriter, shape: Shape, value: unknown, path: string, check: Check | undefined): void {
  switch (shape.kind) {
    case 'string':
      if (typeof value === 'string') return void writer.text(value)
      break
    case 'boolean':
      if (typeof value === 'boolean') return void writer.byte(value ? TRUE : FALSE)
      break
    case 'number':
      if (typeof value === 'number') return void (check?.double ? writer.double(value) : writer.number(value))
      break
    case 'blob':
      if (value instanceof Uint8Array) return void writer.blob(value)
      break
    case 'timestamp':
      if (value instanceof Date && !Number.isNaN(value.getTime())) return void writer.moment(value)
      break
    case 'list':
      if (!Array.isArray(value)) break
      return void writeItems(writer, shape.value, shape.sparse ? value : value.filter(isGiven), path, check?.member)
    case 'map':
      if (typeof value === 'object' && value !== null)
        return void writeMap(writer, shape, Object.entries(value), path, check?.value)
      break
    case 'structure':
      if (typeof value !== 'object' || value === null) break
      return void writeStructure(writer, shape.members, value, path)
  }
  throw new TypeError(`'${path}' of the answer is not a ${shape.kind}`)
}

function writeItems(
  writer: CborWriter,
  shape: Shape,
  items: readonly unknown[],
  path: string,
  check: Check | undefined,
): void {
  writer.head(MAJOR.list, items.length)
  for (const item of items) {
    if (isGiven(item)) write(writer, shape, item, `${path}[]`, check)
    else writer.byte(NULL)
  }
}

function writeMap(
  writer: CborWriter,
  { value: shape, sparse }: Extract<Shape, { kind: 'map' }>,
  entries: readonly (readonly [string, unknown])[],
  path: string,
  check: Check | undefined,
): void {
  const given = entries.filter(([, item]) => isGiven(item) || (sparse && item === null))
  writer.head(MAJOR.map, given.length)
  for (const [key, item] of given) {
    writer.text(key)
    if (isGiven(item)) write(writer, shape, item, `${path}.${key}`, check)
    else writer.byte(NULL)
  }
}

const isGiven = (item: unknown): boolean => item !== undefined && item !== null

/** Bytes that grow. */
class CborWriter {
  #buffer = Buffer.allocUnsafe(FIRST_SIZE_BYTES)
  #length = 0

  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length)
  }

  byte(value: number): void {
    this.#reserve(1)
    this.#length = this.#buffer.writeUInt8(value, this.#length)
  }

  /** The first bytes of an item: what it is, and its length or value. */
  head(major: number, argument: number): void {
    this.#reserve(9)
    const buffer = this.#buffer
    const at = this.#length
    if (argument < 24) this.#length = buffer.writeUInt8(major | argument, at)
    else if (argument < 2 ** 8) this.#length = buffer.writeUInt8(argument, buffer.writeUInt8(major | 24, at))
    else if (argument < 2 ** 16) this.#length = buffer.writeUInt16BE(argument, buffer.writeUInt8(major | 25, at))
    else if (argument < 2 ** 32) this.#length = buffer.writeUInt32BE(argument, buffer.writeUInt8(major | 26, at))
    else this.#length = buffer.writeBigUInt64BE(BigInt(argument), buffer.writeUInt8(major | 27, at))
  }

  number(value: number): void {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
      if (value >= 0) this.head(MAJOR.unsigned, value)
      else this.head(MAJOR.negative, -1 - value)
    } else this.double(value)
  }

  double(value: number): void {
    this.byte(FLOAT64)
    this.#reserve(8)
    this.#length = this.#buffer.writeDoubleBE(value, this.#length)
  }

  text(value: string): void {
    const sizeBytes = Buffer.byteLength(value)
    this.head(MAJOR.text, sizeBytes)
    this.#reserve(sizeBytes)
    this.#length += this.#buffer.write(value, this.#length)
  }

  blob(bytes: Uint8Array): void {
    this.head(MAJOR.bytes, bytes.byteLength)
    this.#reserve(bytes.byteLength)
    this.#buffer.set(bytes, this.#length)
    this.#length += bytes.byteLength
  }

  moment(date: Date): void {
    this.head(MAJOR.tag, EPOCH_TAG)
    this.number(date.getTime() / 1000)
  }

  #reserve(sizeBytes: number): void {
    const needed = this.#length + sizeBytes
    if (needed <= this.#buffer.byteLength) return
    const grown = Buffer.allocUnsafe(Math.max(needed, 2 * this.#buffer.byteLength))
    this.#buffer.copy(grown, 0, 0, this.#length)
    this.#buffer = grown
  }
}
