import { endpoints, type Tags } from '@thingdeck/contract'
import { api } from '../api.ts'

/** What makes tags `before` to tags `after`, and leaves alone what is in neither. */
export function tagsChange(before: Tags, after: Tags): { readonly set: Tags; readonly remove: string[] } {
  return {
    set: Object.fromEntries(Object.entries(after).filter(([key, value]) => before[key] !== value)),
    remove: Object.keys(before).filter((key) => !Object.hasOwn(after, key)),
  }
}

/** How tags are changed: what is given, and what is taken away. */
export type SendTagsChange = (change: ReturnType<typeof tagsChange>) => Promise<unknown>

/** Tags of AWS IoT's resources. */
export const sendTagsOf =
  (resourceArn: string): SendTagsChange =>
  (change) =>
    api(endpoints.changeTags, { body: { resourceArn, ...change } })

/** Tags that somebody else gave meanwhile stay. */
export async function changeTags(send: SendTagsChange, before: Tags, after: Tags): Promise<void> {
  const change = tagsChange(before, after)
  if (Object.keys(change.set).length === 0 && change.remove.length === 0) return
  await send(change)
}
