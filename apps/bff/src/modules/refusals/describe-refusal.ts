import {
  DescribeCertificateCommand,
  DescribeThingCommand,
  type IoTClient,
  paginateListPrincipalThings,
} from '@aws-sdk/client-iot'
import type { RefusalFacts, RefusedCertificate, RefusedCheck } from '@thingdeck/contract'
import { explain, type NamedPolicy, nearestStatements, type RequestDecision } from '@thingdeck/policies'
import type { Aws } from '../../aws/aws.ts'
import { isNamed } from '../../aws/error-name.ts'
import { collected } from '../../aws/pages.ts'
import { askPolicies, CERTIFICATE_ID, toStatement } from '../../aws/principal-policies.ts'
import { isRefused } from '../../aws/why-unread.ts'
import { type TriedRequest, triedRequests } from './tried-requests.ts'

const MOST_THINGS = 20

export interface RefusalAsked extends TriedRequest {
  readonly reason?: string | undefined
  readonly principalId?: string | undefined
}

/** Who was refused, and what is so now. What the console may not ask for is left out; other errors are AWS's own. */
export async function describeRefusal(aws: Pick<Aws, 'iot' | 'arns'>, asked: RefusalAsked): Promise<RefusalFacts> {
  const { clientId, principalId } = asked
  const isCertificate = principalId !== undefined && CERTIFICATE_ID.test(principalId)
  const [certificate, things, isClientAThing, policies] = await Promise.all([
    isCertificate ? certificateOf(aws.iot, principalId) : undefined,
    isCertificate ? thingsOf(aws.iot, aws.arns.certificate(principalId)) : [],
    clientId === undefined ? false : isThing(aws.iot, clientId),
    askAboutPolicies(aws, asked),
  ])
  const thing = thingOf(asked, things, isClientAThing)
  return {
    ...(thing && { thing }),
    things: things.slice(0, MOST_THINGS),
    ...(certificate && { certificate }),
    ...policies,
  }
}

/** The one thing behind it: of its certificate, if that tells; else the one of the client id's name. */
function thingOf(
  { clientId, thingName }: RefusalAsked,
  things: readonly string[],
  isClientAThing: boolean,
): RefusalFacts['thing'] {
  if (clientId !== undefined && things.includes(clientId)) return { thingName: clientId, by: 'certificate' }
  const [only, ...others] = things
  if (only !== undefined && others.length === 0) return { thingName: only, by: 'certificate' }
  if (clientId !== undefined && isClientAThing) return { thingName: clientId, by: 'client id' }
  return thingName === undefined ? undefined : { thingName, by: 'shadow' }
}

async function askAboutPolicies(
  aws: Pick<Aws, 'iot' | 'arns'>,
  asked: RefusalAsked,
): Promise<Pick<RefusalFacts, 'checks' | 'whyNoChecks'>> {
  const { reason, principalId, clientId } = asked
  const tried = reason === 'AUTHORIZATION_FAILURE' ? triedRequests(asked) : []
  if (tried.length === 0 || principalId === undefined) return { checks: [] }
  const requests = tried.map(({ request }) => request)
  const answers = await askPolicies(aws, { principalId, clientId }, requests)
  if (answers.kind === 'not-known') return { checks: [], whyNoChecks: answers.why }
  return {
    checks: answers.decisions.flatMap((decided, index) =>
      checksOf(tried[index]?.name ?? '', decided, answers.policies),
    ),
  }
}

/** One of each action that the request needs. */
function checksOf(
  name: string,
  { decision, refusedBefore, needs }: RequestDecision,
  policies: readonly NamedPolicy[],
): readonly RefusedCheck[] {
  if (refusedBefore !== undefined) {
    return [{ action: '', resource: name, decision, statements: [], refusedBefore, explanation: refusedBefore }]
  }
  return needs.map(({ decision: decided, context }) => {
    const { action, resource, denied, allowed } = decided
    const isLacking = decided.decision === 'IMPLICIT_DENY'
    const [nearest] = isLacking ? nearestStatements(policies, { action, resource, context }, 1) : []
    return {
      action,
      resource: name,
      decision: decided.decision,
      statements: (denied.length > 0 ? denied : allowed).map(toStatement),
      ...(nearest?.coversAction && { nearest: toStatement(nearest.statement) }),
      explanation: explain(decided),
    }
  })
}

async function certificateOf(iot: IoTClient, certificateId: string): Promise<RefusedCertificate> {
  try {
    const { certificateDescription: found } = await iot.send(new DescribeCertificateCommand({ certificateId }))
    return {
      state: found?.status ?? 'UNKNOWN',
      ...(found?.lastModifiedDate && { changedAt: found.lastModifiedDate.toISOString() }),
      ...(found?.validity?.notBefore && { notBefore: found.validity.notBefore.toISOString() }),
      ...(found?.validity?.notAfter && { notAfter: found.validity.notAfter.toISOString() }),
    }
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return { state: 'not-registered' }
    if (isRefused(error)) return { state: 'not-known', message: error.message }
    throw error
  }
}

async function thingsOf(iot: IoTClient, principal: string): Promise<readonly string[]> {
  try {
    return await collected(paginateListPrincipalThings({ client: iot }, { principal }), (page) => page.things)
  } catch (error) {
    if (isRefused(error) || isNamed(error, 'ResourceNotFoundException')) return []
    throw error
  }
}

async function isThing(iot: IoTClient, thingName: string): Promise<boolean> {
  try {
    await iot.send(new DescribeThingCommand({ thingName }))
    return true
  } catch (error) {
    // A client id need not be a name that a thing may have.
    if (isRefused(error) || isNamed(error, 'ResourceNotFoundException', 'InvalidRequestException')) return false
    throw error
  }
}
