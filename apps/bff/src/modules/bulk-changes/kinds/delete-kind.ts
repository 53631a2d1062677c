import type { AuditChange, DeleteChange } from '@thingdeck/contract'
import { formatPath } from '@thingdeck/json'
import {
  deleteThing,
  type SharedCertificate,
  type ThingDeletionParts,
  type WhatBelongs,
  whatBelongsTo,
} from '../../../aws/thing-deletion.ts'
import type { Kind, KindContext } from './kind.ts'
import { certificatesIn, shortCertificateId } from './thing-certificates.ts'

const gone = (...path: string[]): AuditChange => ({ path: formatPath(path), beforeText: 'true' })

/** Things, with all that belongs to them and to nobody else. */
export const createDeleteKind = (parts: ThingDeletionParts): Kind<DeleteChange, WhatBelongs> => ({
  async prepare(thingName, _, context) {
    const found = await ownAtLast(parts, thingName, context)
    if (!found)
      return context.begun.length > 0
        ? { outcome: 'unchanged', message: 'It is deleted already.' }
        : { outcome: 'not-there', message: 'There is no thing of this name.' }
    const { version, certificateIds, sharedCertificates, otherPrincipals, shadowNames, thingGroupNames } = found
    const shared = sharedBy(sharedCertificates, thingName, context)
    const keptIds = [...shared.kept, ...otherPrincipals]
    const kept = keptIds.length
    const notes = [
      ...shared.notes,
      ...(kept > 0
        ? [
            `${kept} of its principals ${kept === 1 ? 'is' : 'are'} of things that stay, or no certificate${kept === 1 ? '' : 's'}: detached, and kept.`,
          ]
        : []),
    ]
    return {
      outcome: 'would-change',
      ...(version !== undefined && { version }),
      changes: [
        ...(found.registered ? [{ path: '$', beforeText: JSON.stringify({ thingName, ...found.registered }) }] : []),
        ...certificateIds.map((id) => gone('certificates', id)),
        ...sharedCertificates.map(({ certificateId }) => gone('attachedTo', certificateId)),
        ...otherPrincipals.map((principal) => gone('attachedTo', principal)),
        ...shadowNames.map((name) => gone('shadows', name ?? '')),
        ...thingGroupNames.map((name) => gone('thingGroups', name)),
      ],
      effects: {
        'certificates-deleted': certificateIds.length + shared.counted.length,
        // One that several of the things have is one.
        'certificates-kept': keptIds.filter((id) => context.take(gone('attachedTo', id).path, thingName) === undefined)
          .length,
        'shadows-deleted': shadowNames.length,
        memberships: thingGroupNames.length,
      },
      ...(notes.length > 0 && { message: notes.join(' ') }),
      plan: found,
    }
  },

  async apply(thingName, _, found, { turn }) {
    await deleteThing(parts, thingName, found, turn)
    return undefined
  },

  written: (thingName, _, changes) => [{ action: 'DeleteThing', resource: parts.arns.thing(thingName), changes }],
})

/**
 * What belongs to a thing. Those that share a certificate are deleted one after the other, so that the last of them finds
 * it to be its own and deletes it: two at once would both find that the other has it, and leave it to nobody.
 */
async function ownAtLast(
  parts: ThingDeletionParts,
  thingName: string,
  { turn, begun, dryRun, hold, isMeant }: KindContext,
): Promise<WhatBelongs | undefined> {
  const read = () => whatBelongsTo(parts, thingName, turn, certificatesIn(begun))
  const found = await read()
  const shared = found?.sharedCertificates.filter(({ otherThingNames }) => otherThingNames.some(isMeant)) ?? []
  if (dryRun || shared.length === 0) return found
  await hold(shared.map(({ certificateId }) => certificateId))
  return read()
}

interface SharedWords {
  /** That go with the last of the things that have them, and are counted with this one. */
  readonly counted: readonly string[]
  /** That somebody has who stays. */
  readonly kept: readonly string[]
  readonly notes: readonly string[]
}

/** What becomes of the certificates that a thing shares, once all that is meant is deleted. */
function sharedBy(
  certificates: readonly SharedCertificate[],
  thingName: string,
  { isMeant, dryRun, take }: KindContext,
): SharedWords {
  const counted: string[] = []
  const kept: string[] = []
  const notes: string[] = []
  for (const { certificateId, otherThingNames } of certificates) {
    if (!otherThingNames.every(isMeant)) {
      kept.push(certificateId)
      continue
    }
    // Deleted in earnest it is by the last of them, which is alone with it then and counts it.
    const takenBy = dryRun ? take(gone('attachedTo', certificateId).path, thingName) : thingName
    if (takenBy === undefined) counted.push(certificateId)
    const countedWith = dryRun && takenBy !== undefined ? `, and is counted with ${takenBy}` : ''
    notes.push(
      `Its certificate ${shortCertificateId(certificateId)} is deleted with the last of the things that have it${countedWith}.`,
    )
  }
  return { counted, kept, notes }
}
