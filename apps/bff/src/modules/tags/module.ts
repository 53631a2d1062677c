import { endpoints } from '@thingdeck/contract'
import { resourceOfArn } from '../../aws/resource-of-arn.ts'
import { readTags, writeTags } from '../../aws/tags.ts'
import { checkTagsAsSeen } from '../../aws/tags-as-seen.ts'
import { InTurn } from '../../in-turn.ts'
import { tagNote } from '../../plugins/audit/tag-note.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'

/** Tags of whatever of AWS IoT can have some. */
export const tags: Module = {
  name: 'tags',
  routes(app, { aws: { iot } }) {
    route(app, endpoints.listTags, async ({ query }) => {
      const found = await readTags(iot, query.resourceArn)
      return found ? { tags: found } : {}
    })

    const inTurn = new InTurn()
    route(app, endpoints.changeTags, async (request) => {
      const { resourceArn, set, remove } = request.body
      request.noteAudit({ resource: resourceOfArn(resourceArn) })
      return inTurn.do(resourceArn, async () => {
        const before = await readTags(iot, resourceArn)
        request.noteAudit(tagNote(before, set, remove))
        checkTagsAsSeen(before, request.body)
        await writeTags(iot, resourceArn, set, remove)
        return undefined
      })
    })
  },
}
