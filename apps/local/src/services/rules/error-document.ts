import { errorDocument, failedAction, messageFacts } from '@thingdeck/rule-actions'
import type { Execution } from './actions/action.ts'
import type { FailedTogether, Failure } from './failed-batches.ts'

/** What an error action is done for. @see AWS IoT developer guide, "Error handling (error action)" */
export function withErrorDocument(execution: Execution, failures: readonly Failure[]): Execution {
  const { ruleName, input } = execution
  return withDocument(
    execution,
    errorDocument(ruleName, input.message.topic, factsOf(execution), failures.map(failureOf)),
  )
}

/**
 * The same of messages that were sent together: it is done once for all of them, and its templates see the last one.
 * @see AWS IoT developer guide, "HTTP" action, "Batching", on the error action
 */
export function withBatchErrorDocument({ executions, failures, isAcrossTopics }: FailedTogether): Execution {
  const last = executions[executions.length - 1]
  if (!last) throw new Error('a batch has at least one message')
  const { topic } = last.input.message
  return withDocument(last, {
    ruleName: last.ruleName,
    ...(!isAcrossTopics && { topic }),
    payloadsWithMetadata: executions.map((execution, index) => ({
      id: index + 1,
      ...(isAcrossTopics && { topic: execution.input.message.topic }),
      ...messageFacts(factsOf(execution)),
    })),
    failures: failures.map(({ failure, affected }) => ({
      ...failureOf(failure),
      affectedIds: affected.map((execution) => executions.indexOf(execution) + 1),
    })),
  })
}

const factsOf = ({ input, publisher }: Execution) => ({
  traceId: publisher?.traceId,
  clientId: publisher?.clientId,
  sourceIp: publisher?.sourceIp,
  payload: input.message.payload,
})

const failureOf = ({ action, resource, message }: Failure) => failedAction(action.label, { resource, message })

function withDocument(execution: Execution, document: object): Execution {
  const text = JSON.stringify(document)
  // The document has texts, numbers and what is made of them alone, which are values as they are.
  const result = JSON.parse(text) as Execution['result']
  const { ruleName, input, variables, environment, lineage, publisher } = execution
  return { ruleName, input, variables, environment, result, output: Buffer.from(text), lineage, publisher }
}
