import { decodeUtf8 } from '@thingdeck/json'
import type { PayloadFormat } from '@thingdeck/topics'
import { readDeviceCbor } from '../../foundation/device-cbor.ts'
import type { FileFault } from './stream-files.ts'

/** The codes of the guide, "Handling errors from AWS IoT MQTT-based file delivery". */
export type DeliveryCode =
  | FileFault
  | 'InvalidJson'
  | 'InvalidCbor'
  | 'BlockSizeOutOfBounds'
  | 'OffsetOutOfBounds'
  | 'BlockCountLimitExceeded'
  | 'BlockBitmapLimitExceeded'
  | 'VersionMismatch'

export class DeliveryError extends Error {
  readonly code: DeliveryCode
  /** Of the request, where that could be read. */
  readonly clientToken: string | undefined

  constructor(code: DeliveryCode, message: string, clientToken?: string) {
    super(message)
    this.name = 'DeliveryError'
    this.code = code
    this.clientToken = clientToken
  }
}

/** What a device asks for; a describe request has the token alone. */
export interface DeliveryRequest {
  readonly clientToken: string | undefined
  readonly members: Readonly<Record<string, unknown>>
}

/** Which blocks of which file. */
export interface BlockRequest {
  readonly streamVersion: number | undefined
  readonly fileId: number
  readonly blockBytes: number
  readonly offset: number
  /** Of the blocks that the bitmap names, or behind the offset: at most so many. */
  readonly count: number
  /** Bit 0 of its first byte is the block at the offset. */
  readonly bitmap: Uint8Array | undefined
}

const MAX_TOKEN_BYTES = 64
const MIN_BLOCK_BYTES = 256
/** Of a block, and of all blocks that one request is answered with. */
export const MAX_ANSWER_BYTES = 131_072
const MAX_OFFSET = 98_304
const MAX_COUNT = 98_304
const MAX_BITMAP_BYTES = 12_288

/**
 * Reads a request; without a payload it is an empty one.
 * @throws {DeliveryError} InvalidJson, InvalidCbor, InvalidRequest
 */
export function readRequest(payload: Uint8Array, format: PayloadFormat): DeliveryRequest {
  const document = payload.byteLength === 0 ? {} : format === 'cbor' ? readCbor(payload) : readJson(payload)
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new DeliveryError('InvalidRequest', 'The request must be an object')
  }
  const members = document as Readonly<Record<string, unknown>> // of an object any member may be asked for
  const token = members.c ?? undefined
  if (token !== undefined && (typeof token !== 'string' || Buffer.byteLength(token) > MAX_TOKEN_BYTES)) {
    throw new DeliveryError('InvalidRequest', `The client token must be a text of at most ${MAX_TOKEN_BYTES} bytes`)
  }
  return { clientToken: token, members }
}

function readJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(decodeUtf8(payload) ?? '')
  } catch {
    throw new DeliveryError('InvalidJson', 'The request is not a valid JSON document')
  }
}

const readCbor = (payload: Uint8Array): unknown =>
  readDeviceCbor(payload, () => new DeliveryError('InvalidCbor', 'The request is not a valid CBOR document'))

/**
 * Reads which blocks a get request is about.
 * @throws {DeliveryError} the code of the bound that is not kept
 * @see AWS IoT developer guide, "Get data blocks from a stream file"
 */
export function readBlockRequest({ members, clientToken }: DeliveryRequest): BlockRequest {
  const whole = (name: string, what: string): number | undefined => {
    const value = members[name] ?? undefined
    if (value === undefined) return undefined
    if (typeof value === 'number' && Number.isInteger(value)) return value
    throw new DeliveryError('InvalidRequest', `The ${what} "${name}" must be a whole number`, clientToken)
  }
  const within = (value: number, low: number, high: number, code: DeliveryCode, what: string): number => {
    if (value >= low && value <= high) return value
    throw new DeliveryError(code, `The ${what} must be between ${low} and ${high}, not ${value}`, clientToken)
  }
  const fileId = whole('f', 'file id')
  if (fileId === undefined) throw new DeliveryError('InvalidRequest', 'The request needs a file id, "f"', clientToken)
  const size = whole('l', 'block size')
  if (size === undefined) throw new DeliveryError('InvalidRequest', 'The request needs a block size, "l"', clientToken)
  const blockBytes = within(size, MIN_BLOCK_BYTES, MAX_ANSWER_BYTES, 'BlockSizeOutOfBounds', 'block size')
  const atOnce = Math.floor(MAX_ANSWER_BYTES / blockBytes)
  const asked = within(
    whole('n', 'number of blocks') ?? atOnce,
    0,
    MAX_COUNT,
    'BlockCountLimitExceeded',
    'number of blocks',
  )
  return {
    streamVersion: whole('s', 'stream version'),
    fileId: within(fileId, 0, 255, 'InvalidRequest', 'file id'),
    blockBytes,
    offset: within(whole('o', 'offset') ?? 0, 0, MAX_OFFSET, 'OffsetOutOfBounds', 'offset'),
    count: Math.min(asked, atOnce),
    bitmap: readBitmap(members.b ?? undefined, clientToken),
  }
}

/** Hexadecimal in JSON, bytes in CBOR. */
function readBitmap(value: unknown, clientToken: string | undefined): Uint8Array | undefined {
  if (value === undefined) return undefined
  const bitmap = value instanceof Uint8Array ? value : typeof value === 'string' ? fromHex(value) : undefined
  if (!bitmap)
    throw new DeliveryError('InvalidRequest', 'The bitmap "b" must be hexadecimal, or bytes in CBOR', clientToken)
  if (bitmap.byteLength >= MAX_BITMAP_BYTES) {
    const message = `The bitmap must have less than ${MAX_BITMAP_BYTES} bytes, not ${bitmap.byteLength}`
    throw new DeliveryError('BlockBitmapLimitExceeded', message, clientToken)
  }
  return bitmap
}

function fromHex(text: string): Uint8Array | undefined {
  const digits = text.replace(/^0x/i, '')
  return /^([0-9a-fA-F]{2})*$/.test(digits) ? Buffer.from(digits, 'hex') : undefined
}
