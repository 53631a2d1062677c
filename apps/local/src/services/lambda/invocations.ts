import { AwsError } from '@thingdeck/aws-api'
import type { Account } from '../../foundation/account.ts'
import type { FunctionAnswer, Functions, InvocationSource } from '../../foundation/functions.ts'
import type { EventQueue } from './event-queue.ts'
import type { FunctionVersion } from './function-version.ts'
import { payloadTooLarge, tooManyRequests, unreadablePayload } from './lambda-errors.ts'
import type { FoundFunction, LambdaFunctions } from './lambda-functions.ts'
import { mayInvoke } from './resource-policy.ts'
import type { Execution, Invocation, Runner } from './runner.ts'

/** "Invocation payload (request and response)". @see AWS Lambda developer guide, "Lambda quotas" */
export const MAX_PAYLOAD_BYTES = 6_291_456
const MAX_EVENT_PAYLOAD_BYTES = 1_048_576
/** Of an answer; as Lambda's own error names it. */
export const MAX_RESULT_BYTES = 6_291_556

export interface InvocationsParts {
  readonly account: Account
  readonly functions: LambdaFunctions
  readonly runner: Runner
  readonly queue: EventQueue
  /** From 0 to 1. */
  readonly random: () => number
}

type Done = Extract<Execution, { kind: 'done' }>

/** Has functions invoked: by callers, who have been asked whether they may, and by services, who are asked here. */
export class Invocations implements Functions {
  readonly #parts: InvocationsParts

  constructor(parts: InvocationsParts) {
    this.#parts = parts
  }

  async invoke(
    functionArn: string,
    payload: Uint8Array,
    { source, whenBegun }: { readonly source: InvocationSource; readonly whenBegun?: () => void },
  ): Promise<FunctionAnswer> {
    const found = this.#allowed(functionArn, source)
    const { payload: answer, functionError, executedVersion } = await this.run(found, payload, { whenBegun })
    return { payload: answer, executedVersion, ...(functionError !== undefined && { functionError }) }
  }

  invokeLater(functionArn: string, payload: Uint8Array, { source }: { readonly source: InvocationSource }): void {
    this.enqueue(this.#allowed(functionArn, source), payload)
  }

  /** Whether there is room for the function beside what was reserved for it. @throws {AwsError} */
  checkConcurrency({ name }: FoundFunction): void {
    if (this.#parts.functions.table.settings(name)?.reservedConcurrency !== 0) return
    throw tooManyRequests('Rate Exceeded.', 'ReservedFunctionConcurrentInvocationLimitExceeded')
  }

  /** @throws {AwsError} as {@link Functions.invoke} */
  async run(
    found: FoundFunction,
    payload: Uint8Array,
    more: Pick<Invocation, 'clientContext' | 'whenBegun'> = {},
  ): Promise<Done & { readonly executedVersion: string }> {
    if (payload.length > MAX_PAYLOAD_BYTES) throw payloadTooLarge(MAX_PAYLOAD_BYTES)
    this.checkConcurrency(found)
    const version = this.versionFor(found)
    const execution = await this.#parts.runner.run(version, { payload, functionArn: found.arn, ...more })
    switch (execution.kind) {
      case 'done':
        return { ...execution, executedVersion: version.version }
      case 'unreadable':
        throw unreadablePayload(execution.message)
      case 'throttled':
        throw tooManyRequests('Rate Exceeded.', 'ConcurrentInvocationLimitExceeded')
    }
  }

  /** @throws {AwsError} as {@link Functions.invokeLater} */
  enqueue(found: FoundFunction, payload: Uint8Array): void {
    if (payload.length > MAX_EVENT_PAYLOAD_BYTES) throw payloadTooLarge(MAX_EVENT_PAYLOAD_BYTES)
    this.checkConcurrency(found)
    checkJson(payload)
    if (this.#parts.queue.add(found.name, found.arn, payload) === undefined) {
      throw tooManyRequests('More events wait for functions than may.', 'ConcurrentInvocationLimitExceeded')
    }
  }

  /** Of an alias with weights one of its versions. */
  versionFor({ name, version, alias }: FoundFunction): FunctionVersion {
    let drawn = this.#parts.random()
    for (const [other, weight] of Object.entries(alias?.weights ?? {})) {
      drawn -= weight
      if (drawn < 0) return this.#parts.functions.table.version(name, other) ?? version
    }
    return version
  }

  /** @throws {AwsError} AccessDeniedException where the function's policy does not allow it */
  #allowed(functionArn: string, source: InvocationSource): FoundFunction {
    const { functions, account } = this.#parts
    const found = functions.find(functionArn)
    if (mayInvoke(functions.table, account, found, found.arn, source)) return found
    throw new AwsError(
      'AccessDeniedException',
      `The policy of ${found.arn} does not allow ${source.service} to invoke it for ${source.sourceArn}: AddPermission does.`,
    )
  }
}

/** @throws {AwsError} InvalidRequestContentException */
function checkJson(payload: Uint8Array): void {
  try {
    JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString())
  } catch (error) {
    throw unreadablePayload(error instanceof Error ? error.message : String(error))
  }
}
