import { publicKeyOf } from '../../aws/certificates/certificate-request.ts'
import type { KeptThing, ThingChange } from './kept-rotation.ts'
import type { RotationAws } from './rotation-aws.ts'

/** A step that AWS would do, and that would hurt somebody. It is tried again later. */
export class Held extends Error {
  override readonly name = 'HELD'
}

/** A step that cannot be done as things are. */
class Unfit extends Error {
  override readonly name: string

  constructor(code: string, message: string) {
    super(message)
    this.name = code
  }
}

/** What was done to a certificate, for the audit trail. */
export interface CertificateWrite {
  readonly thingName: string
  readonly certificateId: string
  readonly action: 'CreateCertificateFromCsr' | 'UpdateCertificate' | 'DeleteCertificate'
  readonly before?: string
  readonly after?: string
}

export interface Advance {
  readonly aws: Pick<RotationAws, keyof RotationAws>
  readonly nowMs: () => number
  /**
   * Keeps what was learnt of the thing.
   * @returns the thing after it; undefined: somebody wanted something else of it meanwhile, and this is over
   */
  readonly learn: (change: ThingChange) => Promise<KeptThing | undefined>
  /** The thing goes on to another stage, unless somebody wanted something else of it meanwhile. */
  readonly enter: (stage: KeptThing['stage'], change?: ThingChange) => Promise<void>
  readonly onWrite: (write: CertificateWrite) => Promise<void>
  /** Ids of certificates that the rotation knows, old and new. */
  readonly known: () => ReadonlySet<string>
  /** Of another thing with the same old certificate: whether it gets on without it being active, or being there. */
  readonly isSafeWithout: (thingName: string, what: 'active' | 'there') => boolean
}

/**
 * Does what is next for one thing, up to its next stage. It may end anywhere and be done again: each step is either kept
 * before the next one begins, or is the same when it is repeated. A certificate is the exception, as AWS makes a new one
 * each time: that one is about to be made is kept first, and what was made and not kept is found again by its key.
 */
export async function advanceThing(thing: KeptThing, advance: Advance): Promise<void> {
  switch (thing.stage) {
    case 'requested':
      return prepare(thing, advance)
    case 'delivered':
      return activate(thing, advance)
    case 'seen':
    case 'deactivating':
      return deactivateOld(thing, advance)
    case 'deleting':
      return deleteOld(thing, advance)
    case 'undoing':
      return undo(thing, advance)
    default:
      return undefined
  }
}

async function prepare(before: KeptThing, advance: Advance): Promise<void> {
  const { aws, learn, enter } = advance
  let thing: KeptThing | undefined = before
  if (thing.policyNames === undefined) {
    const { certificateIds, ...old } = await aws.oldCertificates(thing.thingName, thing.newCertificateId)
    if (certificateIds.length === 0)
      throw new Unfit('NO_CERTIFICATE', 'It has no active certificate that could be replaced.')
    thing = await learn({ oldCertificateIds: [...certificateIds], ...old })
  }
  if (thing?.newCertificateId === undefined) thing = thing && (await issue(thing, advance))
  if (thing?.newCertificateId === undefined) return
  const { policyNames = [], isExclusive = false } = thing
  await aws.attach(thing.newCertificateId, thing.thingName, { policyNames, isExclusive })
  await enter('prepared')
}

async function issue(thing: KeptThing, advance: Advance): Promise<KeptThing | undefined> {
  const { aws, nowMs, learn, onWrite } = advance
  const { thingName, certificateSigningRequest = '' } = thing
  const found = await unnoted(thing, advance)
  if (found) return learn({ ...found, certificateSigningRequest: undefined, issuingSince: undefined })
  if (!(await learn({ issuingSince: new Date(nowMs()).toISOString() }))) return undefined
  const issued = await aws.issue(certificateSigningRequest)
  const after = await learn({
    newCertificateId: issued.certificateId,
    certificatePem: issued.certificatePem,
    certificateSigningRequest: undefined,
    issuingSince: undefined,
  })
  await onWrite({
    thingName,
    certificateId: issued.certificateId,
    action: 'CreateCertificateFromCsr',
    after: 'INACTIVE',
  })
  return after
}

/** The certificate that was made for the key before a process ended, and that it could not note any more. */
async function unnoted(
  { certificateSigningRequest, issuingSince }: KeptThing,
  { aws, known }: Advance,
): Promise<Pick<KeptThing, 'newCertificateId' | 'certificatePem'> | undefined> {
  if (issuingSince === undefined || certificateSigningRequest === undefined) return undefined
  const found = await aws.findIssued(publicKeyOf(certificateSigningRequest), Date.parse(issuingSince), known())
  return found && { newCertificateId: found.certificateId, certificatePem: found.certificatePem }
}

async function activate({ thingName, newCertificateId = '' }: KeptThing, advance: Advance): Promise<void> {
  await advance.aws.activate(newCertificateId)
  await advance.onWrite({
    thingName,
    certificateId: newCertificateId,
    action: 'UpdateCertificate',
    before: 'INACTIVE',
    after: 'ACTIVE',
  })
  await advance.enter('waiting', { certificatePem: undefined })
}

async function deactivateOld(thing: KeptThing, advance: Advance): Promise<void> {
  const { aws, learn, enter, onWrite } = advance
  const { thingName, oldCertificateIds } = thing
  await checkOthers(thing, advance, 'active')
  // Kept before any of it: whoever undoes this has to know that it may have been done.
  if (!(await learn({ deactivatedIds: [...oldCertificateIds] }))) return
  for (const certificateId of oldCertificateIds) {
    if (!(await aws.deactivate(certificateId))) continue
    await onWrite({ thingName, certificateId, action: 'UpdateCertificate', before: 'ACTIVE', after: 'INACTIVE' })
  }
  await enter('replaced')
}

/** Others may have the same certificate. @throws {Held} where one of them needs it still */
async function checkOthers(
  { thingName, oldCertificateIds }: KeptThing,
  { aws, isSafeWithout }: Advance,
  what: 'active' | 'there',
): Promise<void> {
  for (const certificateId of oldCertificateIds) {
    const others = (await aws.thingsOf(certificateId)).filter(
      (name) => name !== thingName && !isSafeWithout(name, what),
    )
    if (others.length > 0) throw new Held(heldWords(certificateId, others))
  }
}

function heldWords(certificateId: string, [one = '', ...more]: readonly string[]): string {
  const who = more.length === 0 ? one : `${one} and ${more.length} more`
  return `The certificate ${certificateId.slice(0, 8)}… is that of ${who}, too, who would be cut off without it.`
}

async function deleteOld(thing: KeptThing, advance: Advance): Promise<void> {
  const { thingName, oldCertificateIds } = thing
  const { aws, enter, onWrite } = advance
  await checkOthers(thing, advance, 'there')
  for (const certificateId of oldCertificateIds) {
    await aws.remove(certificateId)
    await onWrite({ thingName, certificateId, action: 'DeleteCertificate', before: 'INACTIVE' })
  }
  await enter('finished')
}

/** First the device can use its old certificate again, then the new one goes. */
async function undo(thing: KeptThing, advance: Advance): Promise<void> {
  const { aws, enter, onWrite } = advance
  const { thingName, deactivatedIds = [] } = thing
  for (const certificateId of deactivatedIds) {
    await aws.activate(certificateId)
    await onWrite({ thingName, certificateId, action: 'UpdateCertificate', before: 'INACTIVE', after: 'ACTIVE' })
  }
  const newCertificateId = thing.newCertificateId ?? (await unnoted(thing, advance))?.newCertificateId
  if (newCertificateId !== undefined) {
    await aws.remove(newCertificateId)
    await onWrite({ thingName, certificateId: newCertificateId, action: 'DeleteCertificate' })
  }
  await enter(thing.isRenewed ? 'chosen' : 'undone', {
    newCertificateId: undefined,
    certificatePem: undefined,
    certificateSigningRequest: undefined,
    issuingSince: undefined,
    deactivatedIds: undefined,
    policyNames: undefined,
    isRenewed: undefined,
  })
}
