import { salesforceRequest } from '@thingdeck/rule-actions'
import type { ActionSettings } from '../rule-table.ts'
import type { CompiledAction, Execution } from './action.ts'
import { sendWithRetries } from './http-sender.ts'

/** Names where Salesforce is asked instead of its own hosts: those alone are what a rule can name. */
export const SALESFORCE_VARIABLE = 'THINGDECK_LOCAL_SALESFORCE_URL'

/** Posts the result to an input stream of Salesforce IoT. @see AWS IoT developer guide, "Salesforce IoT" */
export class Salesforce implements CompiledAction {
  readonly label: string
  readonly #url: string
  readonly #token: string
  readonly #origin: string | undefined
  readonly #request: ReturnType<typeof salesforceRequest>

  /** @param origin of {@link SALESFORCE_VARIABLE} */
  constructor(settings: ActionSettings<'salesforce'>, origin: string | undefined) {
    this.#url = settings.url
    this.#token = settings.token
    this.#request = salesforceRequest(settings)
    this.label = this.#request.label
    this.#origin = origin
  }

  async resources() {
    return { Url: this.#url }
  }

  async run(execution: Execution): Promise<void> {
    const { method, headers, body, fail } = await this.#request.request(execution)
    const { pathname } = new URL(this.#url)
    const sent = await sendWithRetries(async () => ({
      method,
      url: this.#origin === undefined ? new URL(this.#url) : new URL(pathname, this.#origin),
      headers: [...headers, ['authorization', `Bearer ${this.#token}`] as const],
      body,
    }))
    if (!sent.isDone) throw fail(sent.words)
  }
}
