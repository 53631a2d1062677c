import {
  DescribeThingCommand,
  GetEffectivePoliciesCommand,
  type IoTClient,
  paginateListPrincipalThingsV2,
} from '@aws-sdk/client-iot'
import { type AttachedThing, type ConnectionThing, thingOfConnection } from '@thingdeck/policies'
import { isNamed } from './error-name.ts'
import { collected } from './pages.ts'

/** A policy that counts, as AWS IoT answers it. */
export interface PolicyText {
  readonly policyName: string
  readonly document: string
}

/** What decides about a principal's connection under a client id, as of now. */
export interface ConnectionFacts {
  /** That the principal is attached to. */
  readonly things: readonly AttachedThing[]
  /** Of the connection. */
  readonly thing: (ConnectionThing & AttachedThing) | undefined
  /** Of the principal itself and of the groups of its thing. */
  readonly policies: readonly PolicyText[]
}

/**
 * Reads what decides. Errors are AWS's own.
 * @param principal a certificate's ARN or the id of a Cognito identity
 * @param clientId undefined: as over HTTPS, where there is none
 */
export async function readConnectionFacts(
  iot: IoTClient,
  principal: string,
  clientId: string | undefined,
): Promise<ConnectionFacts> {
  const pages = paginateListPrincipalThingsV2({ client: iot }, { principal })
  const things = await collected(pages, ({ principalThingObjects = [] }) =>
    principalThingObjects.map(({ thingName = '', thingPrincipalType }) => ({
      thingName,
      isExclusive: thingPrincipalType === 'EXCLUSIVE_THING',
    })),
  )
  const named = thingOfConnection(things, clientId)
  const thingName = named?.thingName
  const [thing, effective] = await Promise.all([
    thingName === undefined ? undefined : describe(iot, thingName),
    iot.send(new GetEffectivePoliciesCommand({ principal, ...(thingName !== undefined && { thingName }) })),
  ])
  return {
    things,
    thing: thing && named && { ...thing, isExclusive: named.isExclusive },
    policies: (effective.effectivePolicies ?? []).map(({ policyName = '', policyDocument = '' }) => ({
      policyName,
      document: policyDocument,
    })),
  }
}

/** Undefined: there is none. */
export async function findThing(iot: IoTClient, thingName: string): Promise<ConnectionThing | undefined> {
  try {
    return await describe(iot, thingName)
  } catch (error) {
    // A client id need not be the name of a thing, nor a name that a thing may have.
    if (isNamed(error, 'ResourceNotFoundException', 'InvalidRequestException')) return undefined
    throw error
  }
}

async function describe(iot: IoTClient, thingName: string): Promise<ConnectionThing> {
  const { attributes = {}, thingTypeName } = await iot.send(new DescribeThingCommand({ thingName }))
  return { thingName, attributes, ...(thingTypeName && { thingTypeName }) }
}
