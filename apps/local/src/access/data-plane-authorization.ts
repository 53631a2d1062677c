import type * as sdk from '@aws-sdk/client-iot-data-plane'
import { AwsError, type Input, type OperationName } from '@thingdeck/aws-api'
import { type Account, arnOf } from '../foundation/account.ts'
import type { Registry } from '../services/registry/registry.ts'
import { grantOf, type PolicySource } from './grants.ts'
import { type Denial, Permissions } from './permissions.ts'
import { associatedThing, attachmentTarget, type Peer } from './principal.ts'
import type { Refusals } from './refusals.ts'

/** What an operation needs: all of it, where for each need one of several resources is enough. */
interface Need {
  readonly action: string
  readonly resources: readonly string[]
  readonly context?: Readonly<Record<string, string>>
}

type Needs = { readonly [Name in OperationName<typeof sdk>]: (input: Input<typeof sdk, Name>) => Need[] }

/**
 * Actions and resources of the data plane.
 * @see Service Authorization Reference, "Actions, resources, and condition keys for AWS IoT"
 */
const NEEDS: Needs = {
  Publish: ({ topic, retain }) => [
    { action: 'iot:Publish', resources: [`topic/${topic}`] },
    ...(retain ? [{ action: 'iot:RetainPublish', resources: [`topic/${topic}`] }] : []),
  ],
  GetRetainedMessage: ({ topic }) => [{ action: 'iot:GetRetainedMessage', resources: [`topic/${topic}`] }],
  ListRetainedMessages: () => [{ action: 'iot:ListRetainedMessages', resources: ['*'] }],
  GetThingShadow: (input) => [{ action: 'iot:GetThingShadow', resources: shadowResources(input) }],
  UpdateThingShadow: (input) => [{ action: 'iot:UpdateThingShadow', resources: shadowResources(input) }],
  DeleteThingShadow: (input) => [{ action: 'iot:DeleteThingShadow', resources: shadowResources(input) }],
  // The guide and the reference disagree about the resource: either will do.
  ListNamedShadowsForThing: ({ thingName }) => [
    { action: 'iot:ListNamedShadowsForThing', resources: [`thing/${thingName}`, '*'] },
  ],
  GetConnection: ({ clientId, includeSocketInformation = false }) => [
    {
      action: 'iot:GetConnection',
      resources: [`client/${clientId}`],
      context: { 'iot:IncludeSocketInformation': String(includeSocketInformation) },
    },
  ],
  ListSubscriptions: ({ clientId }) => [{ action: 'iot:ListSubscriptions', resources: [`client/${clientId}`] }],
  SendDirectMessage: ({ clientId, topic }) => [
    { action: 'iot:SendDirectMessage', resources: [`client/${clientId}`], context: { 'iot:Topic': topic } },
  ],
  DeleteConnection: ({ clientId }) => [{ action: 'iot:DeleteConnection', resources: [`client/${clientId}`] }],
}

/** A named shadow is `thing/T/S`, and also falls under what is said of `thing/T`. */
function shadowResources({ thingName, shadowName }: { thingName: string; shadowName?: string | undefined }): string[] {
  return shadowName === undefined ? [`thing/${thingName}`] : [`thing/${thingName}/${shadowName}`, `thing/${thingName}`]
}

/** Decides who may do what over HTTP on the data plane. */
export class DataPlaneAuthorization {
  readonly #account: Account
  readonly #registry: Registry
  readonly #policies: PolicySource
  readonly #refusals: Refusals

  constructor(account: Account, registry: Registry, policies: PolicySource, refusals: Refusals) {
    this.#account = account
    this.#registry = registry
    this.#policies = policies
    this.#refusals = refusals
  }

  /**
   * HTTP has no client id, so that variables of the client and its thing have no value; the groups of a thing count
   * where the certificate is attached to it exclusively.
   * @throws {AwsError} ForbiddenException
   */
  check(peer: Peer, operation: string, input: unknown): void {
    if (peer.principal.kind === 'root') return
    const thing = associatedThing(this.#registry, attachmentTarget(peer.principal), undefined)
    const permissions = new Permissions(() => grantOf(this.#policies, this.#registry, peer, undefined, thing))
    for (const need of needsOf(operation, input)) {
      const denials = need.resources.map((resource) => this.#denial(permissions, need, resource))
      const explicit = denials.find((denial) => denial?.decision.decision === 'EXPLICIT_DENY')
      const denial = explicit ?? (denials.every((found) => found !== undefined) ? denials[0] : undefined)
      if (denial) throw this.#refuse(peer, denial)
    }
  }

  #denial(permissions: Permissions, { action, context }: Need, resource: string): Denial | undefined {
    return permissions.denial(action, resource === '*' ? '*' : arnOf(this.#account, 'iot', resource), context)
  }

  #refuse({ principal }: Peer, { action, resource, reason, decision }: Denial): AwsError {
    const statement = decision.denied[0]
    const who = principal.kind === 'certificate' ? principal.principalId : principal.arn
    this.#refusals.tell({ principal: who, action, resource, reason, ...(statement && { statement }) })
    return new AwsError('ForbiddenException', `${who} is not authorized to perform ${action} on ${resource}`)
  }
}

function needsOf(operation: string, input: unknown): Need[] {
  const table: Readonly<Record<string, ((input: never) => Need[]) | undefined>> = NEEDS
  const needs = table[operation]
  // An operation that nobody has said anything about is nobody's but the administrator's.
  if (!needs) return [{ action: `iot:${operation}`, resources: ['*'] }]
  return needs(input as never) // the operation's name says which input it is
}
