import { TagResourceCommand, UntagResourceCommand } from '@aws-sdk/client-iot'
import { endpoints } from '@thingdeck/contract'
import { resourceOfArn } from '../../aws/resource-of-arn.ts'
import { readTags, tagList } from '../../aws/tags.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { tagNote } from './tag-note.ts'

/** Tags of whatever of AWS IoT can have some. */
export const tags: Module = {
  name: 'tags',
  routes(app, { aws: { iot } }) {
    route(app, endpoints.listTags, async ({ query }) => {
      const found = await readTags(iot, query.resourceArn)
      return found ? { tags: found } : {}
    })

    route(app, endpoints.changeTags, async (request) => {
      const { resourceArn, set, remove } = request.body
      request.noteAudit({ resource: resourceOfArn(resourceArn) })
      const before = await readTags(iot, resourceArn)
      request.noteAudit(tagNote(before, set, remove))
      if (remove.length > 0) await iot.send(new UntagResourceCommand({ resourceArn, tagKeys: remove }))
      const given = tagList(set)
      if (given.length > 0) await iot.send(new TagResourceCommand({ resourceArn, tags: given }))
      return undefined
    })
  },
}
