import type { IoTClient } from '@aws-sdk/client-iot'
import type { MessageAction, MessageAuthorization } from '@thingdeck/contract'
import {
  compilePolicies,
  connectionContext,
  evaluate,
  explain,
  MalformedPolicyError,
  parsePolicyDocument,
  type StatementRef,
} from '@thingdeck/policies'
import type { Arns } from '../../aws/arns.ts'
import { readConnectionFacts } from '../../aws/connection-facts.ts'
import { isNamed } from '../../aws/error-name.ts'
import { isRefused } from '../../aws/why-unread.ts'

/** A certificate's id, as log entries name it. */
const CERTIFICATE_ID = /^[0-9a-f]{64}$/

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

/**
 * Evaluates the policies that a certificate has now, its own and those of its thing's groups, for one message. That they
 * cannot be read is an answer; other errors are AWS's own.
 */
export async function explainMessage(
  { iot, arns }: { readonly iot: IoTClient; readonly arns: Arns },
  { principalId, clientId, topic, action }: MessageRequest,
): Promise<MessageAuthorization> {
  if (!CERTIFICATE_ID.test(principalId)) {
    return notKnown(
      'The principal is no certificate: which policies a Cognito identity or an IAM role had cannot be told from its name in the log.',
    )
  }
  const principal = arns.certificate(principalId)
  try {
    const { thing, policies } = await readConnectionFacts(iot, principal, clientId)
    const parsed = policies.map(({ policyName, document }) => ({
      policyName,
      document: parsePolicyDocument(document),
    }))
    const decided = evaluate(compilePolicies(parsed), {
      action,
      resource: arns.topic(topic).arn ?? '',
      context: connectionContext(clientId, thing),
    })
    const { decision, allowed, denied, missingContextValues } = decided
    return {
      decision,
      statements: (denied.length > 0 ? denied : allowed).map(toStatement),
      explanation: explain(decided),
      missing: [...missingContextValues],
    }
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return notKnown('The certificate is not registered any more.')
    if (isRefused(error)) return notKnown(`The console may not read the policies: ${error.message}`)
    if (error instanceof MalformedPolicyError) return notKnown(`A policy could not be read: ${error.message}`)
    throw error
  }
}

const toStatement = ({ policyName, statementIndex, sid, effect }: StatementRef) => ({
  policyName,
  statement: statementIndex + 1,
  ...(sid !== undefined && { sid }),
  effect,
})
