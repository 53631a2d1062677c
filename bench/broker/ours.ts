/** Our broker as a process, with AWS IoT policies enforced on every publish, subscription and delivery. */
import { createBroker, preferShortPauses } from '../../packages/broker/src/index.ts'
import {
  bindPolicies,
  type CompiledPolicies,
  compilePolicies,
  fastAllows,
  parsePolicyDocument,
} from '../../packages/policies/src/index.ts'
import { listen } from './listen.ts'

preferShortPauses() // as the embedded server does

const ACCOUNT = 'arn:aws:iot:eu-central-1:123456789012'
const DOCUMENT = {
  Version: '2012-10-17',
  Statement: [
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: policy variables, not template literals
    { Effect: 'Allow', Action: 'iot:Connect', Resource: `${ACCOUNT}:client/\${iot:ClientId}` },
    { Effect: 'Deny', Action: 'iot:*', Resource: [`${ACCOUNT}:topic/secret/*`, `${ACCOUNT}:topicfilter/secret/*`] },
    { Effect: 'Allow', Action: 'iot:Publish', Resource: `${ACCOUNT}:topic/bench/\${iot:ClientId}/*` },
    { Effect: 'Allow', Action: 'iot:Subscribe', Resource: `${ACCOUNT}:topicfilter/bench/*` },
    { Effect: 'Allow', Action: 'iot:Receive', Resource: `${ACCOUNT}:topic/bench/*` },
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above
  ],
}
const policies = compilePolicies([{ policyName: 'bench', document: parsePolicyDocument(JSON.stringify(DOCUMENT)) }])

/** A connection's decisions, each made once: its policies do not change in this benchmark. */
class Permissions {
  readonly #policies: CompiledPolicies
  readonly #publish = new Map<string, boolean>()
  readonly #receive = new Map<string, boolean>()

  constructor(clientId: string) {
    this.#policies = bindPolicies(policies, { 'iot:ClientId': clientId })
  }

  mayConnect(clientId: string): boolean {
    return fastAllows(this.#policies, 'iot:Connect', `${ACCOUNT}:client/${clientId}`)
  }

  mayPublish(topic: string): boolean {
    return this.#may(this.#publish, 'iot:Publish', topic)
  }

  mayReceive(topic: string): boolean {
    return this.#may(this.#receive, 'iot:Receive', topic)
  }

  maySubscribe(filter: string): boolean {
    return fastAllows(this.#policies, 'iot:Subscribe', `${ACCOUNT}:topicfilter/${filter}`)
  }

  #may(known: Map<string, boolean>, action: string, topic: string): boolean {
    let allowed = known.get(topic)
    if (allowed === undefined) {
      allowed = fastAllows(this.#policies, action, `${ACCOUNT}:topic/${topic}`)
      if (known.size >= 1000) known.clear()
      known.set(topic, allowed)
    }
    return allowed
  }
}

const broker = createBroker<Permissions>({
  hooks: {
    authenticate: ({ clientId }) => {
      const context = new Permissions(clientId)
      return context.mayConnect(clientId) ? { ok: true, context } : { ok: false, reason: 'NOT_AUTHORIZED' }
    },
    authorizePublish: ({ context }, topic, retain) => !retain && context.mayPublish(topic),
    authorizeSubscribe: ({ context }, filter) => context.maySubscribe(filter),
    authorizeReceive: ({ context }, topic) => context.mayReceive(topic),
  },
  limits:
    process.argv[3] === 'bounded'
      ? {}
      : {
          inboundPublishesPerSecond: Number.POSITIVE_INFINITY,
          outboundPublishesPerSecond: Number.POSITIVE_INFINITY,
          inboundBytesPerSecond: Number.POSITIVE_INFINITY,
        },
  onError: (error) => console.error(error),
})

listen((socket, kind) => {
  const { remoteAddress = '', remotePort = 0, localAddress = '', localPort = 0 } = socket
  broker.accept(socket, { kind, remoteAddress, remotePort, localAddress, localPort, identity: undefined })
})
