import {
  type ClientRequest,
  compilePolicies,
  decideRequest,
  parsePolicyDocument,
  type RequestDecision,
  requestContext,
} from '../../src/index.ts'

/** What the ARNs of the account begin with that the AWS IoT guide writes about. */
export const ARN = 'arn:aws:iot:us-east-1:123456789012'
export const THING = '${iot:Connection.Thing.ThingName}'

export type Statement = Readonly<Record<string, unknown>>

export const allow = (Action: string | string[], tails: string | string[], Condition?: object): Statement => ({
  Effect: 'Allow',
  Action,
  Resource: [tails].flat().map((tail) => (tail === '*' ? '*' : `${ARN}:${tail}`)),
  ...(Condition && { Condition }),
})
export const deny = (...args: Parameters<typeof allow>): Statement => ({ ...allow(...args), Effect: 'Deny' })

/** Who asks. */
export interface Who {
  readonly clientId?: string
  /** The certificate is attached to the thing of the client id's name, which has these attributes. */
  readonly thing?: { readonly type?: string; readonly attributes?: Readonly<Record<string, string>> }
  readonly isHttps?: boolean
  /** Values of the certificate, or of any other key. */
  readonly certificate?: Readonly<Record<string, string | readonly string[]>>
  readonly sourceIp?: string
}

export const DEFAULT_CLIENT_ID = 'clientid1'

export const connect = (clientId = DEFAULT_CLIENT_ID, more: object = {}): ClientRequest => ({
  kind: 'connect',
  clientId,
  ...more,
})
export const publish = (topic: string, retain = false): ClientRequest => ({ kind: 'publish', topic, retain })
export const subscribe = (topicFilter: string): ClientRequest => ({ kind: 'subscribe', topicFilter })
export const receive = (topic: string): ClientRequest => ({ kind: 'receive', topic })
export const operation = (action: string, ...resources: string[]): ClientRequest => ({
  kind: 'operation',
  need: { action, resources },
})
export const willOf = (topic: string, retain = false) => ({ will: { topic, retain } })

/** One case: what it is about, the statements of one policy, who asks for what, and whether it is allowed. */
export type GuideRow = readonly [
  what: string,
  statements: readonly object[],
  who: Who,
  request: ClientRequest,
  allowed: boolean,
]

/** Decides as the broker does. */
export function decideGuideCase(statements: readonly object[], who: Who, request: ClientRequest): RequestDecision {
  const { clientId = DEFAULT_CLIENT_ID, thing, isHttps = false, certificate = {}, sourceIp } = who
  const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements })
  const policies = statements.length === 0 ? [] : [{ policyName: 'p', document: parsePolicyDocument(policyDocument) }]
  const facts = {
    principal: { kind: 'certificate' as const, context: certificate },
    thing: thing && { thingName: clientId, thingTypeName: thing.type, attributes: thing.attributes ?? {} },
  }
  return decideRequest(
    {
      policies: compilePolicies(policies),
      context: requestContext(facts, isHttps ? undefined : clientId, { sourceIp }),
      arnOf: (resource) => `${ARN}:${resource}`,
    },
    request,
  )
}
