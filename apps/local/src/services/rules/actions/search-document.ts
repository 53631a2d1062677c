import { searchRequest } from '@thingdeck/rule-actions'
import type { RoleChecks } from '../rule-roles.ts'
import type { ActionSettings } from '../rule-table.ts'
import type { ActionOptions, CompiledAction, Execution } from './action.ts'
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
  readonly #parts: SearchParts
  readonly #region: string
  readonly #roleArn: string
  readonly #request: ReturnType<typeof searchRequest>

  constructor(
    name: 'openSearch' | 'elasticsearch',
    parts: SearchParts,
    settings: SearchSettings,
    options: ActionOptions,
  ) {
    this.#request = searchRequest(name, settings, options)
    this.label = this.#request.label
    this.#parts = parts
    this.#region = options.account.region
    this.#roleArn = settings.roleArn
  }

  async resources(execution: Execution) {
    const { endpoint, index, type, id } = await this.#request.target(execution)
    return { Endpoint: endpoint, Index: index, Type: type, Id: id }
  }

  async run(execution: Execution): Promise<void> {
    const { permissions, fail, url: address, ...rest } = await this.#request.request(execution)
    for (const { action, resource } of permissions) {
      const whyNot = this.#parts.roles.whyNot(this.#roleArn, action, resource)
      if (whyNot !== undefined) throw fail(whyNot)
    }
    const url = new URL(address)
    const scope = { service: 'es', region: this.#region }
    const sent = await sendWithRetries(() =>
      signRequest({ ...rest, url }, scope, this.#parts.clients.credentialsFor(this.#roleArn, url)),
    )
    if (!sent.isDone) throw fail(`${sent.words}${sent.body ? ` ${sent.body}` : ''}`)
  }
}
