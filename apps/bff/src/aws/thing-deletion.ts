import {
  DeleteCertificateCommand,
  DeleteThingCommand,
  DescribeCertificateCommand,
  DescribeThingCommand,
  DetachPolicyCommand,
  DetachThingPrincipalCommand,
  type IoTClient,
  paginateListAttachedPolicies,
  paginateListPrincipalThings,
  paginateListThingGroupsForThing,
  paginateListThingPrincipals,
} from '@aws-sdk/client-iot'
import type { Arns } from './arns.ts'
import { certificateIdOf } from './certificates/certificate-id.ts'
import { deactivateCertificate } from './certificates/deactivate-certificate.ts'
import { collected } from './pages.ts'
import { type Shadows, shadowKey } from './shadows.ts'
import { unlessGone } from './unless-gone.ts'

export interface ThingDeletionParts {
  readonly iot: IoTClient
  readonly arns: Arns
  readonly shadows: Pick<Shadows, 'list' | 'delete'>
  readonly certificates: { readonly watch: { forget(certificateId: string): void } }
}

/** A certificate of more things than one. */
export interface SharedCertificate {
  readonly certificateId: string
  /** Who else has it. */
  readonly otherThingNames: readonly string[]
}

/** What a thing has, as far as its deletion is about it. */
export interface WhatBelongs {
  /** Undefined: the thing itself is gone already. */
  readonly version?: number
  /** As the registry has it: type, attributes, billing group. */
  readonly registered?: Readonly<Record<string, unknown>>
  /** That no other thing has: they are deleted with it. */
  readonly certificateIds: readonly string[]
  /** That other things have, too: they are detached only. */
  readonly sharedCertificates: readonly SharedCertificate[]
  /** Identities of Cognito and what else is no certificate, which are detached, too. */
  readonly otherPrincipals: readonly string[]
  /** Undefined: the classic one. */
  readonly shadowNames: readonly (string | undefined)[]
  readonly thingGroupNames: readonly string[]
}

/** Waits for one's turn before each request to AWS; where nothing is to be waited for, it may resolve at once. */
type Turn = () => Promise<void>

/**
 * Only reads. Errors are AWS's own.
 * @param begun certificates that were only this thing's when its deletion was begun: they may be detached by now
 * @returns undefined: there is no such thing, and nothing is left of it
 */
export async function whatBelongsTo(
  parts: ThingDeletionParts,
  thingName: string,
  turn: Turn,
  begun: readonly string[] = [],
): Promise<WhatBelongs | undefined> {
  const { iot, shadows } = parts
  await turn()
  const thing = await unlessGone(iot.send(new DescribeThingCommand({ thingName })))
  const principals = thing ? await principalsOf(parts, thingName, turn) : { own: [], shared: [], others: [] }
  const known = [...principals.own, ...principals.shared.map(({ certificateId }) => certificateId)]
  for (const certificateId of begun)
    if (!known.includes(certificateId) && (await isLeft(parts, certificateId, turn))) principals.own.push(certificateId)
  const found = {
    certificateIds: principals.own,
    sharedCertificates: principals.shared,
    otherPrincipals: principals.others,
  }
  if (!thing) return principals.own.length === 0 ? undefined : { ...found, shadowNames: [], thingGroupNames: [] }
  await turn()
  const { classic, named } = await shadows.list(thingName)
  await turn()
  const groups = await collected(
    paginateListThingGroupsForThing({ client: iot }, { thingName }),
    (page) => page.thingGroups,
  )
  const { thingTypeName, attributes, billingGroupName } = thing
  return {
    ...found,
    version: thing.version ?? 1,
    registered: {
      ...(thingTypeName !== undefined && { thingTypeName }),
      ...(billingGroupName !== undefined && { billingGroupName }),
      attributes: attributes ?? {},
    },
    shadowNames: [...(classic ? [undefined] : []), ...named],
    thingGroupNames: groups.flatMap(({ groupName }) => groupName ?? []),
  }
}

interface Principals {
  readonly own: string[]
  readonly shared: SharedCertificate[]
  readonly others: string[]
}

async function principalsOf({ iot }: ThingDeletionParts, thingName: string, turn: Turn): Promise<Principals> {
  await turn()
  const all = await collected(paginateListThingPrincipals({ client: iot }, { thingName }), (page) => page.principals)
  const found: Principals = { own: [], shared: [], others: [] }
  for (const principal of all) {
    const certificateId = certificateIdOf(principal)
    if (certificateId === undefined) {
      found.others.push(principal)
      continue
    }
    await turn()
    const things = await collected(paginateListPrincipalThings({ client: iot }, { principal }), (page) => page.things)
    const otherThingNames = things.filter((name) => name !== thingName)
    if (otherThingNames.length > 0) found.shared.push({ certificateId, otherThingNames })
    else found.own.push(certificateId)
  }
  return found
}

/** Whether a certificate is still there, and nobody's. */
async function isLeft({ iot, arns }: ThingDeletionParts, certificateId: string, turn: Turn): Promise<boolean> {
  await turn()
  if (!(await unlessGone(iot.send(new DescribeCertificateCommand({ certificateId }))))) return false
  await turn()
  const principal = arns.certificate(certificateId)
  const things = await unlessGone(
    collected(paginateListPrincipalThings({ client: iot }, { principal }), (page) => page.things),
  )
  return things?.length === 0
}

/**
 * Deletes a thing with its shadows and the certificates that no other thing has, in the order that AWS demands; it leaves
 * its groups with the thing. What is gone already is no error, so it may be asked for again. Errors are AWS's own:
 * VersionConflictException where somebody changed the thing since it was read.
 */
export async function deleteThing(
  parts: ThingDeletionParts,
  thingName: string,
  found: WhatBelongs,
  turn: Turn,
): Promise<void> {
  const { iot, arns, shadows, certificates } = parts
  const own = found.certificateIds.map((id) => arns.certificate(id))
  const shared = found.sharedCertificates.map(({ certificateId }) => arns.certificate(certificateId))
  // First its certificates are no longer active: a device that is connected could write its shadow anew.
  for (const certificateId of found.certificateIds) {
    await turn()
    await unlessGone(deactivateCertificate(iot, certificateId))
    certificates.watch.forget(certificateId)
  }
  for (const principal of [...own, ...shared, ...found.otherPrincipals]) {
    await turn()
    await unlessGone(iot.send(new DetachThingPrincipalCommand({ thingName, principal })))
  }
  for (const shadowName of found.shadowNames) {
    await turn()
    await unlessGone(shadows.delete(shadowKey(thingName, shadowName)))
  }
  if (found.version !== undefined) {
    await turn()
    await iot.send(new DeleteThingCommand({ thingName, expectedVersion: found.version }))
  }
  // Last, what only it had: whoever begins again names them, see `whatBelongsTo`.
  for (const certificateId of found.certificateIds) await deleteCertificate(parts, certificateId, turn)
}

async function deleteCertificate(
  { iot, arns, certificates }: ThingDeletionParts,
  certificateId: string,
  turn: Turn,
): Promise<void> {
  const target = arns.certificate(certificateId)
  await turn()
  const policies = await unlessGone(
    collected(paginateListAttachedPolicies({ client: iot }, { target }), (page) => page.policies),
  )
  for (const { policyName } of policies ?? []) {
    await turn()
    await unlessGone(iot.send(new DetachPolicyCommand({ policyName, target })))
  }
  await turn()
  await unlessGone(iot.send(new DeleteCertificateCommand({ certificateId })))
  certificates.watch.forget(certificateId)
}
