import type { ActionFailure } from '@thingdeck/rule-actions'
import type { CompiledAction, Execution } from './actions/action.ts'

/** An action that was not done. */
export interface Failure {
  readonly action: CompiledAction
  /** What it was to be done to, where that is known. */
  readonly resource: string
  readonly message: string
  /** Where the message was sent with others: the failure of all of them. */
  readonly ofBatch?: ActionFailure | undefined
}

/** Messages whose failures are told in one document. */
export interface FailedTogether {
  readonly executions: readonly Execution[]
  readonly failures: readonly { readonly failure: Failure; readonly affected: readonly Execution[] }[]
  readonly isAcrossTopics: boolean
}

interface Arrivals {
  /** How many messages of the batch are still busy with other actions. */
  missing: number
  /** Those whose failures are told with this batch's. */
  readonly own: { readonly execution: Execution; readonly failures: readonly Failure[] }[]
}

/**
 * Waits until all messages of a batch that failed have ended all of their actions: a batch, and what else failed for
 * some of its messages, share one document. A message of two batches is told of with the first.
 * @see AWS IoT developer guide, "HTTP" action, "Batching"
 */
export class FailedBatches {
  readonly #arrivals = new WeakMap<ActionFailure, Arrivals>()

  /** @returns what can be told now that this message has ended */
  add(execution: Execution, failures: readonly Failure[]): readonly FailedTogether[] {
    const batches = [...new Set(failures.flatMap(({ ofBatch }) => (ofBatch ? [ofBatch] : [])))]
    return batches.flatMap((batch, index) => {
      const arrivals = this.#arrivals.get(batch) ?? { missing: batch.batch?.size ?? 1, own: [] }
      this.#arrivals.set(batch, arrivals)
      arrivals.missing -= 1
      if (index === 0) arrivals.own.push({ execution, failures })
      if (arrivals.missing > 0 || arrivals.own.length === 0) return []
      return [{ ...together(arrivals.own), isAcrossTopics: batch.batch?.isAcrossTopics === true }]
    })
  }
}

/** The same failure of several messages is told once. */
function together(own: Arrivals['own']): Omit<FailedTogether, 'isAcrossTopics'> {
  const byReason = new Map<unknown, { failure: Failure; affected: Execution[] }>()
  for (const { execution, failures } of own) {
    for (const failure of failures) {
      const reason = failure.ofBatch ?? JSON.stringify([failure.action.label, failure.resource, failure.message])
      const known = byReason.get(reason)
      if (known) known.affected.push(execution)
      else byReason.set(reason, { failure, affected: [execution] })
    }
  }
  return { executions: own.map(({ execution }) => execution), failures: [...byReason.values()] }
}
