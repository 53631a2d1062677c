import { AwsError, type Call } from '@thingdeck/aws-api'
import type { Caller } from './foundation/caller.ts'
import type { Clock } from './foundation/clock.ts'
import { outcomeOfError } from './foundation/error-outcome.ts'
import { SUCCESS } from './foundation/outcome.ts'
import type { HandlerTable } from './foundation/service.ts'
import { sourceOf } from './foundation/source-of.ts'
import { httpPublisher, type Publisher, type Traffic } from './foundation/traffic.ts'

/** Tells traffic how operations of the data plane ended. */
export class OperationsTold {
  readonly #traffic: Traffic
  readonly #clock: Clock

  constructor(traffic: Traffic, clock: Clock) {
    this.#traffic = traffic
    this.#clock = clock
  }

  /** The same handlers, whose ends are told. */
  of(handlers: HandlerTable): HandlerTable {
    return Object.fromEntries(
      Object.entries(handlers).map(([operation, handler]) => [
        operation,
        handler && (async (input: unknown, call: Call<Caller>) => this.#perform(operation, handler, input, call)),
      ]),
    )
  }

  /** That a call was refused before its handler: by policies, mostly. */
  refused(call: Call<Caller>, input: unknown, error: unknown): void {
    if (this.#traffic.operations.isHeard) this.#tellFailure(call.operation, call, input, error)
  }

  async #perform(
    operation: string,
    handler: NonNullable<HandlerTable[string]>,
    input: unknown,
    call: Call<Caller>,
  ): Promise<unknown> {
    if (!this.#traffic.operations.isHeard) return handler(input, call)
    let output: unknown
    try {
      output = await handler(input, call)
    } catch (error) {
      this.#tellFailure(operation, call, input, error)
      throw error
    }
    const publisher = this.#publisherOf(call)
    if (publisher) this.#traffic.operations.tell({ operation, publisher, input, output, outcome: SUCCESS })
    return output
  }

  #tellFailure(operation: string, call: Call<Caller>, input: unknown, error: unknown): void {
    const publisher = this.#publisherOf(call)
    if (!publisher) return
    const errorName = error instanceof AwsError ? error.name : 'InternalFailure'
    this.#traffic.operations.tell({ operation, publisher, input, outcome: outcomeOfError(error), errorName })
  }

  /** Nobody, and other accounts, are let in to no operation of the data plane. */
  #publisherOf({ caller, request }: Call<Caller>): Publisher | undefined {
    if (caller.kind === 'anonymous' || caller.kind === 'other-account') return undefined
    const peer = { principal: caller, ...sourceOf(request.raw.socket) }
    return httpPublisher(peer, this.#clock(), request.requestId)
  }
}
