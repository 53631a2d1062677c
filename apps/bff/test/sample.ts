/** What a JSON schema of the contract says, as far as a sample is made of it. */
interface Shape {
  readonly type?: string
  readonly const?: unknown
  readonly anyOf?: readonly Shape[]
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly minProperties?: number
  readonly items?: Shape
  readonly minItems?: number
  readonly minLength?: number
  readonly pattern?: string
  readonly format?: string
  readonly minimum?: number
}

/**
 * The least that a schema takes: members that may be left out are left out, texts are as short as may be.
 * @throws {Error} for a schema of a kind that no endpoint had before
 */
export function sampleOf(schema: Shape): unknown {
  if ('const' in schema) return schema.const
  if (schema.anyOf?.[0]) return sampleOf(schema.anyOf[0])
  switch (schema.type) {
    case 'object':
      return sampleOfObject(schema)
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}))
    case 'string':
      return sampleOfText(schema)
    case 'integer':
    case 'number':
      return schema.minimum ?? 0
    case 'boolean':
      return false
    default:
      throw new Error(`No sample of ${JSON.stringify(schema)} is known: say here how one is made`)
  }
}

function sampleOfObject({ properties = {}, required = [], minProperties = 0 }: Shape): Record<string, unknown> {
  const further = Object.keys(properties).filter((name) => !required.includes(name))
  const names = [...required, ...further.slice(0, Math.max(0, minProperties - required.length))]
  return Object.fromEntries(names.map((name) => [name, sampleOf(properties[name] ?? {})]))
}

function sampleOfText({ minLength = 1, pattern, format }: Shape): string {
  if (format === 'date-time') return '2026-01-01T00:00:00Z'
  if (format === 'uuid') return '00000000-0000-4000-8000-000000000000'
  const texts = ['a'.repeat(minLength), '1'.repeat(minLength), ...WRITTEN.map((each) => each.padEnd(minLength, 'a'))]
  const text = texts.find((each) => pattern === undefined || new RegExp(pattern).test(each))
  if (text === undefined) throw new Error(`None of ${texts} is ${pattern}: say here how a sample of it is made`)
  return text
}

/** Texts that are written in a way of their own: an account, a role, a function, a server certificate, a domain, what a role may, a request for a certificate, a destination, a URL, the name of a session. */
const WRITTEN = [
  '123456789012',
  'arn:aws:iam::123456789012:role/a',
  'arn:aws:lambda:us-east-1:123456789012:function:a',
  'arn:aws:acm:us-east-1:123456789012:certificate/a',
  'a.example.com',
  'sqs:SendMessage',
  '-----BEGIN CERTIFICATE REQUEST-----',
  'arn:aws:iot:us-east-1:123456789012:ruledestination/http/a',
  'us-east-1:1',
  'https://example.com/',
  'arn:aws:lambda:us-east-1:123456789012:function:a',
  'a'.repeat(43),
]
