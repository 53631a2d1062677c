import { encodeBase64 } from './functions/base64.ts'
import { Numbers } from './numbers.ts'
import { stringifyValue } from './stringify.ts'
import { createArray, createObject, type Value } from './value.ts'

/** An attribute of an item as DynamoDB writes it: one member, named for its type; none that is known is a null. */
export interface DynamodbAttribute {
  readonly S?: string | undefined
  readonly N?: string | undefined
  readonly B?: Uint8Array | undefined
  readonly BOOL?: boolean | undefined
  readonly M?: Readonly<Record<string, DynamodbAttribute>> | undefined
  readonly L?: readonly DynamodbAttribute[] | undefined
  readonly SS?: readonly string[] | undefined
  readonly NS?: readonly string[] | undefined
  readonly BS?: readonly Uint8Array[] | undefined
}

/** The types that `get_dynamodb()` takes for a key. */
export type DynamodbKeyAttribute = { readonly S: string } | { readonly N: string }

/** `get_dynamodb()` is there since this version. */
const NUMBERS = Numbers.of('2016-03-23')

/** @param value a text or a number, as `get_dynamodb()` takes no other for a key */
export const dynamodbKeyOf = (value: Value): DynamodbKeyAttribute =>
  typeof value === 'string' ? { S: value } : { N: stringifyValue(value) }

/** What `get_dynamodb()` makes of an attribute: sets are Arrays, bytes Base64, and numbers keep their digits. */
export function valueOfDynamodbAttribute({ S, N, B, SS, NS, BS, M, L, BOOL }: DynamodbAttribute): Value {
  if (S !== undefined) return S
  if (N !== undefined) return NUMBERS.parse(N)
  if (B !== undefined) return encodeBase64(B)
  if (BOOL !== undefined) return BOOL
  if (M) return createObject(Object.entries(M).map(([name, value]) => [name, valueOfDynamodbAttribute(value)]))
  const items =
    L?.map(valueOfDynamodbAttribute) ?? SS ?? NS?.map((text) => NUMBERS.parse(text)) ?? BS?.map(encodeBase64)
  return items ? createArray(items) : null
}
