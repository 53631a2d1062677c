import { type IoTClient, ListTargetsForPolicyCommand } from '@aws-sdk/client-iot'
import type { RoleAliasPolicy, RoleAliasUsers } from '@thingdeck/contract'
import { compilePolicies, evaluate, MalformedPolicyError, parsePolicyDocument } from '@thingdeck/policies'
import { isNamed } from '../../aws/error-name.ts'
import { KeptReads } from '../../aws/kept-reads.ts'
import { Pace } from '../../aws/pace.ts'
import type { Clock } from '../../clock.ts'
import { ASSUME_ROLE } from './assume-role.ts'
import { PolicyDocuments } from './policy-documents.ts'

/** AWS takes 10 GetPolicy and 10 ListTargetsForPolicy a second of an account: half of them are left to others. */
const PER_SECOND = 5
const TARGETS_KEPT_MS = 30_000
/** So many targets of a policy are named. */
const NAMED_TARGETS = 100

/** Which policies let whom use a role alias. */
export class RoleAliasPolicies {
  readonly #iot: IoTClient
  readonly #pace: Pace
  readonly #documents: PolicyDocuments
  readonly #targets: KeptReads<Pick<RoleAliasPolicy, 'targets' | 'hasMoreTargets'>>

  constructor(iot: IoTClient, clock: Clock) {
    this.#iot = iot
    this.#pace = new Pace(clock, PER_SECOND)
    this.#documents = new PolicyDocuments(iot, clock, this.#pace)
    this.#targets = new KeptReads(clock, TARGETS_KEPT_MS, 256)
  }

  /** What is known by now. Errors are AWS's own. */
  async usersOf(roleAliasArn: string): Promise<RoleAliasUsers> {
    const { documents, ...progress } = await this.#documents.look()
    const speaking = [...documents].flatMap(([policyName, text]) => {
      const effect = effectOf(policyName, text, roleAliasArn)
      return effect === undefined ? [] : [{ policyName, effect }]
    })
    const policies = await Promise.all(
      speaking.map(async (policy) => ({ ...policy, ...(await this.#targetsOf(policy.policyName)) })),
    )
    return {
      looked: progress.looked,
      listed: progress.listed,
      isOver: progress.isOver,
      isAll: progress.isAll,
      policies: policies.sort((one, other) => (one.policyName < other.policyName ? -1 : 1)),
    }
  }

  #targetsOf(policyName: string) {
    return this.#targets.read(policyName, async () => {
      await this.#pace.turn()
      try {
        const { targets = [], nextMarker } = await this.#iot.send(
          new ListTargetsForPolicyCommand({ policyName, pageSize: NAMED_TARGETS }),
        )
        return { targets, hasMoreTargets: nextMarker !== undefined }
      } catch (error) {
        if (isNamed(error, 'ResourceNotFoundException')) return { targets: [], hasMoreTargets: false }
        throw error
      }
    })
  }
}

/** What a policy says of an alias, whoever asks; undefined: nothing. */
export function effectOf(
  policyName: string,
  text: string,
  roleAliasArn: string,
): RoleAliasPolicy['effect'] | undefined {
  try {
    const compiled = compilePolicies([{ policyName, document: parsePolicyDocument(text) }])
    const { decision, nearMisses } = evaluate(compiled, { action: ASSUME_ROLE, resource: roleAliasArn })
    if (decision === 'ALLOWED') return 'allows'
    if (decision === 'EXPLICIT_DENY') return 'denies'
    return nearMisses.some(({ reason }) => reason === 'CONDITION' || reason === 'UNRESOLVED_VARIABLE')
      ? 'depends'
      : undefined
  } catch (error) {
    if (error instanceof MalformedPolicyError) return undefined // AWS took it: it says more than this parser knows
    throw error
  }
}
