import { JsonNumber, type JsonPath, type JsonTree } from '@thingdeck/json'

/** A value of a policy document together with its path, for what is said about it. */
export interface Place {
  readonly node: JsonTree
  /** `Statement[1].Sid`; empty for the document as a whole. */
  readonly path: string
  /** Where the key of it stands, of a member: from its opening quote up to behind the closing one. */
  readonly key?: TextSpan
}

/** From a character up to, not including, another, in UTF-16 code units from 0. */
export interface TextSpan {
  readonly from: number
  readonly to: number
}

/** The items of an array, each with its path; `undefined` for any other value. */
export function itemsOf({ node, path }: Place): Place[] | undefined {
  return node.items?.map((item, index) => ({ node: item, path: itemPath(path, index) }))
}

/** Names a member below `path`: `Statement[1]` and `Sid` make `Statement[1].Sid`. */
export function memberPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}

function itemPath(path: string, index: number): string {
  return `${path}[${index}]`
}

/** `['Statement', 1, 'Sid']` → `Statement[1].Sid`. */
export function formatMemberPath(path: JsonPath): string {
  return path.reduce<string>((at, step) => (typeof step === 'number' ? itemPath(at, step) : memberPath(at, step)), '')
}

/** The JSON type of a value, in words: `an array`. */
export function describeType({ node: { value, members, items } }: Place): string {
  if (members) return 'an object'
  if (items) return 'an array'
  if (value === null) return 'null'
  return value instanceof JsonNumber ? 'a number' : `a ${typeof value}`
}
