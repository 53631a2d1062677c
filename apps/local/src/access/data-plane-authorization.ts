import { AwsError } from '@thingdeck/aws-api'
import type { Denial } from '../foundation/access.ts'
import { type Account, arnOf } from '../foundation/account.ts'
import type { DataPlaneNeed, DataPlaneNeeds } from '../foundation/data-plane-needs.ts'
import type { Peer } from '../foundation/peer.ts'
import type { PolicySource } from '../foundation/policy-source.ts'
import type { ThingDirectory } from '../foundation/thing-directory.ts'
import type { Publisher, Traffic } from '../foundation/traffic.ts'
import { grantOf } from './grants.ts'
import { Permissions } from './permissions.ts'
import { associatedThing, attachmentTarget } from './principal.ts'

export interface DataPlaneAuthorizationParts {
  readonly account: Account
  readonly things: ThingDirectory
  readonly policies: PolicySource
  readonly traffic: Traffic
  /** Of all services. */
  readonly needs: DataPlaneNeeds
}

/** Decides who may do what over HTTP on the data plane. */
export class DataPlaneAuthorization {
  readonly #parts: DataPlaneAuthorizationParts

  constructor(parts: DataPlaneAuthorizationParts) {
    this.#parts = parts
  }

  /**
   * HTTP has no client id, so that variables of the client and its thing have no value; the groups of a thing count
   * where the certificate is attached to it exclusively.
   * @param publisher the same peer, for whoever hears of a refusal
   * @throws {AwsError} ForbiddenException
   */
  check(peer: Peer, publisher: Publisher, operation: string, input: unknown): void {
    if (peer.principal.kind === 'root') return
    const { things, policies } = this.#parts
    const thing = associatedThing(things, attachmentTarget(peer.principal), undefined)
    const permissions = new Permissions(() => grantOf(policies, things, peer, undefined, thing))
    for (const need of this.#needsOf(operation, input)) {
      const actions = need.orAction === undefined ? [need.action] : [need.action, need.orAction]
      const denials = actions.flatMap((action) =>
        need.resources.map((resource) => this.#denial(permissions, { ...need, action }, resource)),
      )
      const explicit = denials.find((denial) => denial?.decision.decision === 'EXPLICIT_DENY')
      const denial = explicit ?? (denials.every((found) => found !== undefined) ? denials[0] : undefined)
      if (denial) throw this.#refuse(peer, publisher, denial)
    }
  }

  #needsOf(operation: string, input: unknown): readonly DataPlaneNeed[] {
    const table: Readonly<Record<string, ((input: never) => readonly DataPlaneNeed[]) | undefined>> = this.#parts.needs
    const needs = table[operation]
    // An operation that nobody has said anything about is nobody's but the administrator's.
    if (!needs) return [{ action: `iot:${operation}`, resources: ['*'] }]
    return needs(input as never) // the operation's name says which input it is
  }

  #denial(permissions: Permissions, { action, context }: DataPlaneNeed, resource: string): Denial | undefined {
    return permissions.denial(action, resource === '*' ? '*' : arnOf(this.#parts.account, 'iot', resource), context)
  }

  #refuse({ principal }: Peer, publisher: Publisher, { action, resource, reason, decision }: Denial): AwsError {
    const statement = decision.denied[0]
    const who = 'arn' in principal && principal.kind !== 'certificate' ? principal.arn : principal.principalId
    const refusal = { principal: who, action, resource, reason, ...(statement && { statement }) }
    this.#parts.traffic.refused.tell({ refusal, publisher })
    return new AwsError('ForbiddenException', `${who} is not authorized to perform ${action} on ${resource}`)
  }
}
