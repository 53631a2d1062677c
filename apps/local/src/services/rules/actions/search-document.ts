import type { Template } from '@thingdeck/rules-sql'
import { actionPermissions } from '@thingdeck/rules-sql'
import { homeOf } from '../../../foundation/account.ts'
import { invalidRequest } from '../../../foundation/errors.ts'
import { whyNotUrl } from '../outgoing-request.ts'
import type { RoleChecks } from '../rule-roles.ts'
import type { ActionSettings } from '../rule-table.ts'
import { ActionFailure, type ActionOptions, type CompiledAction, type Execution, render } from './action.ts'
import type { AwsClients } from './aws-clients.ts'
import { sendWithRetries } from './http-sender.ts'
import { signRequest } from './request-signer.ts'

/** What the actions `openSearch` and `elasticsearch` are told: the same. */
type SearchSettings = ActionSettings<'openSearch'>

interface SearchParts {
  readonly roles: RoleChecks
  readonly clients: Pick<AwsClients, 'credentialsFor'>
}

/** Puts a document into an index. @see AWS IoT developer guide, "OpenSearch" */
export class SearchDocument implements CompiledAction {
  readonly label: string
  readonly #name: string
  readonly #parts: SearchParts
  readonly #options: ActionOptions
  readonly #roleArn: string
  readonly #endpoint: Template
  readonly #path: readonly Template[]

  constructor(
    name: 'openSearch' | 'elasticsearch',
    parts: SearchParts,
    { endpoint, index, type, id, roleArn }: SearchSettings,
    options: ActionOptions,
  ) {
    this.label = name === 'openSearch' ? 'OpenSearchAction' : 'ElasticsearchAction'
    this.#name = name
    this.#parts = parts
    this.#options = options
    this.#roleArn = roleArn
    this.#endpoint = options.template('endpoint', endpoint)
    const whyNot = this.#endpoint.isConstant ? whyNotUrl(endpoint) : undefined
    if (whyNot !== undefined) throw invalidRequest(`${options.place}.endpoint: ${whyNot}.`)
    this.#path = [options.template('index', index), options.template('type', type), options.template('id', id)]
  }

  async resources(execution: Execution) {
    const { endpoint, path } = await this.#target(execution)
    const [Index = '', Type = '', Id = ''] = path
    return { Endpoint: endpoint, Index, Type, Id }
  }

  async run(execution: Execution): Promise<void> {
    const { endpoint, path } = await this.#target(execution)
    const [index = '', type = '', id = ''] = path
    const fail = (why: string) =>
      new ActionFailure(
        endpoint,
        `Failed to put ${this.#name === 'openSearch' ? 'OpenSearch' : 'Elasticsearch'} document. The error received was ${why}. ` +
          `Message arrived on: ${execution.input.message.topic}, Action: ${this.#name}, Endpoint: ${endpoint}, Index: ${index}, Type: ${type}, Id: ${id}`,
      )
    const whyNotSent = whyNotUrl(endpoint)
    if (whyNotSent !== undefined) throw fail(whyNotSent)
    if (path.includes('')) throw fail('that index, type and id must not be empty')
    // They would be taken for the folder itself and the one above it, and lead to another resource than the role allows.
    if (path.some((part) => /^\.{1,2}$/.test(part))) throw fail('that index, type and id must not be . or ..')
    const { account } = this.#options
    for (const { action, resource } of actionPermissions(this.#name, { endpoint, index, type, id }, homeOf(account))) {
      const whyNot = this.#parts.roles.whyNot(this.#roleArn, action, resource)
      if (whyNot !== undefined) throw fail(whyNot)
    }
    const url = new URL(`${endpoint.replace(/\/+$/, '')}/${path.map(encodeURIComponent).join('/')}`)
    const isJson = !(execution.result instanceof Uint8Array)
    if (!isJson) throw fail('that the message is no JSON, which a document has to be: encode it in the SQL')
    const request = {
      method: 'PUT',
      url,
      headers: [['content-type', 'application/json']],
      body: execution.output,
    } as const
    const scope = { service: 'es', region: account.region }
    const sent = await sendWithRetries(() =>
      signRequest(request, scope, this.#parts.clients.credentialsFor(this.#roleArn, url)),
    )
    if (!sent.isDone) throw fail(`${sent.words}${sent.body ? ` ${sent.body}` : ''}`)
  }

  async #target(execution: Execution): Promise<{ readonly endpoint: string; readonly path: readonly string[] }> {
    const path: string[] = []
    for (const template of this.#path) path.push(await render(template, execution))
    return { endpoint: await render(this.#endpoint, execution), path }
  }
}
