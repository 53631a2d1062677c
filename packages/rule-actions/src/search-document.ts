import { actionPermissions, type RulePermission } from '@thingdeck/rules-sql'
import { ActionFailure, InvalidAction } from './action-error.ts'
import { type ActionOptions, type MatchedMessage, render } from './execution.ts'
import type { HttpRequest } from './http.ts'
import { whyNotUrl } from './outgoing-url.ts'
import type { SearchSettings } from './settings.ts'

/** A document, and where it is put: endpoint, index, type and id. */
export interface SearchRequest extends HttpRequest {
  readonly permissions: readonly RulePermission[]
  /** The failure of the request, in the action's words. */
  fail(why: string): ActionFailure
}

/**
 * Puts a document into an index. @see AWS IoT developer guide, "OpenSearch"
 * @throws {InvalidAction} for an endpoint that cannot be
 */
export function searchRequest(name: 'openSearch' | 'elasticsearch', settings: SearchSettings, options: ActionOptions) {
  const endpointTemplate = options.template('endpoint', settings.endpoint)
  const whyNot = endpointTemplate.isConstant ? whyNotUrl(settings.endpoint) : undefined
  if (whyNot !== undefined) throw new InvalidAction(`${options.place}.endpoint: ${whyNot}.`)
  const templates = (['index', 'type', 'id'] as const).map((member) => options.template(member, settings[member]))
  const target = async (message: MatchedMessage) => {
    const [index = '', type = '', id = ''] = await Promise.all(templates.map((template) => render(template, message)))
    return { endpoint: await render(endpointTemplate, message), index, type, id }
  }
  return {
    label: name === 'openSearch' ? 'OpenSearchAction' : 'ElasticsearchAction',
    target,
    /** @throws {ActionFailure} */
    request: async (message: MatchedMessage): Promise<SearchRequest> => {
      const { endpoint, index, type, id } = await target(message)
      const path = [index, type, id]
      const fail = (why: string) =>
        new ActionFailure(
          endpoint,
          `Failed to put ${name === 'openSearch' ? 'OpenSearch' : 'Elasticsearch'} document. The error received was ${why}. ` +
            `Message arrived on: ${message.input.message.topic}, Action: ${name}, Endpoint: ${endpoint}, Index: ${index}, Type: ${type}, Id: ${id}`,
        )
      const whyNotSent = whyNotUrl(endpoint)
      if (whyNotSent !== undefined) throw fail(whyNotSent)
      if (path.includes('')) throw fail('that index, type and id must not be empty')
      // They would be taken for the folder itself and the one above it, and lead to another resource than the role allows.
      if (path.some((part) => /^\.{1,2}$/.test(part))) throw fail('that index, type and id must not be . or ..')
      if (message.result instanceof Uint8Array) {
        throw fail('that the message is no JSON, which a document has to be: encode it in the SQL')
      }
      return {
        method: 'PUT',
        url: `${endpoint.replace(/\/+$/, '')}/${path.map(encodeURIComponent).join('/')}`,
        headers: [['content-type', 'application/json']],
        body: message.output,
        permissions: actionPermissions(name, { endpoint, index, type, id }, options.home),
        fail,
      }
    },
  }
}
