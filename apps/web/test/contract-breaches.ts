import { type Endpoint, isDocument, ProblemBody } from '@thingdeck/contract'
import type { TSchema } from 'typebox'
import Value from 'typebox/value'

/** What the contract would not have of a request and of the answer to it, in sentences. */
export async function breachesOf(
  api: readonly Endpoint[],
  method: string,
  { pathname, searchParams }: URL,
  body: unknown,
  response: Response,
): Promise<string[]> {
  const endpoint = endpointAt(api, method, pathname)
  if (endpoint === undefined) return [`${method} ${pathname} is no endpoint`]
  const said = (what: string, schema: TSchema, value: unknown) =>
    Value.Errors(schema, value).map(
      ({ instancePath, message, params }) =>
        `${endpoint.name}: ${what}${instancePath} ${message} ${JSON.stringify(params)}`,
    )
  return [
    ...said('query', endpoint.query ?? NO_MEMBERS, queryOf(endpoint, searchParams)),
    ...(body === undefined || body === null
      ? []
      : said('body', bodySchemaOf(endpoint), bodyOf(endpoint, String(body)))),
    ...(await answerOf(endpoint, response, said)),
  ]
}

const NO_MEMBERS = { type: 'object', additionalProperties: false } satisfies TSchema

/** A path without parameters goes before one with. */
function endpointAt(api: readonly Endpoint[], method: string, pathname: string): Endpoint | undefined {
  const matching = api.filter(
    (endpoint) =>
      endpoint.method === method && new RegExp(`^${endpoint.path.replaceAll(/:\w+/g, '[^/]+')}$`).test(pathname),
  )
  return matching.find(({ params }) => params === undefined) ?? matching[0]
}

/** As the server reads it: lists where the schema has them, and texts as what they stand for. */
function queryOf({ query }: Endpoint, search: URLSearchParams): unknown {
  const lists: Readonly<Record<string, TSchema>> = query?.properties ?? {}
  const isList = (name: string) => 'type' in (lists[name] ?? {}) && (lists[name] as { type?: unknown }).type === 'array'
  const names = new Set(search.keys())
  const read = Object.fromEntries(
    [...names].map((name) => [name, isList(name) ? search.getAll(name) : search.get(name)]),
  )
  return query ? Value.Convert(query, read) : read
}

const bodySchemaOf = ({ body }: Endpoint): TSchema => (body && !isDocument(body) ? body : body ? {} : NO_MEMBERS)

const bodyOf = ({ body }: Endpoint, text: string): unknown => (body && isDocument(body) ? text : JSON.parse(text))

async function answerOf(
  { answer }: Endpoint,
  response: Response,
  said: (what: string, schema: TSchema, value: unknown) => string[],
): Promise<string[]> {
  if (!response.ok) {
    const isProblem = response.headers.get('content-type') === 'application/problem+json'
    return isProblem ? said('problem', ProblemBody, await response.json()) : [] // of a proxy, say
  }
  if (answer.kind === 'json') return said('answer', answer.schema, await response.json())
  return answer.kind === 'empty' && response.status !== 204 ? [`${response.status} is not 204`] : []
}
