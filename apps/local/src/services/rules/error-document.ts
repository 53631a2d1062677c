import type { CompiledAction, Execution } from './actions/action.ts'

/** An action that was not done. */
export interface Failure {
  readonly action: CompiledAction
  /** What it was to be done to, where that is known. */
  readonly resource: string
  readonly message: string
}

/** What an error action is done for. @see AWS IoT developer guide, "Error handling (error action)" */
export function withErrorDocument(execution: Execution, failures: readonly Failure[]): Execution {
  const { ruleName, input, publisher, variables, environment } = execution
  const result = {
    ruleName,
    topic: input.message.topic,
    cloudwatchTraceId: publisher?.traceId ?? null,
    clientId: publisher?.clientId ?? 'N/A',
    sourceIp: publisher?.sourceIp ?? null,
    base64OriginalPayload: Buffer.from(input.message.payload).toString('base64'),
    failures: failures.map(({ action, resource, message }) => ({
      failedAction: action.label,
      failedResource: resource,
      errorMessage: message,
    })),
  }
  const output = Buffer.from(JSON.stringify(result))
  return { ruleName, input, variables, environment, result, output, publisher }
}
