import { AwsError } from '@thingdeck/aws-api'
import type { Peer } from '../foundation/peer.ts'
import type { PolicySource } from '../foundation/policy-source.ts'
import type { Publisher, Refusal, Traffic } from '../foundation/traffic.ts'
import { Permissions } from './permissions.ts'
import { policyContext } from './principal.ts'

/** What somebody asks for. */
export interface ControlPlaneRequest {
  /** e.g. `iot:CreateThing` */
  readonly action: string
  /** ARNs, or `*`: all of them must be allowed. */
  readonly resources: readonly string[]
  /** Values for condition keys of this request. */
  readonly context?: Readonly<Record<string, string>> | undefined
}

/** Decides who may do what on the control plane: the administrator everything, a role what its IAM policies allow. */
export class ControlPlaneAuthorization {
  readonly #policies: PolicySource
  readonly #traffic: Traffic

  constructor(policies: PolicySource, traffic: Traffic) {
    this.#policies = policies
    this.#traffic = traffic
  }

  /**
   * @param publisher the same peer, for whoever hears of a refusal
   * @throws {AwsError} AccessDeniedException
   */
  check(peer: Peer, publisher: Publisher, { action, resources, context = {} }: ControlPlaneRequest): void {
    const { principal } = peer
    if (principal.kind === 'root') return
    if (principal.kind === 'certificate' || principal.kind === 'custom-auth') {
      const isCertificate = principal.kind === 'certificate'
      throw this.#refuse(publisher, {
        principal: isCertificate ? principal.arn : principal.principalId,
        action,
        resource: resources[0] ?? '*',
        reason: `${isCertificate ? 'A device certificate' : 'Custom authentication'} is good for the data plane only.`,
      })
    }
    const { roleName, arn } = principal
    const permissions = new Permissions(() => ({
      sets: [{ policies: this.#policies.rolePolicies(roleName) }],
      context: new Map([...policyContext(peer, undefined, undefined), ...Object.entries(context)]),
    }))
    for (const resource of resources) {
      const denial = permissions.denial(action, resource)
      if (denial) throw this.#refuse(publisher, { principal: arn, action, resource, reason: denial.reason })
    }
  }

  #refuse(publisher: Publisher, refusal: Refusal): AwsError {
    this.#traffic.refused.tell({ refusal, publisher })
    const { principal, action, resource } = refusal
    return new AwsError(
      'AccessDeniedException',
      `User: ${principal} is not authorized to perform: ${action} on resource: ${resource}`,
    )
  }
}
