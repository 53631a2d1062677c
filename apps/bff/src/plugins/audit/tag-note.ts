import type { Tags } from '@thingdeck/contract'
import { formatPath } from '@thingdeck/json'
import type { AuditNote } from './audit.ts'
import { changedMembers } from './changes.ts'

/**
 * What a change of tags makes of them, for the trail.
 * @param before undefined: the console may not read them
 */
export function tagNote(before: Tags | undefined, set: Tags, remove: readonly string[]): AuditNote {
  if (before === undefined) {
    const gone = remove.filter((key) => !Object.hasOwn(set, key)).map((key) => ({ path: formatPath(['tags', key]) }))
    return { changes: [...changedMembers({}, set, 'tags'), ...gone], isBeforeUnknown: true }
  }
  const left = Object.fromEntries(Object.entries(before).filter(([key]) => !remove.includes(key)))
  return { changes: changedMembers(before, { ...left, ...set }, 'tags') }
}
