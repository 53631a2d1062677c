import { type IoTClient, ListTargetsForPolicyCommand } from '@aws-sdk/client-iot'
import type { Clock } from '../clock.ts'
import { isNamed } from './error-name.ts'
import { KeptReads } from './kept-reads.ts'
import { Pace } from './pace.ts'
import { type LookedPolicies, PolicyDocuments } from './policy-documents.ts'

/** AWS takes 10 GetPolicy and 10 ListTargetsForPolicy a second of an account: half of them are left to others. */
const PER_SECOND = 5
const TARGETS_KEPT_MS = 30_000
/** So many targets of a policy are named. */
const NAMED_TARGETS = 100

/** What a policy is attached to. */
export interface PolicyTargets {
  /** ARNs of certificates and thing groups, or ids of Cognito identities. */
  readonly targets: readonly string[]
  /** More than are named. */
  readonly hasMoreTargets: boolean
}

/** Looks through the policies of the account for those that say something: AWS cannot search for them. */
export class PolicyLooks {
  readonly #iot: IoTClient
  readonly #pace: Pace
  readonly #documents: PolicyDocuments
  readonly #targets: KeptReads<PolicyTargets>

  constructor(iot: IoTClient, clock: Clock) {
    this.#iot = iot
    this.#pace = new Pace(clock, PER_SECOND)
    this.#documents = new PolicyDocuments(iot, clock, this.#pace)
    this.#targets = new KeptReads(clock, TARGETS_KEPT_MS, 256)
  }

  /** What is known of their documents by now. Errors are AWS's own. */
  documents(): Promise<LookedPolicies> {
    return this.#documents.look()
  }

  /** None of a policy that is gone. Other errors are AWS's own. */
  targetsOf(policyName: string): Promise<PolicyTargets> {
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
