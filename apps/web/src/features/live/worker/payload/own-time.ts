import type { EncodingHint } from '../../../../shared/decode/binary.ts'
import { isObject } from '../../../../shared/json-object-in.ts'
import { readWholePath } from '../../protocol/read-path.ts'
import { memberOf, plainPayload, stepInto } from './plain-path.ts'
import { type OwnTime, readTime } from './read-time.ts'

/**
 * Names of members that say when a message is of, as they are compared: without case and without what is neither letter
 * nor digit. Best first: what says it of the message before what says it of a part, what was measured before what was
 * sent, and both before what somebody else noted of it.
 */
const USUAL = [
  ...['timestamp', 'ts', 'time', 'at', 'datetime', 'eventtime', 'eventtimestamp'],
  ...['timestampms', 'timems', 'tsms', 'timestampus', 'timeus', 'tsus', 'timestampns', 'timens', 'tsns'],
  ...['timestamputc', 'utctimestamp', 'timeutc', 'utctime', 'datetimeutc', 'utcdatetime'],
  ...['measuredat', 'measurementtime', 'measuretime', 'sampledat', 'sampletime', 'observedat', 'observationtime'],
  ...['phenomenontime', 'dateobserved', 'acquiredat', 'acquisitiontime', 'capturedat', 'collectedat', 'resulttime'],
  ...['sourcetimestamp', 'sourcetime', 'devicetimestamp', 'devicetime', 'devicets', 'sensortime', 'timeinstant'],
  ...['recordedat', 'recordtime', 'generatedat', 'producedat', 'occurredat', 'createdat', 'created', 'creationtime'],
  ...[
    'sentat',
    'sendtime',
    'senttime',
    'publishedat',
    'publishtime',
    'reportedat',
    'messagetime',
    'msgtime',
    'logtime',
  ],
  ...[
    'unixtimestamp',
    'unixtime',
    'unix',
    'epochms',
    'epochmillis',
    'epochseconds',
    'epochtime',
    'epoch',
    'utc',
    'tst',
  ],
  ...['updatedat', 'lastupdated', 'lastupdate', 'lastseen', 'gatewaytime', 'servertimestamp', 'receivedat', 'stamp'],
  ...['date', 't'],
] as const
/** Members in which the others of their message stand. */
const WRAPPERS = new Set([
  ...['header', 'headers', 'head', 'hdr', 'meta', 'metadata', 'sys', 'system', 'envelope', 'context'],
  ...['params', 'data', 'payload', 'message', 'msg', 'event', 'body', 'd'],
])
const LONGEST_NAME = 30
/** A row is looked at each time it is shown: what is larger is not read for its time. */
const MAX_BYTES = 16 * 1024

/** A message's own time, by a JSON path or where it usually stands (`auto`). */
export function ownTimeOf(payload: Uint8Array, where: string, hint: EncodingHint): OwnTime | undefined {
  if (payload.length > MAX_BYTES) return undefined
  const document = plainPayload(payload, hint)
  if (document === undefined) return undefined
  if (where === 'auto') return usualTime(document)
  const read = readWholePath(where)
  return 'problem' in read ? undefined : readTime(stepInto(document, read.path))
}

function usualTime(document: unknown): OwnTime | undefined {
  const record: unknown = Array.isArray(document) ? document[0] : document // SenML and its like are lists of records
  return senmlTime(record) ?? bestTime(record) ?? timeInWrapper(record)
}

/** RFC 8428 §4.3 and §6: in CBOR `bt` and `t` have numbers for names. */
const SENML_BASE_TIME = ['bt', -3] as const
const SENML_TIME = ['t', 6] as const

/** The base time and the time of a SenML record are one sum (RFC 8428 §4.5.3). */
function senmlTime(record: unknown): OwnTime | undefined {
  const numberOf = (names: typeof SENML_BASE_TIME | typeof SENML_TIME) => {
    const value = names.map((name) => memberOf(record, name)).find((each) => each !== undefined)
    return typeof value === 'number' ? value : undefined
  }
  const [base, time] = [numberOf(SENML_BASE_TIME), numberOf(SENML_TIME)]
  if (base === undefined) return record instanceof Map ? readTime(time) : undefined
  return readTime(base + (time ?? 0))
}

function bestTime(record: unknown): OwnTime | undefined {
  if (!isObject(record)) return undefined
  let best: { readonly rank: number; readonly time: OwnTime } | undefined
  for (const [name, value] of Object.entries(record)) {
    const rank = RANKS.get(compared(name))
    if (rank === undefined || (best && rank >= best.rank)) continue
    const time = readTime(value)
    if (time) best = { rank, time }
  }
  return best?.time
}

function timeInWrapper(record: unknown): OwnTime | undefined {
  if (!isObject(record)) return undefined
  for (const [name, value] of Object.entries(record)) {
    const time = WRAPPERS.has(compared(name)) ? bestTime(value) : undefined
    if (time) return time
  }
  return undefined
}

const compared = (name: string): string =>
  name.length > LONGEST_NAME ? name : name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

const RANKS: ReadonlyMap<string, number> = new Map(USUAL.map((name, rank) => [name, rank]))
