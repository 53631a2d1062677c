import { type CborValue, encodeCbor } from '@thingdeck/aws-api'
import { formatReservedTopic } from '@thingdeck/topics'
import type { ReservedTopicRequest } from '../../foundation/reserved-topics.ts'
import type { CommandEntries } from './command-entries.ts'
import type { Executions } from './executions.ts'
import { RejectedReport, readReport } from './report.ts'

/**
 * Takes what a device publishes on the response topic of an execution, and answers that device alone. A topic without a
 * format, which the guide's policies have, is read as JSON.
 * @see AWS IoT developer guide, "Update the result of a command execution"
 */
export function answerResponse(
  executions: Executions,
  entries: CommandEntries,
  { topic, message: { payload }, publisher, answer }: ReservedTopicRequest<'command'>,
): void {
  if (topic.message !== 'response' || topic.suffix !== undefined) return
  const { executionId, format = 'json' } = topic
  const say = (suffix: 'accepted' | 'rejected', document: CborValue) =>
    answer.toAsker(
      formatReservedTopic({ ...topic, suffix }),
      format === 'cbor' ? encodeCbor(document) : Buffer.from(JSON.stringify(document)),
    )
  try {
    const report = readReport(payload, format)
    executions.report({ kind: topic.target, id: topic.deviceId }, executionId, report)
    entries.updated(topic, publisher)
    say('accepted', { executionId })
  } catch (error) {
    if (!(error instanceof RejectedReport)) throw error
    entries.updated(topic, publisher, error)
    say('rejected', { executionId, error: error.code, errorMessage: error.message })
  }
}
