import { fillTemplate, JSON_FORM, type ParameterValue, type PayloadForm } from '@thingdeck/commands'
import type { Command } from '@thingdeck/contract'
import { stringifyJson } from '@thingdeck/json'
import { fromBase64 } from '../../../shared/bytes-text.ts'
import { dataText } from '../../../shared/decode/data-text.ts'
import type { DataTree } from '../../../shared/decode/data-tree.ts'

/** What a command sends. */
export type CommandContent = Pick<Command, 'payload' | 'payloadTemplate' | 'outputFormat'>

/** What a device gets: its bytes, or of CBOR what they stand for, in diagnostic notation (RFC 8949 §8). */
export type SentPayload =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly contentType: string }
  | { readonly kind: 'json'; readonly text: string; readonly contentType: string }
  | { readonly kind: 'cbor'; readonly text: string; readonly contentType: string }

/** What AWS takes a payload for that says nothing of itself (AWS IoT API reference, CommandPayload). */
const UNSAID = 'application/octet-stream'

/**
 * What a device gets of a command with these values.
 * @throws {CommandError} where the template cannot be filled
 */
export function sentPayload(
  { payload, payloadTemplate, outputFormat = 'JSON' }: CommandContent,
  parameters: Readonly<Record<string, ParameterValue>>,
  executionTimeoutSeconds: number,
): SentPayload | undefined {
  if (payload)
    return {
      kind: 'bytes',
      bytes: fromBase64(payload.content) ?? new Uint8Array(),
      contentType: payload.contentType ?? UNSAID,
    }
  if (payloadTemplate === undefined) return undefined
  const values = { parameters, executionTimeoutSeconds }
  if (outputFormat === 'CBOR') {
    const text = dataText(fillTemplate(payloadTemplate, values, DATA_FORM), 2)
    return { kind: 'cbor', text, contentType: 'application/cbor' }
  }
  const text = stringifyJson(fillTemplate(payloadTemplate, values, JSON_FORM))
  return { kind: 'json', text, contentType: 'application/json' }
}

const DATA_FORM: PayloadForm<DataTree> = {
  nothing: { kind: 'null' },
  text: (value) => ({ kind: 'string', value }),
  number: (digits) => ({ kind: 'number', text: String(Number(digits)) }), // as CBOR has it: 20 for 20.0
  boolean: (value) => ({ kind: 'boolean', value }),
  bytes: (base64) => ({ kind: 'bytes', value: fromBase64(base64) ?? new Uint8Array() }),
  list: (items) => ({ kind: 'array', items }),
  map: (members) => ({
    kind: 'map',
    entries: members.map(([name, value]) => ({ key: { kind: 'string', value: name }, value })),
  }),
}

/** The last level of the topic that a device gets it on (AWS IoT developer guide, "Commands topics"). */
export function requestTopic(
  contentType: string,
  device: { readonly kind: 'things' | 'clients'; readonly id: string },
) {
  const format = /^application\/(json|cbor)\b/i.exec(contentType)?.[1]?.toLowerCase()
  return `$aws/commands/${device.kind}/${device.id}/executions/ID/request${format === undefined ? '' : `/${format}`}`
}
