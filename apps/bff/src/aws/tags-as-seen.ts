import type { Tags, TagsEdit } from '@thingdeck/contract'
import { Problem } from '../problem.ts'

/**
 * AWS has no version of tags: those that are to be changed are compared with what a person saw. What is as it is wanted
 * already is no conflict, so that a change may be asked for again.
 * @param now undefined: the console may not read them, and nothing is compared
 * @throws {Problem} TAGS_CHANGED
 */
export function checkTagsAsSeen(now: Tags | undefined, { set, remove, expected }: TagsEdit): void {
  if (now === undefined || expected === undefined) return
  const of = (tags: Tags, key: string) => (Object.hasOwn(tags, key) ? tags[key] : undefined)
  for (const key of [...Object.keys(set), ...remove]) {
    const found = of(now, key)
    if (found === of(expected, key) || found === of(set, key)) continue
    const words = found === undefined ? `the tag ${key} away` : `the tag ${key} the value '${found}'`
    throw new Problem(
      'TAGS_CHANGED',
      `Somebody ${found === undefined ? 'took' : 'gave'} ${words} meanwhile: nothing was changed. Look at what is there now.`,
    )
  }
}
