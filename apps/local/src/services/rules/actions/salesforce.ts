import type { ActionSettings } from '../rule-table.ts'
import { ActionFailure, type CompiledAction, type Execution } from './action.ts'
import { sendWithRetries } from './http-sender.ts'

/** Names where Salesforce is asked instead of its own hosts: those alone are what a rule can name. */
export const SALESFORCE_VARIABLE = 'THINGDECK_LOCAL_SALESFORCE_URL'

/** Posts the result to an input stream of Salesforce IoT. @see AWS IoT developer guide, "Salesforce IoT" */
export class Salesforce implements CompiledAction {
  readonly label = 'SalesforceAction'
  readonly #url: string
  readonly #token: string
  readonly #origin: string | undefined

  /** @param origin of {@link SALESFORCE_VARIABLE} */
  constructor({ url, token }: ActionSettings<'salesforce'>, origin: string | undefined) {
    this.#url = url
    this.#token = token
    this.#origin = origin
  }

  async resources() {
    return { Url: this.#url }
  }

  async run({ result, output, input }: Execution): Promise<void> {
    const fail = (why: string) =>
      new ActionFailure(
        this.#url,
        `Failed to send message to Salesforce. The error received was ${why}. Message arrived on: ${input.message.topic}, Action: salesforce, Url: ${this.#url}`,
      )
    if (result instanceof Uint8Array) throw fail('that the message is no JSON: encode it in the SQL')
    const { pathname } = new URL(this.#url)
    const sent = await sendWithRetries(async () => ({
      method: 'POST',
      url: this.#origin === undefined ? new URL(this.#url) : new URL(pathname, this.#origin),
      headers: [
        ['content-type', 'application/json'],
        ['authorization', `Bearer ${this.#token}`],
      ],
      body: output,
    }))
    if (!sent.isDone) throw fail(sent.words)
  }
}
