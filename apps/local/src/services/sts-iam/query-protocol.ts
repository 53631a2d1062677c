import { AwsError } from '@thingdeck/aws-api'

/** What an operation answers: becomes XML, lists as `member` elements. Members that are undefined are left out. */
export type QueryValue =
  | string
  | number
  | boolean
  | Date
  | readonly QueryValue[]
  | { readonly [name: string]: QueryValue | undefined }

/** The parameters of a call of AWS's Query protocol, e.g. `Action=AssumeRole&RoleArn=…`. */
export class QueryInput {
  readonly #parameters: URLSearchParams

  constructor(parameters: URLSearchParams) {
    this.#parameters = parameters
  }

  /** @throws {AwsError} ValidationError when it is missing */
  required(name: string): string {
    const value = this.optional(name)
    if (value === undefined) throw new AwsError('ValidationError', `The parameter ${name} is required`)
    return value
  }

  optional(name: string): string | undefined {
    return this.#parameters.get(name) || undefined
  }

  /** @throws {AwsError} ValidationError for what is no whole number within the bounds */
  integer(name: string, least: number, most: number): number | undefined {
    const text = this.optional(name)
    if (text === undefined) return undefined
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    throw new AwsError('ValidationError', `The parameter ${name} must be a number from ${least} to ${most}`)
  }

  /** `Tags.member.1.Key`, `Tags.member.1.Value` as one object. */
  tags(): Record<string, string> {
    const tags: [string, string][] = []
    for (let index = 1; ; index += 1) {
      const key = this.optional(`Tags.member.${index}.Key`)
      if (key === undefined) return Object.fromEntries(tags)
      tags.push([key, this.optional(`Tags.member.${index}.Value`) ?? ''])
    }
  }

  /** @throws {AwsError} ValidationError when there is a parameter of that name, or one below it: it is not supported */
  refuse(...names: readonly string[]): void {
    const found = [...this.#parameters.keys()].find((key) =>
      names.some((name) => key === name || key.startsWith(`${name}.`)),
    )
    if (found !== undefined)
      throw new AwsError('ValidationError', `The parameter ${found} is not supported by this server`)
  }
}

/**
 * The answer of an operation.
 * @see AWS Smithy, "AWS query protocol"
 */
export function formatResult(xmlns: string, action: string, requestId: string, result: QueryValue | undefined): string {
  const body = result === undefined ? '' : element(`${action}Result`, result)
  const metadata = element('ResponseMetadata', { RequestId: requestId })
  return `<${action}Response xmlns="${xmlns}">${body}${metadata}</${action}Response>`
}

export function formatError(
  xmlns: string,
  requestId: string,
  error: { code: string; message: string; status: number },
) {
  const type = error.status < 500 ? 'Sender' : 'Receiver'
  const body = element('Error', { Type: type, Code: error.code, Message: error.message })
  return `<ErrorResponse xmlns="${xmlns}">${body}${element('RequestId', requestId)}</ErrorResponse>`
}

function element(name: string, value: QueryValue): string {
  return `<${name}>${content(value)}</${name}>`
}

function content(value: QueryValue): string {
  if (typeof value !== 'object') return escapeXml(String(value))
  if (value instanceof Date) return value.toISOString()
  if (isList(value)) return value.map((item) => element('member', item)).join('')
  return Object.entries(value)
    .map(([name, member]) => (member === undefined ? '' : element(name, member)))
    .join('')
}

function isList(value: object): value is readonly QueryValue[] {
  return Array.isArray(value)
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Characters that XML 1.0 cannot carry are replaced, as they are in JSON of a broken encoding. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
}
