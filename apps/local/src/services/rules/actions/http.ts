import type { Template } from '@thingdeck/rules-sql'
import { invalidRequest } from '../../../foundation/errors.ts'
import type { Destinations } from '../destinations.ts'
import { type OutgoingRequest, whyNotUrl } from '../outgoing-request.ts'
import type { ActionSettings } from '../rule-table.ts'
import {
  ActionFailure,
  type ActionOptions,
  type CompiledAction,
  type Execution,
  type FailedBatch,
  render,
} from './action.ts'
import type { AwsClients } from './aws-clients.ts'
import { Batches, joinItems } from './batches.ts'
import { type Sent, sendWithRetries } from './http-sender.ts'
import { signRequest } from './request-signer.ts'

type HttpSettings = ActionSettings<'http'>

/** Headers that are the connection's own. */
const NOT_GIVEN: ReadonlySet<string> = new Set(['host', 'content-length', 'transfer-encoding', 'connection'])

/** What a value of a header may be: no line ends, so that no message can make headers of its own. */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

export interface HttpParts {
  readonly destinations: Pick<Destinations, 'statusOfUrl'>
  readonly clients: Pick<AwsClients, 'credentialsFor'>
  /** Whether the role may be assumed by AWS IoT. @returns why not */
  readonly whyNotRole: (ruleName: string, roleArn: string) => string | undefined
  /** Counts a failure of a rule. */
  readonly count: (metric: string, ruleName: string) => void
}

/** Posts what SELECT made of a message. @see AWS IoT developer guide, "HTTP" */
export class HttpAction implements CompiledAction {
  readonly label = 'HttpAction'
  readonly #parts: HttpParts
  readonly #url: Template
  readonly #confirmationUrl: Template | undefined
  readonly #headers: readonly (readonly [name: string, value: Template])[]
  readonly #signing:
    | { readonly scope: { readonly region: string; readonly service: string }; readonly roleArn: string }
    | undefined
  readonly #batches: Batches | undefined
  readonly #isAcrossTopics: boolean

  constructor(parts: HttpParts, settings: HttpSettings, options: ActionOptions) {
    const { url, confirmationUrl, headers = [], auth, enableBatching, batchConfig } = settings
    checkUrls(settings, options)
    this.#parts = parts
    this.#url = options.template('url', url)
    this.#confirmationUrl =
      confirmationUrl === undefined ? undefined : options.template('confirmationUrl', confirmationUrl)
    this.#headers = headers.map(({ key, value }, index) => {
      if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(key) || NOT_GIVEN.has(key.toLowerCase())) {
        throw invalidRequest(`${options.place}.headers[${index}].key: ${key} cannot be the name of a header.`)
      }
      return [key, options.template(`headers[${index}].value`, value)] as const
    })
    if (auth?.sigv4) {
      const { signingRegion, serviceName, roleArn } = auth.sigv4
      this.#signing = { scope: { region: signingRegion, service: serviceName }, roleArn }
    }
    if (batchConfig && !enableBatching) {
      throw invalidRequest(`${options.place}.batchConfig: it needs enableBatching to be true.`)
    }
    const {
      maxBatchOpenMs = 20,
      maxBatchSize = 10,
      maxBatchSizeBytes = 5120,
      batchAcrossTopics = false,
    } = batchConfig ?? {}
    this.#batches = enableBatching
      ? new Batches({ openMs: maxBatchOpenMs, size: maxBatchSize, bytes: maxBatchSizeBytes })
      : undefined
    this.#isAcrossTopics = batchAcrossTopics
  }

  async resources(execution: Execution) {
    const { url, confirmationUrl } = await this.#urls(execution)
    return { Url: url, ConfirmationUrl: confirmationUrl }
  }

  async run(execution: Execution): Promise<void> {
    const { url, confirmationUrl } = await this.#urls(execution)
    const whyNot = whyNotUrl(url)
    if (whyNot !== undefined) {
      this.#parts.count('HttpInvalidUrl', execution.ruleName)
      throw failureOf(url, `${whyNot}.`)
    }
    if (!isBelow(url, confirmationUrl)) throw failureOf(url, `The URL does not begin with ${confirmationUrl}.`)
    const destination = this.#parts.destinations.statusOfUrl(confirmationUrl)
    if (destination?.status !== 'ENABLED') {
      const state = destination?.status ?? 'not there'
      throw failureOf(url, `The topic rule destination for ${confirmationUrl} is ${state}, and has to be ENABLED.`)
    }
    const isJson = !(execution.result instanceof Uint8Array)
    const headers = await this.#headersOf(execution, url, isJson)
    if (!this.#batches) return this.#send(execution.ruleName, url, headers, execution.output)
    if (!isJson) throw failureOf(url, 'The message is no JSON, which batches take alone: encode it in the SQL.')
    const key = JSON.stringify([url, this.#isAcrossTopics ? '' : execution.input.message.topic])
    return this.#batches.add(key, execution.output, (items) =>
      this.#send(execution.ruleName, url, headers, arrayOf(items), {
        size: items.length,
        isAcrossTopics: this.#isAcrossTopics,
      }),
    )
  }

  async #urls(execution: Execution): Promise<{ readonly url: string; readonly confirmationUrl: string }> {
    const url = await render(this.#url, execution)
    return { url, confirmationUrl: (await render(this.#confirmationUrl, execution)) ?? url }
  }

  async #headersOf(execution: Execution, url: string, isJson: boolean): Promise<[name: string, value: string][]> {
    const headers: [string, string][] = []
    for (const [name, template] of this.#headers) {
      const value = await render(template, execution)
      if (!HEADER_VALUE.test(value)) throw failureOf(url, `The header ${name} would have what no header may have.`)
      // A batch is JSON, whatever its messages would be.
      if (this.#batches === undefined || name.toLowerCase() !== 'content-type') headers.push([name, value])
    }
    if (!headers.some(([name]) => name.toLowerCase() === 'content-type')) {
      headers.push(['content-type', isJson ? 'application/json' : 'application/octet-stream'])
    }
    return headers
  }

  async #send(
    ruleName: string,
    url: string,
    headers: [string, string][],
    body: Uint8Array,
    batch?: FailedBatch,
  ): Promise<void> {
    const request: OutgoingRequest = { method: 'POST', url: new URL(url), headers, body }
    const whyNot = this.#signing && this.#parts.whyNotRole(ruleName, this.#signing.roleArn)
    if (whyNot !== undefined) throw failureOf(url, whyNot, batch)
    const sent: Sent = await sendWithRetries(() => this.#signed(request))
    if (sent.isDone) return
    this.#parts.count(sent.metric, ruleName)
    throw failureOf(url, sent.words, batch)
  }

  async #signed(request: OutgoingRequest): Promise<OutgoingRequest> {
    if (!this.#signing) return request
    const { scope, roleArn } = this.#signing
    return signRequest(request, scope, this.#parts.clients.credentialsFor(roleArn, request.url))
  }
}

/** The URL whose destination the action needs, where it is the same for all messages. */
export function destinationUrlOf({ url, confirmationUrl = url }: HttpSettings): string | undefined {
  return confirmationUrl.includes('${') ? undefined : confirmationUrl
}

function checkUrls({ url, confirmationUrl }: HttpSettings, { place }: ActionOptions): void {
  const hasTemplate = (text: string) => text.includes('${')
  if (confirmationUrl === undefined && hasTemplate(url)) {
    throw invalidRequest(`${place}.confirmationUrl: it is needed where url has a substitution template.`)
  }
  for (const [member, text] of [
    ['url', url],
    ['confirmationUrl', confirmationUrl],
  ] as const) {
    const whyNot = text === undefined || hasTemplate(text) ? undefined : whyNotUrl(text)
    if (whyNot !== undefined) throw invalidRequest(`${place}.${member}: ${whyNot}.`)
  }
  // What a template makes of it is looked at with each message.
  const isRight = hasTemplate(url) ? url.startsWith(confirmationUrl ?? '') : isBelow(url, confirmationUrl ?? url)
  if (confirmationUrl !== undefined && !hasTemplate(confirmationUrl) && !isRight) {
    throw invalidRequest(`${place}.url: it has to begin with the confirmationUrl ${confirmationUrl}.`)
  }
}

/**
 * Whether it begins with the confirmed one and leads to the same host, which text behind the name of a host would change:
 * `https://example.com` and `https://example.com.other.org/`.
 */
const isBelow = (url: string, confirmationUrl: string): boolean =>
  url.startsWith(confirmationUrl) && URL.parse(url)?.origin === URL.parse(confirmationUrl)?.origin

const arrayOf = (items: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat([Buffer.from('['), joinItems(items, ','), Buffer.from(']')])

const failureOf = (url: string, words: string, batch?: FailedBatch): ActionFailure =>
  new ActionFailure(url, `HttpAction failed to make a request to the specified endpoint. ${words}`, undefined, batch)
