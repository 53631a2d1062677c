import type { IoTClient } from '@aws-sdk/client-iot'
import type { DecidingStatement } from '@thingdeck/contract'
import {
  type ClientRequest,
  compilePolicies,
  decideRequest,
  MalformedPolicyError,
  type NamedPolicy,
  parsePolicyDocument,
  type RequestDecision,
  requestContext,
  type StatementRef,
} from '@thingdeck/policies'
import type { Arns } from './arns.ts'
import { readCertificatePrincipal } from './certificate-principal.ts'
import { readConnectionFacts } from './connection-facts.ts'
import { isNamed } from './error-name.ts'
import { isRefused } from './why-unread.ts'

/** A certificate's id, as log entries name it. */
export const CERTIFICATE_ID = /^[0-9a-f]{64}$/

interface Client {
  /** As log entries name it. */
  readonly principalId: string
  readonly clientId: string | undefined
}

/** Undecided: why, in a sentence. */
export type PolicyAnswers =
  | {
      readonly kind: 'decided'
      readonly decisions: readonly RequestDecision[]
      readonly policies: readonly NamedPolicy[]
    }
  | { readonly kind: 'not-known'; readonly why: string }

/**
 * What the policies that a certificate has now, its own and those of its thing's groups, say to what a client asks for.
 * That they cannot be read is an answer; other errors are AWS's own.
 */
export async function askPolicies(
  { iot, arns }: { readonly iot: IoTClient; readonly arns: Arns },
  { principalId, clientId }: Client,
  requests: readonly ClientRequest[],
): Promise<PolicyAnswers> {
  if (!CERTIFICATE_ID.test(principalId)) {
    return notKnown(
      'The principal is no certificate: which policies a Cognito identity, an IAM role or user, or a client of a custom authorizer had cannot be told from its name in the log.',
    )
  }
  try {
    const [principal, found] = await Promise.all([
      readCertificatePrincipal(iot, principalId),
      readConnectionFacts(iot, arns.certificate(principalId), clientId),
    ])
    const policies = found.policies.map(({ policyName, document }) => ({
      policyName,
      document: parsePolicyDocument(document),
    }))
    const facts = {
      policies: compilePolicies(policies),
      context: requestContext({ principal, thing: found.thing }, clientId),
      arnOf: (resource: string) => `${arns.prefix}:${resource}`,
    }
    return { kind: 'decided', decisions: requests.map((request) => decideRequest(facts, request)), policies }
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return notKnown('The certificate is not registered any more.')
    if (isRefused(error)) return notKnown(`The console may not read the policies: ${error.message}`)
    if (error instanceof MalformedPolicyError) return notKnown(`A policy could not be read: ${error.message}`)
    throw error
  }
}

const notKnown = (why: string): PolicyAnswers => ({ kind: 'not-known', why })

/** A statement as people count: from 1. */
export const toStatement = ({ policyName, statementIndex, sid, effect }: StatementRef): DecidingStatement => ({
  policyName,
  statement: statementIndex + 1,
  ...(sid !== undefined && { sid }),
  effect,
})
