import {
  DescribeThingCommand,
  GetEffectivePoliciesCommand,
  type IoTClient,
  paginateListThingPrincipals,
} from '@aws-sdk/client-iot'
import type { MessageAction, MessageAuthorization } from '@thingdeck/contract'
import {
  type ContextEntries,
  compilePolicies,
  evaluate,
  explain,
  MalformedPolicyError,
  type NamedPolicy,
  parsePolicyDocument,
  type StatementRef,
} from '@thingdeck/policies'
import type { Arns } from '../../aws/arns.ts'
import { isNamed } from '../../aws/error-name.ts'
import { collected } from '../../aws/pages.ts'
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
    const thing = await thingOf(iot, clientId, principal)
    const policies = await policiesOf(iot, principal, thing === undefined ? undefined : clientId)
    const decided = evaluate(compilePolicies(policies), {
      action,
      resource: arns.topic(topic).arn ?? '',
      context: { 'iot:ClientId': clientId, ...thing },
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

const toStatement = ({ policyName, statementIndex, sid, effect }: StatementRef) => ({
  policyName,
  statement: statementIndex + 1,
  ...(sid !== undefined && { sid }),
  effect,
})
