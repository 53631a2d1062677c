import { endpoints, type ThingPrincipal, type ThingPrincipalType } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { certificateIdOf, shortCertificateId } from '../../shared/certificate/certificate-id.ts'
import type { PlanStep } from '../../shared/plan/plan.ts'
import { unlessGone } from '../../shared/plan/unless-gone.ts'

/** 'the certificate 5f2c9a01be…', 'the identity us-east-1:…' */
export function principalInWords(principal: string): string {
  const certificateId = certificateIdOf(principal)
  return certificateId === undefined
    ? `the identity ${principal}`
    : `the certificate ${shortCertificateId(certificateId)}`
}

/** AWS's word for how a principal is attached; where it says none, it is not exclusive. */
export const typeOf = ({ type }: Pick<ThingPrincipal, 'type'>): ThingPrincipalType =>
  type === 'EXCLUSIVE_THING' ? 'EXCLUSIVE_THING' : 'NON_EXCLUSIVE_THING'

const attach = (thingName: string, principal: string, thingPrincipalType: ThingPrincipalType) =>
  api(endpoints.attachThingPrincipal, { params: { thingName }, body: { principal, thingPrincipalType } })

const detach = (thingName: string, principal: string) =>
  unlessGone(() => api(endpoints.detachThingPrincipal, { params: { thingName }, query: { principal } }))

export const attachPrincipalStep = (thingName: string, principal: string, type: ThingPrincipalType): PlanStep => ({
  id: `attach ${principal}`,
  words: `Attach ${principalInWords(principal)} to the thing ${thingName}`,
  run: () => attach(thingName, principal, type),
  undo: () => detach(thingName, principal),
})

/** With a principal that is attached again by undoing, as it was. */
export const detachPrincipalStep = (
  thingName: string,
  attached: Pick<ThingPrincipal, 'principal' | 'type'>,
): PlanStep => ({
  id: `detach ${attached.principal}`,
  words: `Detach ${principalInWords(attached.principal)} from the thing ${thingName}`,
  run: () => detach(thingName, attached.principal),
  undo: () => attach(thingName, attached.principal, typeOf(attached)),
})

/** Attaching it again with another type changes that alone (AWS IoT API reference, AttachThingPrincipal). */
export const changePrincipalTypeStep = (
  thingName: string,
  attached: Pick<ThingPrincipal, 'principal' | 'type'>,
  type: ThingPrincipalType,
): PlanStep => ({
  id: `type ${attached.principal}`,
  words:
    type === 'EXCLUSIVE_THING'
      ? `Attach ${principalInWords(attached.principal)} to the thing ${thingName} exclusively`
      : `Attach ${principalInWords(attached.principal)} to the thing ${thingName}, no longer exclusively`,
  run: () => attach(thingName, attached.principal, type),
  undo: () => attach(thingName, attached.principal, typeOf(attached)),
})
