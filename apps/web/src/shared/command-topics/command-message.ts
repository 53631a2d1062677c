import { type EventTopic, parseReservedTopic, type ReservedTopic } from '@thingdeck/topics'
import { decodeCbor } from '../decode/cbor.ts'
import type { DataTree } from '../decode/data-tree.ts'
import { DecodeError } from '../decode/decode-error.ts'
import { textOf } from '../decode/text.ts'
import { isObject, jsonObjectIn } from '../json-object-in.ts'

/** What a message of commands says, and about which execution. */
export interface CommandMessage {
  /** A sentence without its end. */
  readonly words: string
  readonly executionId?: string
  readonly commandId?: string
  readonly thingName?: string
  readonly clientId?: string
}

type Payload = Readonly<Record<string, unknown>>
type CommandTopic = Extract<ReservedTopic, { kind: 'command' }>

/**
 * A message of commands in words; undefined for any other message.
 * @see AWS IoT developer guide, "Commands topics", "Command events"
 */
export function commandMessageOf(topic: string, bytes: Uint8Array): CommandMessage | undefined {
  const parsed = topic.startsWith('$aws/') ? parseReservedTopic(topic) : undefined
  if (parsed?.kind === 'command') return exchange(parsed, bytes)
  if (parsed?.kind === 'event' && parsed.family === 'commandExecution') return event(parsed, jsonIn(bytes))
  return undefined
}

function exchange(topic: CommandTopic, bytes: Uint8Array): CommandMessage {
  const { target, deviceId, executionId } = topic
  const device = target === 'things' ? { thingName: deviceId } : { clientId: deviceId }
  const about = { executionId, ...device }
  if (topic.message === 'request') return { ...about, words: `AWS IoT sends ${deviceId} a command` }
  const payload = topic.format === 'cbor' ? cborIn(bytes) : jsonIn(bytes)
  if (topic.suffix === 'accepted') return { ...about, words: `AWS IoT takes what ${deviceId} reported` }
  if (topic.suffix === 'rejected') {
    const why = [textIn(payload.error), textIn(payload.errorMessage)].filter((text) => text !== undefined).join(': ')
    return { ...about, words: `AWS IoT refuses what ${deviceId} reported${why === '' ? '' : `; ${why}`}` }
  }
  const { reasonCode, reasonDescription } = objectOf(payload.statusReason)
  const results = Object.entries(objectOf(payload.result)).map(([key, value]) => `${key} ${resultText(value)}`)
  const said = [textIn(payload.status), textIn(reasonCode), textIn(reasonDescription), ...results]
    .filter((text) => text !== undefined)
    .join(', ')
  return { ...about, words: `${deviceId} reports on its command${said === '' ? '' : `: ${said}`}` }
}

function event({ event: status, commandId }: Extract<EventTopic, { family: 'commandExecution' }>, payload: Payload) {
  const [, kind, id] = /:(thing|client)\/(.+)$/.exec(textIn(payload.targetArn) ?? '') ?? []
  const executionId = textIn(payload.executionId)
  const reason = textIn(objectOf(payload.statusReason).reasonCode)
  return {
    commandId,
    ...(executionId !== undefined && { executionId }),
    ...(id !== undefined && (kind === 'thing' ? { thingName: id } : { clientId: id })),
    words: `The command ${commandId}${id === undefined ? '' : ` on ${id}`}: ${status.toLowerCase().replaceAll('_', ' ')}${reason === undefined ? '' : `, ${reason}`}`,
  }
}

/** `{"s": "20"}` → `20`. */
const resultText = (value: unknown): string => Object.values(objectOf(value)).map(String).join(', ')

const jsonIn = (bytes: Uint8Array): Payload => jsonObjectIn(textOf(bytes) ?? '') ?? {}

function cborIn(bytes: Uint8Array): Payload {
  try {
    return objectOf(plain(decodeCbor(bytes)))
  } catch (error) {
    if (error instanceof DecodeError) return {}
    throw error
  }
}

/** As much as a sentence says of it. */
function plain(tree: DataTree): unknown {
  switch (tree.kind) {
    case 'map':
      return Object.fromEntries(tree.entries.map(({ key, value }) => [String(plain(key)), plain(value)]))
    case 'string':
      return tree.value
    case 'number':
      return tree.text
    case 'bytes':
      return `${tree.value.length} bytes`
    case 'boolean':
      return tree.value
    default:
      return undefined
  }
}

const textIn = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const objectOf = (value: unknown): Payload => (isObject(value) ? value : {})
