import { endpoints, type Tags, type TagsEdit } from '@thingdeck/contract'
import { api } from '../api.ts'

/** What makes tags `before` to tags `after`, unless somebody changed those since, and leaves alone what is in neither. */
export function tagsChange(before: Tags, after: Tags): Required<TagsEdit> {
  const set = Object.fromEntries(Object.entries(after).filter(([key, value]) => before[key] !== value))
  const remove = Object.keys(before).filter((key) => !Object.hasOwn(after, key))
  const touched = new Set([...Object.keys(set), ...remove])
  return { set, remove, expected: Object.fromEntries(Object.entries(before).filter(([key]) => touched.has(key))) }
}

/** How tags are changed: what is given, and what is taken away. */
export type SendTagsChange = (change: TagsEdit) => Promise<unknown>

/** Tags of AWS IoT's resources. */
export const sendTagsOf =
  (resourceArn: string): SendTagsChange =>
  (change) =>
    api(endpoints.changeTags, { body: { resourceArn, ...change } })

/** Tags that somebody else gave meanwhile stay; where they changed the same ones, nothing is changed. */
export async function changeTags(send: SendTagsChange, before: Tags, after: Tags): Promise<void> {
  const change = tagsChange(before, after)
  if (Object.keys(change.set).length === 0 && change.remove.length === 0) return
  await send(change)
}
