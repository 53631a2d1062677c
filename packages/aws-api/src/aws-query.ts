import type { Check } from './constraint.ts'
import { malformed } from './malformed.ts'
import type { Bindings } from './operation.ts'
import type { Member, Shape } from './shape.ts'
import { encodeBase64, parseText } from './text-values.ts'
import { formatTimestamp } from './timestamps.ts'
import type { ApiRequest } from './types.ts'
import { parsePairs, type Target } from './uri.ts'
import { element, escapeXml } from './xml.ts'

/** Media type of the answers of the protocol awsQuery. */
export const AWS_QUERY = 'text/xml'

/** Deeper than any model nests, far less deep than the call stack. */
const MAX_DEPTH = 100

const INDEX = /^[1-9]\d{0,8}$/

/** `Tags.member.1.Key=a` as a tree of its names. */
interface Node {
  text: string | undefined
  readonly children: Map<string, Node>
}

/**
 * The parameters of a request: of the form in its body or, where it is a GET, in its query.
 * @throws {AwsError} SerializationException
 */
export function readQueryParameters({ method, body }: ApiRequest, { query }: Target): ReadonlyMap<string, string> {
  if (method !== 'POST') return new Map(query)
  const pairs = parsePairs(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'))
  if (!pairs) throw malformed('The request body is not a form')
  return new Map(pairs)
}

/**
 * Reads an operation's input from the parameters of a request.
 * @throws {AwsError} SerializationException
 * @see Smithy 2.0, "AWS query protocol"
 */
export function readQueryInput(input: Bindings, parameters: ReadonlyMap<string, string>): Record<string, unknown> {
  return decodeStructure(input.shape.members, treeOf(parameters))
}

function treeOf(parameters: ReadonlyMap<string, string>): Node {
  const root: Node = { text: undefined, children: new Map() }
  for (const [name, text] of parameters) {
    const parts = name.split('.', MAX_DEPTH + 1)
    if (parts.length > MAX_DEPTH) throw malformed('A parameter is nested too deeply')
    let node = root
    for (const part of parts) {
      let child = node.children.get(part)
      if (!child) {
        child = { text: undefined, children: new Map() }
        node.children.set(part, child)
      }
      node = child
    }
    node.text = text
  }
  return root
}

function decodeStructure(members: readonly Member[], node: Node): Record<string, unknown> {
  const value: Record<string, unknown> = {}
  for (const { name, shape } of members) {
    const child = node.children.get(name)
    if (child) value[name] = decode(shape, child, name)
  }
  return value
}

function decode(shape: Shape, node: Node, member: string): unknown {
  switch (shape.kind) {
    case 'structure':
      return decodeStructure(shape.members, node)
    case 'list':
      return itemsOf(node, 'member', member).map((item) => decode(shape.value, item, member))
    case 'map': {
      const map: Record<string, unknown> = Object.create(null)
      for (const { children } of itemsOf(node, 'entry', member)) {
        const key = children.get('key')?.text
        const value = children.get('value')
        if (key === undefined || !value) throw malformed(`An entry of '${member}' has no key or no value`)
        map[key] = decode(shape.value, value, member)
      }
      return map
    }
    default:
      if (node.text === undefined) throw malformed('Start of structure or map found where not expected.')
      return parseText(shape, node.text, 'query', member)
  }
}

/** `<list>.member.1`, `<list>.member.2` in the order of their numbers; an empty list is a parameter without text. */
function itemsOf({ children }: Node, name: string, member: string): Node[] {
  const items = [...(children.get(name)?.children ?? [])]
  for (const [index] of items) if (!INDEX.test(index)) throw malformed(`'${index}' is no index of '${member}'`)
  return items.sort(([a], [b]) => Number(a) - Number(b)).map(([, item]) => item)
}

/** @throws {TypeError} where a member of `value` is not of its shape */
export function writeQueryOutput(
  { name, output }: { readonly name: string; readonly output: Bindings },
  value: object,
  { xmlNamespace = '', requestId }: { readonly xmlNamespace?: string | undefined; readonly requestId: string },
): string {
  const { members, name: shapeName } = output.shape
  const result = output.unit ? '' : element(`${name}Result`, encodeMembers(members, value, shapeName))
  const metadata = element('ResponseMetadata', element('RequestId', escapeXml(requestId)))
  return element(`${name}Response`, result + metadata, xmlNamespace)
}

/** A double has a point, also where it is whole. */
function formatNumber(value: number, isDouble: boolean): string {
  const text = String(value)
  return isDouble && /^-?\d+$/.test(text) ? `${text}.0` : text
}

/** The members of a structure that are given here, each as an element. */
export function encodeMembers(members: readonly Member[], value: object, path: string): string {
  const own = new Map<string, unknown>(Object.entries(value))
  let xml = ''
  for (const { name, shape, check } of members) {
    const item = own.get(name)
    if (item !== undefined && item !== null) xml += element(name, encode(shape, item, `${path}.${name}`, check))
  }
  return xml
}

function encode(shape: Shape, value: unknown, path: string, check: Check | undefined): string {
  switch (shape.kind) {
    case 'string':
      if (typeof value === 'string') return escapeXml(value)
      break
    case 'boolean':
      if (typeof value === 'boolean') return String(value)
      break
    case 'number':
      if (typeof value === 'number') return formatNumber(value, check?.double === true)
      break
    case 'blob':
      if (value instanceof Uint8Array) return encodeBase64(value)
      break
    case 'timestamp':
      if (!(value instanceof Date) || Number.isNaN(value.getTime())) break
      return formatTimestamp(value, shape.format ?? 'date-time')
    case 'list':
      if (!Array.isArray(value)) break
      return value
        .filter((item) => item !== undefined && item !== null)
        .map((item) => element('member', encode(shape.value, item, `${path}[]`, check?.member)))
        .join('')
    case 'map':
      if (typeof value !== 'object' || value === null) break
      return Object.entries(value)
        .filter(([, item]) => item !== undefined && item !== null)
        .map(([key, item]) => {
          const text = element('value', encode(shape.value, item, `${path}.${key}`, check?.value))
          return element('entry', element('key', escapeXml(key)) + text)
        })
        .join('')
    case 'structure':
      if (typeof value === 'object' && value !== null) return encodeMembers(shape.members, value, path)
      break
  }
  throw new TypeError(`'${path}' of the answer is not a ${shape.kind}`)
}
