import type { IoTClient } from '@aws-sdk/client-iot'
import type { MessageAction, MessageAuthorization } from '@thingdeck/contract'
import { type ClientRequest, explain } from '@thingdeck/policies'
import type { Arns } from '../../aws/arns.ts'
import { askPolicies, toStatement } from '../../aws/principal-policies.ts'

interface MessageRequest {
  readonly principalId: string
  readonly clientId: string
  readonly topic: string
  readonly action: MessageAction
}

const notKnown = (explanation: string): MessageAuthorization => ({
  decision: 'not-known',
  statements: [],
  explanation,
  missing: [],
})

/** What the policies that a certificate has now say to one message. That they cannot be read is an answer. */
export async function explainMessage(
  aws: { readonly iot: IoTClient; readonly arns: Arns },
  { topic, action, ...client }: MessageRequest,
): Promise<MessageAuthorization> {
  const request: ClientRequest =
    action === 'iot:Publish' ? { kind: 'publish', topic, retain: false } : { kind: 'receive', topic }
  const answers = await askPolicies(aws, client, [request])
  if (answers.kind === 'not-known') return notKnown(answers.why)
  const [{ refusedBefore, deciding } = { refusedBefore: undefined, deciding: undefined }] = answers.decisions
  if (deciding === undefined) return notKnown(refusedBefore ?? 'Policies were not asked.')
  const { decision, allowed, denied, missingContextValues } = deciding.decision
  return {
    decision,
    statements: (denied.length > 0 ? denied : allowed).map(toStatement),
    explanation: explain(deciding.decision),
    missing: [...missingContextValues],
  }
}
