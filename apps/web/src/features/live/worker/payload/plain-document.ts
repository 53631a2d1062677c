import { getAt, JsonNumber, type JsonPath, parseJson } from '@thingdeck/json'
import { decodeBinary, type EncodingHint } from '../../../../shared/decode/binary.ts'
import { type DataEntry, type DataTree, keyStep } from '../../../../shared/decode/data-tree.ts'

/** A payload that is JSON, CBOR, MessagePack or of a type known by its topic, as programs read it: quick to have, numbers as doubles. */
export interface PlainDocument {
  readonly value: unknown
  /** The number at a path, digit for digit; undefined when there is none. */
  exactAt(path: JsonPath): string | undefined
}

/** Passes over a byte order mark, as `decodeJson` does. */
const DECODER = new TextDecoder('utf-8', { fatal: true })

/** Undefined when the payload is neither JSON in UTF-8 nor structured data without text. */
export function plainDocument(payload: Uint8Array, hint: EncodingHint): PlainDocument | undefined {
  const tree = decodeBinary(payload, hint)
  if (tree) return { value: plainValue(tree), exactAt: (path) => exactIn(tree, path) }
  try {
    const text = DECODER.decode(payload.subarray(0, endOfText(payload)))
    return { value: JSON.parse(text), exactAt: (path) => exactInJson(text, path) }
  } catch {
    return undefined
  }
}

/** Before the zeros with which C ends a text. */
function endOfText(payload: Uint8Array): number {
  let end = payload.length
  while (end > 0 && payload[end - 1] === 0) end -= 1
  return end
}

function exactInJson(text: string, path: JsonPath): string | undefined {
  const found = getAt(parseJson(text), path)
  return found instanceof JsonNumber ? found.text : undefined
}

/**
 * What `JSON.parse` would make of it. A map with keys that are whole numbers, as SenML has them in CBOR (RFC 8428 §6), is
 * a `Map`; members with other keys have no path, so they are left out. A tag is what it is set on; a timestamp is its
 * text; bytes are there, and equal to nothing.
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
      return plainMap(tree.entries)
    case 'tag':
      return plainValue(tree.value)
    case 'extension':
      return tree.label
    default:
      return INCOMPARABLE
  }
}

const INCOMPARABLE = Symbol('no value of JSON')

function plainMap(entries: readonly DataEntry[]): unknown {
  const members = entries.flatMap(({ key, value }) => {
    const step = keyStep(key)
    return step === undefined ? [] : [[step, plainValue(value)] as const]
  })
  return members.every(([step]) => typeof step === 'string') ? Object.fromEntries(members) : new Map(members)
}

function exactIn(tree: DataTree, path: JsonPath): string | undefined {
  if (tree.kind === 'tag') return exactIn(tree.value, path)
  const [step, ...rest] = path
  if (step === undefined) return tree.kind === 'number' ? tree.text : undefined
  const inner =
    tree.kind === 'array' && typeof step === 'number'
      ? tree.items[step]
      : tree.kind === 'map'
        ? tree.entries.findLast(({ key }) => keyStep(key) === step)?.value
        : undefined
  return inner && exactIn(inner, rest)
}
