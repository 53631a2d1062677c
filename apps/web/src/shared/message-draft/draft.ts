import type { Qos } from '../mqtt/message.ts'
import type { PayloadForm } from './message-template.ts'
import { placeholdersIn } from './template.ts'

/** A message as it is being written: every field as typed, right or wrong. */
export interface Draft {
  readonly topic: string
  readonly form: PayloadForm
  readonly text: string
  readonly qos: Qos
  readonly retain: boolean
  /** `{{now}}` and the like are replaced, not sent as they are. */
  readonly replacesPlaceholders: boolean
  /** What `{{thingName}}` stands for. */
  readonly thingName: string
  readonly contentType: string
  readonly responseTopic: string
  readonly correlation: string
  readonly correlationForm: 'text' | 'hex'
  /** Seconds. */
  readonly expiry: string
  readonly isUtf8: boolean
  readonly user: readonly (readonly [name: string, value: string])[]
  /** Properties that are sent although their field is empty, as the message had them that it was made like. */
  readonly sentEmpty: readonly EmptyProperty[]
}

/** Properties that a message can have without a value to be seen: no text, no bytes, or the indicator 0. */
const EMPTY_PROPERTIES = ['contentType', 'correlation', 'isUtf8'] as const
export type EmptyProperty = (typeof EMPTY_PROPERTIES)[number]

export const EMPTY_DRAFT: Draft = {
  topic: '',
  form: 'json',
  text: '{\n  \n}',
  qos: 0,
  retain: false,
  replacesPlaceholders: false,
  thingName: '',
  contentType: '',
  responseTopic: '',
  correlation: '',
  correlationForm: 'text',
  expiry: '',
  isUtf8: false,
  user: [],
  sentEmpty: [],
}

export const PAYLOAD_FORMS: readonly PayloadForm[] = ['json', 'text', 'hex', 'base64']

/** What is stored may be of an older release: each field counts that makes sense. */
export function readDraft(stored: unknown): Draft {
  if (typeof stored !== 'object' || stored === null) return EMPTY_DRAFT
  const fields: Record<string, unknown> = { ...stored }
  const text = (name: keyof Draft & string, fallback = '') => {
    const value = fields[name]
    return typeof value === 'string' ? value : fallback
  }
  const read: Omit<Draft, 'replacesPlaceholders'> = {
    topic: text('topic'),
    form: PAYLOAD_FORMS.find((form) => form === fields.form) ?? 'json',
    text: text('text', EMPTY_DRAFT.text),
    qos: fields.qos === 1 ? 1 : 0,
    retain: fields.retain === true,
    thingName: text('thingName'),
    contentType: text('contentType'),
    responseTopic: text('responseTopic'),
    correlation: text('correlation'),
    correlationForm: fields.correlationForm === 'hex' ? 'hex' : 'text',
    expiry: text('expiry'),
    isUtf8: fields.isUtf8 === true,
    user: Array.isArray(fields.user) ? fields.user.flatMap(readPair) : [],
    sentEmpty: EMPTY_PROPERTIES.filter((name) => isListed(fields.sentEmpty, name)),
  }
  // Releases before this choice was there replaced placeholders always.
  const { replacesPlaceholders = placeholdersOf(read).size > 0 } = fields
  return { ...read, replacesPlaceholders: replacesPlaceholders === true }
}

const isListed = (list: unknown, name: string): boolean => Array.isArray(list) && list.includes(name)

function readPair(pair: unknown): (readonly [string, string])[] {
  if (!Array.isArray(pair)) return []
  const [name, value] = pair as unknown[]
  return typeof name === 'string' && typeof value === 'string' ? [[name, value]] : []
}

/** The placeholders that would be replaced in it, were any. */
export function placeholdersOf({ topic, text, user }: Pick<Draft, 'topic' | 'text' | 'user'>): ReadonlySet<string> {
  return new Set([topic, text, ...user.map(([, value]) => value)].flatMap(placeholdersIn))
}
