import { decodeCbor } from '../../../shared/decode/cbor.ts'
import type { DataTree } from '../../../shared/decode/data-tree.ts'
import { DecodeError } from '../../../shared/decode/decode-error.ts'
import { decodeJson } from '../../../shared/decode/json.ts'

/**
 * The parameters of a device that asked to be registered; of no token, which is nobody's to keep.
 * @returns undefined for what is no such request
 * @see AWS IoT Core developer guide, "Device provisioning MQTT API", RegisterThing
 */
export function readRequest(topic: string, payload: Uint8Array): Readonly<Record<string, string>> | undefined {
  const [, format] = /^\$aws\/provisioning-templates\/[^/]+\/provision\/(json|cbor)$/.exec(topic) ?? []
  if (format === undefined) return undefined
  try {
    const parameters = memberOf(format === 'json' ? decodeJson(payload) : decodeCbor(payload), 'parameters')
    if (parameters === undefined) return {} // it gives none
    if (parameters.kind !== 'map') return undefined
    const texts = parameters.entries.map(({ key, value }) =>
      key.kind === 'string' && value.kind === 'string' ? ([key.value, value.value] as const) : undefined,
    )
    // AWS IoT refuses whatever is no text.
    return texts.includes(undefined) ? undefined : Object.fromEntries(texts.filter((pair) => pair !== undefined))
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}

function memberOf(tree: DataTree, name: string): DataTree | undefined {
  if (tree.kind !== 'map') return undefined
  return tree.entries.find(({ key }) => key.kind === 'string' && key.value === name)?.value
}

/** All topics on which devices ask to be registered by a template. */
export const requestFilter = (templateName: string): string => `$aws/provisioning-templates/${templateName}/provision/+`
