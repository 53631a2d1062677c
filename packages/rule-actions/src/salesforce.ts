import { ActionFailure } from './action-error.ts'
import type { MatchedMessage } from './execution.ts'
import type { HttpRequest } from './http.ts'
import type { SalesforceSettings } from './settings.ts'

/** Without the token, which whoever sends it adds. */
export interface SalesforceRequest extends HttpRequest {
  fail(why: string): ActionFailure
}

/** Posts the result to an input stream of Salesforce IoT. @see AWS IoT developer guide, "Salesforce IoT" */
export const salesforceRequest = ({ url }: SalesforceSettings) => ({
  label: 'SalesforceAction',
  /** @throws {ActionFailure} */
  request: async ({ result, output, input }: MatchedMessage): Promise<SalesforceRequest> => {
    const fail = (why: string) =>
      new ActionFailure(
        url,
        `Failed to send message to Salesforce. The error received was ${why}. Message arrived on: ${input.message.topic}, Action: salesforce, Url: ${url}`,
      )
    if (result instanceof Uint8Array) throw fail('that the message is no JSON: encode it in the SQL')
    return { method: 'POST', url, headers: [['content-type', 'application/json']], body: output, fail }
  },
})
