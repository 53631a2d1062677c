import {
  type IoTClient,
  paginateListTagsForResource,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-iot'
import type { Tags } from '@thingdeck/contract'
import { collected } from './pages.ts'
import { isRefused } from './why-unread.ts'

/** As AWS IoT takes and gives them. */
export const tagList = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))

/** The tags of a resource; undefined: the console may not read them. Other errors are AWS's own. */
export async function readTags(iot: IoTClient, resourceArn: string): Promise<Tags | undefined> {
  try {
    const tags = await collected(paginateListTagsForResource({ client: iot }, { resourceArn }), (page) => page.tags)
    return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]))
  } catch (error) {
    if (isRefused(error)) return undefined
    throw error
  }
}

/** Leaves a resource that has the tags `before` with those of `after`. Errors are AWS's own. */
export async function changeTags(iot: IoTClient, resourceArn: string, before: Tags, after: Tags): Promise<void> {
  const tagKeys = Object.keys(before).filter((key) => !Object.hasOwn(after, key))
  const tags = tagList(after).filter(({ Key, Value }) => before[Key] !== Value)
  if (tagKeys.length > 0) await iot.send(new UntagResourceCommand({ resourceArn, tagKeys }))
  if (tags.length > 0) await iot.send(new TagResourceCommand({ resourceArn, tags }))
}
