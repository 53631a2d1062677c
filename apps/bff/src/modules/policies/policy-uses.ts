import { GetPolicyCommand, type IoTClient, ListTargetsForPolicyCommand } from '@aws-sdk/client-iot'
import type { PolicyUse } from '@thingdeck/contract'
import { isNamed } from '../../aws/error-name.ts'
import { Pace } from '../../aws/pace.ts'
import { SharedReads } from '../../aws/shared-reads.ts'
import type { Clock } from '../../clock.ts'

/** AWS takes 10 GetPolicy and 10 ListTargetsForPolicy a second of an account: some are left to others. */
const PER_SECOND = 7

/** Asks AWS for what a list says of its policies, one after the other; who asks for the same at once shares an answer. */
export class PolicyUses {
  readonly #iot: IoTClient
  readonly #pace: Pace
  readonly #shared = new SharedReads<PolicyUse | undefined>()

  constructor(iot: IoTClient, clock: Clock) {
    this.#iot = iot
    this.#pace = new Pace(clock, PER_SECOND)
  }

  /** In the order of the names, without those that are gone. Errors are AWS's own. */
  async of(policyNames: readonly string[], signal?: AbortSignal): Promise<readonly PolicyUse[]> {
    const uses = policyNames.map((name) => this.#shared.read(name, (until) => this.#read(name, until), signal))
    return (await Promise.all(uses)).filter((use) => use !== undefined)
  }

  async #read(policyName: string, signal: AbortSignal): Promise<PolicyUse | undefined> {
    await this.#pace.turn(signal)
    try {
      const [{ defaultVersionId = '', lastModifiedDate }, { targets = [], nextMarker }] = await Promise.all([
        this.#iot.send(new GetPolicyCommand({ policyName }), { abortSignal: signal }),
        this.#iot.send(new ListTargetsForPolicyCommand({ policyName, pageSize: 250 }), { abortSignal: signal }),
      ])
      return {
        policyName,
        defaultVersionId,
        ...(lastModifiedDate && { changedAt: lastModifiedDate.toISOString() }),
        targets: targets.length,
        hasMoreTargets: nextMarker !== undefined && nextMarker !== '',
      }
    } catch (error) {
      if (isNamed(error, 'ResourceNotFoundException')) return undefined
      throw error
    }
  }
}
