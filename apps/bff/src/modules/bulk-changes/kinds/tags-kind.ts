import type { IoTClient } from '@aws-sdk/client-iot'
import type { TagsChange } from '@thingdeck/contract'
import { resourceOfArn } from '../../../aws/resource-of-arn.ts'
import { readTags, writeTags } from '../../../aws/tags.ts'
import type { Kind } from './kind.ts'
import { checkMembers, type MembersChange, membersLeft, membersToChange, membersUndone } from './member-changes.ts'

/** Tags of whatever AWS IoT gives tags to, by its ARN. */
export const createTagsKind = ({ iot }: { readonly iot: IoTClient }): Kind<TagsChange, MembersChange> => ({
  check: (change) => checkMembers('a tag', change),

  async prepare(resourceArn, change, { turn }) {
    await turn()
    const before = await readTags(iot, resourceArn)
    if (!before) return { outcome: 'left-out', message: 'The console may not read its tags (iot:ListTagsForResource).' }
    const changes = membersToChange(['tags'], before, change)
    if (changes.length === 0) return { outcome: 'unchanged' }
    return { outcome: 'would-change', changes, plan: membersLeft(before, change) }
  },

  async apply(resourceArn, _, { set, remove }, { turn }) {
    // Two requests, of which the second may fail.
    if (remove.length > 0) {
      await turn()
      await writeTags(iot, resourceArn, {}, remove)
    }
    if (Object.keys(set).length > 0) {
      await turn()
      await writeTags(iot, resourceArn, set, [])
    }
    return undefined
  },

  undo: (change, changes) => ({ change: { kind: 'tags', ...membersUndone(['tags'], change, changes) } }),

  written: (resourceArn, { set }, changes) => [
    {
      action: Object.keys(set).length > 0 ? 'TagResource' : 'UntagResource',
      resource: resourceOfArn(resourceArn),
      changes,
    },
  ],
})
