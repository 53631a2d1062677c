import type { CommandExecutionResult, StatusReason } from '@aws-sdk/client-iot'
import { REPORTABLE, type ReportedStatus } from '@thingdeck/commands'
import { decodeUtf8, JsonParseError, parseJson, toPlain } from '@thingdeck/json'
import type { PayloadFormat } from '@thingdeck/topics'
import { readDeviceCbor } from '../../foundation/device-cbor.ts'

/** What a device says of an execution. */
export interface Report {
  readonly status: ReportedStatus
  readonly statusReason: StatusReason | undefined
  readonly result: Readonly<Record<string, CommandExecutionResult>> | undefined
}

/** Why a report was not taken, in the codes of the device SDKs' `RejectedErrorCode`. */
export type RejectedCode =
  | 'InvalidJson'
  | 'InvalidRequest'
  | 'InvalidStateTransition'
  | 'ResourceNotFound'
  | 'TerminalStateReached'

export class RejectedReport extends Error {
  readonly code: RejectedCode

  constructor(code: RejectedCode, message: string) {
    super(message)
    this.name = 'RejectedReport'
    this.code = code
  }
}

const REASON_CODE = /^[A-Z0-9_-]{1,64}$/
const MAX_DESCRIPTION_CHARACTERS = 1024
const MAX_RESULT_KEY_CHARACTERS = 32

const invalid = (message: string): RejectedReport => new RejectedReport('InvalidRequest', message)

/**
 * Reads what a device published on the response topic. Members that it does not have are left alone: the device SDKs send
 * `deviceId` and `executionId`, too.
 * @throws {RejectedReport}
 * @see AWS IoT developer guide, "Considerations when using the UpdateCommandExecution API"
 */
export function readReport(payload: Uint8Array, format: PayloadFormat): Report {
  const document = format === 'cbor' ? readCbor(payload) : readJson(payload)
  if (!isRecord(document)) throw invalid('The report must be an object with a status')
  const { statusReason, result } = document
  const status = REPORTABLE.find((each) => each === document.status)
  if (!status) throw invalid(`status must be one of ${REPORTABLE.join(', ')}`)
  return { status, statusReason: readReason(statusReason), result: readResult(result) }
}

function readJson(payload: Uint8Array): unknown {
  try {
    const text = decodeUtf8(payload)
    if (text === undefined) throw new RejectedReport('InvalidJson', 'The report is not UTF-8')
    return toPlain(parseJson(text))
  } catch (error) {
    if (error instanceof JsonParseError)
      throw new RejectedReport('InvalidJson', `The report is not JSON: ${error.message}`)
    throw error
  }
}

const readCbor = (payload: Uint8Array): unknown => readDeviceCbor(payload, () => invalid('The report is not CBOR'))

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)

function readReason(value: unknown): StatusReason | undefined {
  if (value === undefined || value === null) return undefined
  if (!isRecord(value)) throw invalid('statusReason must be an object')
  const { reasonCode, reasonDescription } = value
  if (typeof reasonCode !== 'string' || !REASON_CODE.test(reasonCode)) {
    throw invalid('reasonCode must have 1 to 64 characters of A-Z, 0-9, _ and -')
  }
  if (reasonDescription === undefined || reasonDescription === null) return { reasonCode }
  if (typeof reasonDescription !== 'string' || /\p{C}/u.test(reasonDescription)) {
    throw invalid('reasonDescription must be a text without control characters')
  }
  if (reasonDescription.length > MAX_DESCRIPTION_CHARACTERS) {
    throw invalid(`reasonDescription must not have more than ${MAX_DESCRIPTION_CHARACTERS} characters`)
  }
  return { reasonCode, reasonDescription }
}

function readResult(value: unknown): Report['result'] {
  if (value === undefined || value === null) return undefined
  if (!isRecord(value)) throw invalid('result must be an object')
  const entries = Object.entries(value)
  if (entries.length === 0) throw invalid('At least 1 command execution result is required')
  return Object.fromEntries(entries.map(([key, each]) => [key, readResultValue(key, each)]))
}

function readResultValue(key: string, value: unknown): CommandExecutionResult {
  if (key.length === 0 || key.length > MAX_RESULT_KEY_CHARACTERS) {
    throw invalid(`A key of result must have 1 to ${MAX_RESULT_KEY_CHARACTERS} characters, not ${key.length}`)
  }
  const member = isRecord(value) ? Object.entries(value) : []
  const [name, held] = member[0] ?? []
  if (member.length === 1 && name === 's' && typeof held === 'string') return { S: held }
  if (member.length === 1 && name === 'b' && typeof held === 'boolean') return { B: held }
  if (member.length === 1 && name === 'bin') {
    if (held instanceof Uint8Array) return { BIN: held }
    if (typeof held === 'string' && isBase64(held)) return { BIN: Buffer.from(held, 'base64') }
  }
  throw invalid(`The result ${key} must be {"s": text}, {"b": true or false} or {"bin": bytes in Base64}`)
}

const isBase64 = (text: string): boolean => /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0
