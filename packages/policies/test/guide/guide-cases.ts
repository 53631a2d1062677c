import type { ClientRequest, ContextValue } from '../../src/index.ts'
import { BROKER_PAGES } from './broker-pages.ts'
import { CONDITION_ROWS } from './condition-rows.ts'
import { EVALUATION_ROWS, type EvaluationRow } from './evaluation-rows.ts'
import { EXAMPLE_ROWS } from './example-policies.ts'
import { allow, connect, DEFAULT_CLIENT_ID, type GuideRow, operation, publish, subscribe } from './guide-case.ts'

/** All cases of AWS's guides that a client can ask: one policy, who asks for what, and whether it is allowed. */
export const GUIDE_ROWS: readonly GuideRow[] = [
  ...Object.values(BROKER_PAGES).flat(),
  ...EXAMPLE_ROWS,
  ...EVALUATION_ROWS.map(asClient).filter((row) => row !== undefined),
  ...CONDITION_ROWS.map(([operator, values, actual, holds]): GuideRow => {
    const condition = { [operator]: { key: values } }
    const certificate = actual === undefined ? {} : { key: textsOf(actual) }
    const what = `${operator} ${JSON.stringify(values)} of ${actual === undefined ? 'nothing' : JSON.stringify(actual)}`
    return [what, [allow('iot:Connect', '*', condition)], { certificate }, connect(), holds]
  }),
]

/** What a client would do to be asked this; undefined where none can: there is no empty topic. */
function asClient([what, statements, action, resource, context, decision]: EvaluationRow): GuideRow | undefined {
  const { 'iot:ClientId': clientId, ...values }: Readonly<Record<string, ContextValue | undefined>> =
    context instanceof Map ? Object.fromEntries(context) : context
  const certificate = Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, textsOf(value)]])),
  )
  const request = requestOf(action, resource)
  if (!request) return
  const isKnown = typeof clientId === 'string'
  return [
    what,
    statements,
    { certificate, ...(isKnown ? { clientId } : { isHttps: request.kind === 'publish' }) },
    request,
    decision === 'ALLOWED',
  ]
}

function requestOf(action: string, resource: string): ClientRequest | undefined {
  const on = resource.slice(resource.indexOf('/') + 1)
  if (on === '') return
  switch (action) {
    case 'iot:Connect':
      return connect(on)
    case 'iot:Publish':
      return publish(on)
    case 'iot:Subscribe':
      return subscribe(on)
    default:
      return operation(action, resource)
  }
}

/** A context has texts: what else there is is written as one. */
function textsOf(value: ContextValue): string | readonly string[] {
  return typeof value === 'object' ? value.map(String) : String(value)
}

/** The same as a file of cases, as the console's simulator opens it. */
export const guideCaseFile = (): string =>
  JSON.stringify({
    cases: GUIDE_ROWS.map(([what, statements, who, request, allowed]) => {
      const { clientId = DEFAULT_CLIENT_ID, thing, isHttps, certificate, sourceIp } = who
      return {
        what,
        policies: statements.length === 0 ? [] : [{ Version: '2012-10-17', Statement: statements }],
        clientId,
        ...(thing && { thing: { name: clientId, type: thing.type, attributes: thing.attributes } }),
        values: certificate,
        sourceIp,
        ...(isHttps === true && { over: 'https' }),
        ...askedOf(request),
        expect: allowed ? 'ALLOWED' : 'DENIED',
      }
    }),
  })

/** The check of a request, and what a CONNECT has besides. */
function askedOf(request: ClientRequest): object {
  switch (request.kind) {
    case 'connect':
      return { check: `iot:Connect ${request.clientId}`, persistent: request.isPersistent, will: request.will }
    case 'publish':
      return { check: `${request.retain ? 'iot:RetainPublish' : 'iot:Publish'} ${request.topic}` }
    case 'subscribe':
      return { check: `iot:Subscribe ${request.topicFilter}` }
    case 'receive':
      return { check: `iot:Receive ${request.topic}` }
    case 'operation': {
      const { action, resources } = request.need
      const [resource = ''] = resources
      return { check: resource === '*' ? action : `${action} ${resource.slice(resource.indexOf('/') + 1)}` }
    }
  }
}
