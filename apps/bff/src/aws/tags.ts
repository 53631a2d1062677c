import {
  type IoTClient,
  paginateListTagsForResource,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-iot'
import type { Tags } from '@thingdeck/contract'
import { collected } from './pages.ts'
import { unlessRefused } from './why-unread.ts'

/** As AWS IoT takes and gives them. */
export const tagList = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))

/** The tags of a resource; undefined: the console may not read them. Other errors are AWS's own. */
export const readTags = (iot: IoTClient, resourceArn: string): Promise<Tags | undefined> =>
  unlessRefused(async () => {
    const tags = await collected(paginateListTagsForResource({ client: iot }, { resourceArn }), (page) => page.tags)
    return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]))
  })

/** Takes tags from a resource and gives it others; those that are not named stay. Errors are AWS's own. */
export async function writeTags(iot: IoTClient, resourceArn: string, set: Tags, remove: readonly string[]) {
  const tags = tagList(set)
  if (remove.length > 0) await iot.send(new UntagResourceCommand({ resourceArn, tagKeys: [...remove] }))
  if (tags.length > 0) await iot.send(new TagResourceCommand({ resourceArn, tags }))
}
