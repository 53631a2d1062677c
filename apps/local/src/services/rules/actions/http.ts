import { type FailedBatch, httpFailure, httpRequest, InvalidAction, isBelow, whyNotUrl } from '@thingdeck/rule-actions'
import type { Destinations } from '../destinations.ts'
import type { OutgoingRequest } from '../outgoing-request.ts'
import type { ActionSettings } from '../rule-table.ts'
import type { ActionOptions, CompiledAction, Execution } from './action.ts'
import type { AwsClients } from './aws-clients.ts'
import { Batches, joinItems } from './batches.ts'
import { type Sent, sendWithRetries } from './http-sender.ts'
import { signRequest } from './request-signer.ts'

type HttpSettings = ActionSettings<'http'>

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
  readonly label: string
  readonly #parts: HttpParts
  readonly #request: ReturnType<typeof httpRequest>
  readonly #signing:
    | { readonly scope: { readonly region: string; readonly service: string }; readonly roleArn: string }
    | undefined
  readonly #batches: Batches | undefined
  readonly #isAcrossTopics: boolean

  constructor(parts: HttpParts, settings: HttpSettings, options: ActionOptions) {
    const { auth, enableBatching, batchConfig } = settings
    this.#parts = parts
    this.#request = httpRequest(settings, options)
    this.label = this.#request.label
    if (auth?.sigv4) {
      const { signingRegion, serviceName, roleArn } = auth.sigv4
      this.#signing = { scope: { region: signingRegion, service: serviceName }, roleArn }
    }
    if (batchConfig && !enableBatching) {
      throw new InvalidAction(`${options.place}.batchConfig: it needs enableBatching to be true.`)
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
    const { url, confirmationUrl } = await this.#request.urlsOf(execution)
    return { Url: url, ConfirmationUrl: confirmationUrl }
  }

  async run(execution: Execution): Promise<void> {
    const { url, confirmationUrl } = await this.#request.urlsOf(execution)
    const whyNot = whyNotUrl(url)
    if (whyNot !== undefined) {
      this.#parts.count('HttpInvalidUrl', execution.ruleName)
      throw httpFailure(url, `${whyNot}.`)
    }
    if (!isBelow(url, confirmationUrl)) throw httpFailure(url, `The URL does not begin with ${confirmationUrl}.`)
    const destination = this.#parts.destinations.statusOfUrl(confirmationUrl)
    if (destination?.status !== 'ENABLED') {
      const state = destination?.status ?? 'not there'
      throw httpFailure(url, `The topic rule destination for ${confirmationUrl} is ${state}, and has to be ENABLED.`)
    }
    const { headers, body } = await this.#request.request(execution, { url })
    if (!this.#batches) return this.#send(execution.ruleName, url, headers, body)
    const key = JSON.stringify([url, this.#isAcrossTopics ? '' : execution.input.message.topic])
    return this.#batches.add(key, body, (items) =>
      this.#send(execution.ruleName, url, headers, arrayOf(items), {
        size: items.length,
        isAcrossTopics: this.#isAcrossTopics,
      }),
    )
  }

  async #send(
    ruleName: string,
    url: string,
    headers: OutgoingRequest['headers'],
    body: Uint8Array,
    batch?: FailedBatch,
  ): Promise<void> {
    const request: OutgoingRequest = { method: 'POST', url: new URL(url), headers, body }
    const whyNot = this.#signing && this.#parts.whyNotRole(ruleName, this.#signing.roleArn)
    if (whyNot !== undefined) throw httpFailure(url, whyNot, batch)
    const sent: Sent = await sendWithRetries(() => this.#signed(request))
    if (sent.isDone) return
    this.#parts.count(sent.metric, ruleName)
    throw httpFailure(url, sent.words, batch)
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

const arrayOf = (items: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat([Buffer.from('['), joinItems(items, ','), Buffer.from(']')])
