import type { LocalContext } from '../../foundation/context.ts'
import type { IotHandlers } from '../../foundation/iot-handlers.ts'
import type { Service } from '../../foundation/service.ts'
import type { TagKeeper } from '../../foundation/tag-keeper.ts'
import { Tags } from './tags.ts'

/** What the tags are for the services whose resources can carry some. */
export interface TagsService extends Service {
  readonly keeper: TagKeeper
}

/** The tags of all IoT resources. */
export function tagsService(context: LocalContext): TagsService {
  const tags = new Tags(context)
  return { name: 'tags', handlers: { iot: tagHandlers(tags) }, keeper: tags }
}

export function tagHandlers(tags: Tags) {
  return {
    TagResource: (input) => {
      tags.tag(input.resourceArn, input.tags)
      return {}
    },
    UntagResource: (input) => {
      tags.untag(input.resourceArn, input.tagKeys)
      return {}
    },
    ListTagsForResource: (input) => {
      const { items, nextToken } = tags.list(input.resourceArn, input.nextToken)
      return { tags: items, nextToken }
    },
  } satisfies IotHandlers
}
