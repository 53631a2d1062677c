import {
  type IoTClient,
  paginateListPrincipalThingsV2,
  paginateListThingPrincipalsV2,
  type ThingPrincipalObject,
} from '@aws-sdk/client-iot'
import {
  MOST_PRINCIPALS_INSPECTED,
  type ThingConnection,
  type ThingDetails,
  type ThingKind,
  type ThingPrincipal,
} from '@thingdeck/contract'
import { certificateIdOf } from '../../aws/certificates/certificate-id.ts'
import type { CertificateReading } from '../../aws/certificates/certificate-reading.ts'
import { collected } from '../../aws/pages.ts'
import type { Things } from '../../aws/things.ts'

/** The most that AWS gives at once (AWS IoT API reference, ListPrincipalThingsV2). */
const PAGE_SIZE = 250

interface DetailsParts {
  readonly iot: IoTClient
  readonly things: Things
  readonly certificates: CertificateReading
  readonly connectionOf: (thingName: string) => Promise<ThingConnection>
  readonly kindOf: (thingTypeName: string | undefined) => Promise<ThingKind>
}

/**
 * A thing whole, by calls that go side by side. What cannot be read is said in its place; that there is no such thing is
 * an error, AWS's own.
 */
export async function thingDetails(
  { iot, things, certificates, connectionOf, kindOf }: DetailsParts,
  thingName: string,
): Promise<ThingDetails> {
  const thing = things.registered(thingName)
  const parts = Promise.all([
    part(() => things.groups(thingName)),
    part(() => principalsOf(thingName)),
    part(() => connectionOf(thingName)),
    part(async () => kindOf((await thing).thingTypeName)),
  ])
  const found = await thing
  const [groups, principals, connection, kind] = await parts
  return { thing: found, groups, principals, connection, kind }

  async function principalsOf(name: string): Promise<ThingPrincipal[]> {
    const pages = paginateListThingPrincipalsV2({ client: iot }, { thingName: name })
    const all = await collected(pages, ({ thingPrincipalObjects }) => thingPrincipalObjects)
    return Promise.all(
      all.map((each, index) =>
        index < MOST_PRINCIPALS_INSPECTED ? inspected(name, each) : Promise.resolve(bare(each)),
      ),
    )
  }

  async function inspected(name: string, attached: ThingPrincipalObject): Promise<ThingPrincipal> {
    const { principal = '' } = attached
    const certificateId = certificateIdOf(principal)
    const [certificate, others] = await Promise.all([
      part(async () => (certificateId === undefined ? undefined : certificates.describe(certificateId, name))),
      part(() => otherThings(name, attached)),
    ])
    const unread = certificate.unread ?? others.unread
    return {
      ...bare(attached),
      ...(certificate.value && { certificate: certificate.value }),
      ...(others.value && { otherThings: others.value }),
      ...(unread !== undefined && { unread }),
    }
  }

  async function otherThings(name: string, { principal, thingPrincipalType }: ThingPrincipalObject) {
    if (thingPrincipalType === 'EXCLUSIVE_THING') return []
    const pages = paginateListPrincipalThingsV2({ client: iot, pageSize: PAGE_SIZE }, { principal })
    const all = await collected(pages, ({ principalThingObjects = [] }) =>
      principalThingObjects.flatMap((each) => each.thingName ?? []),
    )
    return all.filter((other) => other !== name)
  }
}

const bare = ({ principal = '', thingPrincipalType: type }: ThingPrincipalObject): ThingPrincipal => ({
  principal,
  ...(type && { type }),
})

/** A value, or why there is none. */
async function part<Value>(read: () => Promise<Value>): Promise<{ value?: Value; unread?: string }> {
  try {
    return { value: await read() }
  } catch (error) {
    return { unread: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }
  }
}
