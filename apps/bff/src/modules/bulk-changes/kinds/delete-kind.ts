import type { AuditChange, DeleteChange } from '@thingdeck/contract'
import { formatPath } from '@thingdeck/json'
import { deleteThing, type ThingDeletionParts, type WhatBelongs, whatBelongsTo } from '../../../aws/thing-deletion.ts'
import type { Kind } from './kind.ts'
import { certificatesIn } from './thing-certificates.ts'

const THERE = 'true'

/** Things, with all that belongs to them and to nobody else. */
export const createDeleteKind = (parts: ThingDeletionParts): Kind<DeleteChange, WhatBelongs> => ({
  async prepare(thingName, _, { turn, begun }) {
    const found = await whatBelongsTo(parts, thingName, turn, certificatesIn(begun))
    if (!found) return { outcome: 'unchanged', message: 'There is no such thing.' }
    const { version, certificateIds, sharedCertificateIds, otherPrincipals, shadowNames, thingGroupNames } = found
    const gone = (...path: string[]): AuditChange => ({ path: formatPath(path), beforeText: THERE })
    const kept = sharedCertificateIds.length + otherPrincipals.length
    return {
      outcome: 'would-change',
      ...(version !== undefined && { version }),
      changes: [
        ...(found.registered ? [{ path: '$', beforeText: JSON.stringify({ thingName, ...found.registered }) }] : []),
        ...certificateIds.map((id) => gone('certificates', id)),
        ...[...sharedCertificateIds, ...otherPrincipals].map((id) => gone('attachedTo', id)),
        ...shadowNames.map((name) => gone('shadows', name ?? '')),
        ...thingGroupNames.map((name) => gone('thingGroups', name)),
      ],
      effects: {
        'certificates-deleted': certificateIds.length,
        'certificates-kept': kept,
        'shadows-deleted': shadowNames.length,
        memberships: thingGroupNames.length,
      },
      ...(kept > 0 && {
        message: `${kept} of its principals ${kept === 1 ? 'is' : 'are'} of other things, too, or no certificates: detached, and kept.`,
      }),
      plan: found,
    }
  },

  async apply(thingName, _, found, { turn }) {
    await deleteThing(parts, thingName, found, turn)
    return undefined
  },

  written: (thingName, _, changes) => [{ action: 'DeleteThing', resource: parts.arns.thing(thingName), changes }],
})
