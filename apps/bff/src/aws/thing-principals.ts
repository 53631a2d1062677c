import {
  DescribeCertificateCommand,
  type IoTClient,
  paginateListPrincipalThingsV2,
  paginateListThingPrincipalsV2,
} from '@aws-sdk/client-iot'
import type { ThingDetail, TimelinePrincipal } from '@thingdeck/contract'
import { certificateIdOf } from './certificates/certificate-id.ts'
import { isNamed } from './error-name.ts'
import { collected } from './pages.ts'
import { isRefused } from './why-unread.ts'

/** So many principals are looked at: more would not fit into one question to the log. */
const MOST_PRINCIPALS = 5
/** The most that AWS gives at once (AWS IoT API reference, ListPrincipalThingsV2). */
const PAGE_SIZE = 250

export interface Principals {
  readonly principals: TimelinePrincipal[]
  readonly furtherPrincipals?: number
}

/** Who may act as a thing, and whether what they do tells that it was this thing. Errors are AWS's own. */
export async function principalsOf(iot: IoTClient, thing: ThingDetail): Promise<Principals> {
  const exclusive = await exclusivePrincipals(iot, thing.thingName)
  const looked = thing.principals.slice(0, MOST_PRINCIPALS)
  const further = thing.principals.length - looked.length
  const principals = await Promise.all(
    looked.map(async (principal): Promise<TimelinePrincipal> => {
      const [things, certificate] = await Promise.all([
        exclusive.has(principal) ? [] : thingsOf(iot, principal),
        certificateOf(iot, principal),
      ])
      const others = things?.filter((name) => name !== thing.thingName).length
      return {
        principal,
        principalId: principalIdOf(principal),
        attachment: exclusive.has(principal)
          ? 'exclusive'
          : others === undefined
            ? 'not-known'
            : others === 0
              ? 'alone'
              : 'shared',
        ...(others !== undefined && others > 0 && { otherThings: others }),
        ...(certificate && { certificate }),
      }
    }),
  )
  return { principals, ...(further > 0 && { furtherPrincipals: further }) }
}

/** Of a certificate its id, as log entries have it; of anything else the whole. */
const principalIdOf = (principal: string): string => certificateIdOf(principal) ?? principal

async function exclusivePrincipals(iot: IoTClient, thingName: string): Promise<ReadonlySet<string>> {
  const pages = paginateListThingPrincipalsV2({ client: iot }, { thingName, thingPrincipalType: 'EXCLUSIVE_THING' })
  const found = await unlessRefused(
    collected(pages, ({ thingPrincipalObjects = [] }) =>
      thingPrincipalObjects.flatMap(({ principal }) => principal ?? []),
    ),
  )
  return new Set(found)
}

const thingsOf = (iot: IoTClient, principal: string): Promise<string[] | undefined> =>
  unlessRefused(
    collected(
      paginateListPrincipalThingsV2({ client: iot, pageSize: PAGE_SIZE }, { principal }),
      ({ principalThingObjects = [] }) => principalThingObjects.flatMap(({ thingName }) => thingName ?? []),
    ),
  )

async function certificateOf(iot: IoTClient, principal: string): Promise<TimelinePrincipal['certificate']> {
  const certificateId = certificateIdOf(principal)
  if (certificateId === undefined) return undefined
  const described = await unlessRefused(iot.send(new DescribeCertificateCommand({ certificateId })))
  const found = described?.certificateDescription
  if (!found) return undefined
  return {
    status: found.status ?? 'UNKNOWN',
    ...(found.creationDate && { createdAt: found.creationDate.toISOString() }),
    ...(found.validity?.notBefore && { notBefore: found.validity.notBefore.toISOString() }),
    ...(found.validity?.notAfter && { notAfter: found.validity.notAfter.toISOString() }),
  }
}

/** Undefined where the console may not ask, or what it asked about has gone meanwhile. */
async function unlessRefused<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked
  } catch (error) {
    if (isRefused(error) || isNamed(error, 'ResourceNotFoundException')) return undefined
    throw error
  }
}
