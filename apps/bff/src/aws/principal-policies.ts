import {
  DescribeThingCommand,
  GetEffectivePoliciesCommand,
  type IoTClient,
  paginateListThingPrincipals,
} from '@aws-sdk/client-iot'
import type { DecidingStatement } from '@thingdeck/contract'
import {
  type ContextEntries,
  compilePolicies,
  evaluate,
  MalformedPolicyError,
  type NamedPolicy,
  type PolicyDecision,
  parsePolicyDocument,
  type StatementRef,
} from '@thingdeck/policies'
import type { Arns } from './arns.ts'
import { isNamed } from './error-name.ts'
import { collected } from './pages.ts'
import { isRefused } from './why-unread.ts'

/** A certificate's id, as log entries name it. */
export const CERTIFICATE_ID = /^[0-9a-f]{64}$/

/** One thing that somebody may or may not do. */
export interface PolicyQuestion {
  readonly action: string
  /** ARN. */
  readonly resource: string
}

interface Client {
  /** As log entries name it. */
  readonly principalId: string
  readonly clientId: string | undefined
}

/** Undecided: why, in a sentence. */
export type PolicyAnswers =
  | { readonly kind: 'decided'; readonly decisions: readonly PolicyDecision[] }
  | { readonly kind: 'not-known'; readonly why: string }

/**
 * What the policies that a certificate has now, its own and those of its thing's groups, say to what a client asks for.
 * That they cannot be read is an answer; other errors are AWS's own.
 */
export async function askPolicies(
  { iot, arns }: { readonly iot: IoTClient; readonly arns: Arns },
  { principalId, clientId }: Client,
  questions: readonly PolicyQuestion[],
): Promise<PolicyAnswers> {
  if (!CERTIFICATE_ID.test(principalId)) {
    return notKnown(
      'The principal is no certificate: which policies a Cognito identity or an IAM role had cannot be told from its name in the log.',
    )
  }
  const principal = arns.certificate(principalId)
  try {
    const thing = clientId === undefined ? undefined : await thingOf(iot, clientId, principal)
    const policies = compilePolicies(await policiesOf(iot, principal, thing === undefined ? undefined : clientId))
    const context = { ...(clientId !== undefined && { 'iot:ClientId': clientId }), ...thing }
    return { kind: 'decided', decisions: questions.map((question) => evaluate(policies, { ...question, context })) }
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return notKnown('The certificate is not registered any more.')
    if (isRefused(error)) return notKnown(`The console may not read the policies: ${error.message}`)
    if (error instanceof MalformedPolicyError) return notKnown(`A policy could not be read: ${error.message}`)
    throw error
  }
}

const notKnown = (why: string): PolicyAnswers => ({ kind: 'not-known', why })

/** Context keys of the thing that a connection is said to be; undefined: there is none of the client id's name. */
async function thingOf(iot: IoTClient, clientId: string, principal: string): Promise<ContextEntries | undefined> {
  try {
    const thing = await iot.send(new DescribeThingCommand({ thingName: clientId }))
    const pages = paginateListThingPrincipals({ client: iot }, { thingName: clientId })
    const principals = await collected(pages, (page) => page.principals)
    const attributes = Object.entries(thing.attributes ?? {})
    return {
      'iot:Connection.Thing.ThingName': clientId,
      'iot:Connection.Thing.IsAttached': principals.includes(principal),
      ...(thing.thingTypeName && { 'iot:Connection.Thing.ThingTypeName': thing.thingTypeName }),
      ...Object.fromEntries(attributes.map(([name, value]) => [`iot:Connection.Thing.Attributes[${name}]`, value])),
    }
  } catch (error) {
    // A client id need not be the name of a thing, nor a name that a thing may have.
    if (isNamed(error, 'ResourceNotFoundException', 'InvalidRequestException')) return undefined
    throw error
  }
}

async function policiesOf(iot: IoTClient, principal: string, thingName: string | undefined): Promise<NamedPolicy[]> {
  const { effectivePolicies = [] } = await iot.send(
    new GetEffectivePoliciesCommand({ principal, ...(thingName !== undefined && { thingName }) }),
  )
  return effectivePolicies.map(({ policyName = '', policyDocument = '' }) => ({
    policyName,
    document: parsePolicyDocument(policyDocument),
  }))
}

/** A statement as people count: from 1. */
export const toStatement = ({ policyName, statementIndex, sid, effect }: StatementRef): DecidingStatement => ({
  policyName,
  statement: statementIndex + 1,
  ...(sid !== undefined && { sid }),
  effect,
})
