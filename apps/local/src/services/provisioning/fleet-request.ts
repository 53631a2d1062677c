import { decodeUtf8, JsonParseError, parseJson, toPlain } from '@thingdeck/json'
import type { PayloadFormat } from '@thingdeck/topics'
import { readDeviceCbor } from '../../foundation/device-cbor.ts'
import { FleetError } from './fleet-error.ts'

type Members = Readonly<Record<string, unknown>>

/** Deeper than any of these requests, and no more. */
const MAX_DEPTH = 8

/** @returns the signing request, PEM @throws {FleetError} InvalidPayload, InvalidCsr */
export function readCsrRequest(payload: Uint8Array, format: PayloadFormat): string {
  const { certificateSigningRequest: given = '' } = readMembers(payload, format)
  if (typeof given !== 'string') throw new FleetError('InvalidPayload', 'certificateSigningRequest must be a text')
  if (given === '') throw new FleetError('InvalidCsr', 'The certificate signing request must not be empty.')
  return given
}

export interface RegisterThingRequest {
  /** Empty where it is missing. */
  readonly token: string
  readonly parameters: Readonly<Record<string, string>>
}

/** @throws {FleetError} InvalidPayload, InvalidParameters */
export function readRegisterThing(payload: Uint8Array, format: PayloadFormat): RegisterThingRequest {
  const { certificateOwnershipToken, parameters } = readMembers(payload, format)
  const token = certificateOwnershipToken ?? ''
  if (typeof token !== 'string') throw new FleetError('InvalidPayload', 'certificateOwnershipToken must be a text')
  const given = parameters ?? {}
  if (!isRecord(given)) throw new FleetError('InvalidParameters', 'parameters must be an object of texts')
  const entries = Object.entries(given).map(([name, value]): [string, string] => {
    if (typeof value !== 'string') throw new FleetError('InvalidParameters', `The parameter ${name} must be a text`)
    return [name, value]
  })
  return { token, parameters: Object.fromEntries(entries) }
}

/** Without a payload there are none. */
function readMembers(payload: Uint8Array, format: PayloadFormat): Members {
  if (payload.byteLength === 0) return {}
  const document = format === 'cbor' ? readCbor(payload) : readJson(payload)
  if (!isRecord(document)) throw new FleetError('InvalidPayload', 'The payload must be an object')
  return document
}

function readJson(payload: Uint8Array): unknown {
  const text = decodeUtf8(payload)
  if (text === undefined) throw new FleetError('InvalidPayload', 'The payload is not UTF-8')
  try {
    return toPlain(parseJson(text, { maxDepth: MAX_DEPTH, uniqueKeys: true }))
  } catch (error) {
    if (error instanceof JsonParseError)
      throw new FleetError('InvalidPayload', `The payload is not JSON: ${error.message}`)
    throw error
  }
}

const readCbor = (payload: Uint8Array): unknown =>
  readDeviceCbor(payload, () => new FleetError('InvalidPayload', 'The payload is not a valid CBOR map'), {
    maxDepth: MAX_DEPTH,
    uniqueKeys: true,
  })

const isRecord = (value: unknown): value is Members =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Uint8Array) &&
  !(value instanceof Date)
