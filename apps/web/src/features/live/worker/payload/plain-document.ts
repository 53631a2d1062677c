import { getAt, JsonNumber, type JsonPath, parseJson } from '@thingdeck/json'
import { decodeBinary, type EncodingHint } from '../../../../shared/decode/binary.ts'
import type { DataTree } from '../../../../shared/decode/data-tree.ts'

/** A payload that is JSON, CBOR or MessagePack, as programs read it: quick to have, numbers as doubles. */
export interface PlainDocument {
  readonly value: unknown
  /** The number at a path, digit for digit; undefined when there is none. */
  exactAt(path: JsonPath): string | undefined
}

const DECODER = new TextDecoder()

/** Undefined when the payload is neither JSON nor an array or map of CBOR or MessagePack. */
export function plainDocument(payload: Uint8Array, hint: EncodingHint): PlainDocument | undefined {
  const tree = decodeBinary(payload, hint)
  if (tree) return { value: plainValue(tree), exactAt: (path) => exactIn(tree, path) }
  const text = DECODER.decode(payload)
  try {
    return { value: JSON.parse(text), exactAt: (path) => exactInJson(text, path) }
  } catch {
    return undefined
  }
}

function exactInJson(text: string, path: JsonPath): string | undefined {
  const found = getAt(parseJson(text), path)
  return found instanceof JsonNumber ? found.text : undefined
}

/**
 * What `JSON.parse` would make of it. Members whose keys are no texts have no path, so they are left out; a tag is what
 * it is set on; a timestamp is its text; bytes are nothing that could be compared.
 */
function plainValue(tree: DataTree): unknown {
  switch (tree.kind) {
    case 'null':
      return null
    case 'number':
      return Number(tree.text)
    case 'boolean':
    case 'string':
      return tree.value
    case 'array':
      return tree.items.map(plainValue)
    case 'map':
      return Object.fromEntries(
        tree.entries.flatMap(({ key, value }) => (key.kind === 'string' ? [[key.value, plainValue(value)]] : [])),
      )
    case 'tag':
      return plainValue(tree.value)
    case 'extension':
      return tree.label
    default:
      return undefined
  }
}

function exactIn(tree: DataTree, path: JsonPath): string | undefined {
  if (tree.kind === 'tag') return exactIn(tree.value, path)
  const [step, ...rest] = path
  if (step === undefined) return tree.kind === 'number' ? tree.text : undefined
  const inner =
    tree.kind === 'array' && typeof step === 'number'
      ? tree.items[step]
      : tree.kind === 'map'
        ? tree.entries.findLast(({ key }) => key.kind === 'string' && key.value === step)?.value
        : undefined
  return inner && exactIn(inner, rest)
}
