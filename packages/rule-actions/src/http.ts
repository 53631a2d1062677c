import { ActionFailure, type FailedBatch, InvalidAction } from './action-error.ts'
import { type ActionOptions, type MatchedMessage, optionalTemplate, render } from './execution.ts'
import { whyNotUrl } from './outgoing-url.ts'
import type { HttpSettings } from './settings.ts'

/** Headers that are the connection's own. */
const NOT_GIVEN: ReadonlySet<string> = new Set(['host', 'content-length', 'transfer-encoding', 'connection'])

/** What a value of a header may be: no line ends, so that no message can make headers of its own. */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

/** What is sent over HTTP; signed, or put together with others, by whoever sends it. */
export interface HttpRequest {
  readonly method: 'POST' | 'PUT'
  readonly url: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array
}

/**
 * Posts what SELECT made of a message. @see AWS IoT developer guide, "HTTP"
 * @throws {InvalidAction} for a URL or a header that cannot be
 */
export function httpRequest(settings: HttpSettings, options: ActionOptions) {
  const { url, confirmationUrl, headers = [], enableBatching = false } = settings
  checkUrls(settings, options)
  const urlTemplate = options.template('url', url)
  const confirmation = optionalTemplate(options, 'confirmationUrl', confirmationUrl)
  const templates = headers.map(({ key, value }, index) => {
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(key) || NOT_GIVEN.has(key.toLowerCase())) {
      throw new InvalidAction(`${options.place}.headers[${index}].key: ${key} cannot be the name of a header.`)
    }
    return [key, options.template(`headers[${index}].value`, value)] as const
  })
  const urlsOf = async (message: MatchedMessage) => {
    const rendered = await render(urlTemplate, message)
    return { url: rendered, confirmationUrl: (await render(confirmation, message)) ?? rendered }
  }
  const headersOf = async (message: MatchedMessage, to: string, isJson: boolean) => {
    const made: [name: string, value: string][] = []
    for (const [name, template] of templates) {
      const value = await render(template, message)
      if (!HEADER_VALUE.test(value)) throw httpFailure(to, `The header ${name} would have what no header may have.`)
      // A batch is JSON, whatever its messages would be.
      if (!enableBatching || name.toLowerCase() !== 'content-type') made.push([name, value])
    }
    if (!made.some(([name]) => name.toLowerCase() === 'content-type')) {
      made.push(['content-type', isJson ? 'application/json' : 'application/octet-stream'])
    }
    return made
  }
  return {
    label: 'HttpAction',
    urlsOf,
    /**
     * Told apart, as whether there is a destination for the URL is known before anything else of the request.
     * @throws {ActionFailure}
     */
    request: async (message: MatchedMessage, to: { readonly url: string }): Promise<HttpRequest> => {
      const isJson = !(message.result instanceof Uint8Array)
      const made = await headersOf(message, to.url, isJson)
      if (enableBatching && !isJson) {
        throw httpFailure(to.url, 'The message is no JSON, which batches take alone: encode it in the SQL.')
      }
      return { method: 'POST', url: to.url, headers: made, body: message.output }
    },
  }
}

function checkUrls({ url, confirmationUrl }: HttpSettings, { place }: ActionOptions): void {
  const hasTemplate = (text: string) => text.includes('${')
  if (confirmationUrl === undefined && hasTemplate(url)) {
    throw new InvalidAction(`${place}.confirmationUrl: it is needed where url has a substitution template.`)
  }
  for (const [member, text] of [
    ['url', url],
    ['confirmationUrl', confirmationUrl],
  ] as const) {
    const whyNot = text === undefined || hasTemplate(text) ? undefined : whyNotUrl(text)
    if (whyNot !== undefined) throw new InvalidAction(`${place}.${member}: ${whyNot}.`)
  }
  // What a template makes of it is looked at with each message.
  const isRight = hasTemplate(url) ? url.startsWith(confirmationUrl ?? '') : isBelow(url, confirmationUrl ?? url)
  if (confirmationUrl !== undefined && !hasTemplate(confirmationUrl) && !isRight) {
    throw new InvalidAction(`${place}.url: it has to begin with the confirmationUrl ${confirmationUrl}.`)
  }
}

/**
 * Whether it begins with the confirmed one and leads to the same host, which text behind the name of a host would change:
 * `https://example.com` and `https://example.com.other.org/`.
 */
export const isBelow = (url: string, confirmationUrl: string): boolean =>
  url.startsWith(confirmationUrl) && URL.parse(url)?.origin === URL.parse(confirmationUrl)?.origin

export const httpFailure = (url: string, words: string, batch?: FailedBatch): ActionFailure =>
  new ActionFailure(url, `HttpAction failed to make a request to the specified endpoint. ${words}`, undefined, batch)
