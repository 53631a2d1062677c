import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateThingCommand,
  type IoTClient,
  UpdateThingGroupsForThingCommand,
} from '@aws-sdk/client-iot'
import type { CreateChange, PlannedThing } from '@thingdeck/contract'
import { publicKeyOf } from '../../../aws/certificates/certificate-request.ts'
import { findIssued, type IssuedCertificate, issueCertificate } from '../../../aws/certificates/issued-certificate.ts'
import { unlessGone } from '../../../aws/unless-gone.ts'
import { SYSTEM_CLOCK } from '../../../clock.ts'
import { Problem } from '../../../problem.ts'
import type { Kind, KindContext } from './kind.ts'
import { readThing, type ThingParts } from './read-thing.ts'
import type { CertificateParts } from './thing-certificates.ts'

interface CreateParts extends ThingParts, Pick<CertificateParts, 'certificates'> {
  readonly iotOnce: IoTClient
  readonly arns: ThingParts['arns'] & CertificateParts['arns']
}

/**
 * Things that are not there yet, with a certificate each where there is a request for it. A thing of that name which this
 * change did not begin with is left as it is. Everything but the making of a certificate may be done twice; of that it is
 * kept first that it is about to be made, and one that was made and not kept is found by its key.
 */
export const createCreateKind = (parts: CreateParts): Kind<CreateChange, PlannedThing> => ({
  check({ thing }) {
    if (thing) throw new Problem('BAD_REQUEST', 'Which things are made is said by newThings of the targets.')
  },

  async prepare(thingName, { thing }, { begun, turn }) {
    if (!thing) return { outcome: 'left-out', message: 'Nothing says what it is to be.' }
    await turn()
    if (begun.length === 0 && (await unlessGone(readThing(parts.iot, thingName))))
      return { outcome: 'left-out', message: 'There is a thing of this name already: it stays as it is.' }
    const { certificateSigningRequest, ...shown } = thing
    const afterText = JSON.stringify({ ...shown, ...(certificateSigningRequest && { certificate: 'ACTIVE' }) })
    return { outcome: 'would-change', changes: [{ path: '$', afterText }], plan: thing }
  },

  async apply(thingName, { policyName }, thing, context) {
    const { iot, arns, certificates } = parts
    const { turn } = context
    const { thingTypeName, attributes, billingGroupName, thingGroupNames, certificateSigningRequest } = thing
    await turn()
    await iot.send(
      new CreateThingCommand({
        thingName,
        thingTypeName,
        billingGroupName,
        ...(attributes && { attributePayload: { attributes } }),
      }),
    )
    if (thingGroupNames) {
      await turn()
      await iot.send(new UpdateThingGroupsForThingCommand({ thingName, thingGroupsToAdd: thingGroupNames }))
    }
    if (certificateSigningRequest === undefined) return 1
    const { certificateId } = await certificateOf(parts, certificateSigningRequest, context)
    const principal = arns.certificate(certificateId)
    if (policyName !== undefined) {
      await turn()
      await iot.send(new AttachPolicyCommand({ policyName, target: principal }))
    }
    await turn()
    await iot.send(new AttachThingPrincipalCommand({ thingName, principal }))
    certificates.watch.forget(certificateId)
    return 1
  },

  written: (thingName, _, changes) => [{ action: 'CreateThing', resource: parts.arns.thing(thingName), changes }],
})

/** The one that was made for it, or a new one. */
async function certificateOf(
  { iot, iotOnce }: CreateParts,
  request: string,
  { made, keep, turn }: KindContext,
): Promise<IssuedCertificate> {
  if (made.certificate) return made.certificate
  const issuing = { iot, iotOnce, turn }
  const since = made.issuingSince
  const found =
    since === undefined ? undefined : await findIssued(issuing, publicKeyOf(request), Date.parse(since), 'ACTIVE')
  if (since === undefined) await keep({ issuingSince: new Date(SYSTEM_CLOCK.nowMs()).toISOString() })
  const certificate = found ?? (await issueCertificate(issuing, request, true))
  await keep({ ...(since !== undefined && { issuingSince: since }), certificate })
  return certificate
}
