import type { IoTClient } from '@aws-sdk/client-iot'
import type { TagsChange } from '@thingdeck/contract'
import { resourceOfArn } from '../../../aws/resource-of-arn.ts'
import { changeTags, readTags } from '../../../aws/tags.ts'
import type { Kind } from './kind.ts'
import { checkMembers, membersToChange, membersUndone } from './member-changes.ts'

interface TagsPlan {
  readonly before: Record<string, string>
  readonly after: Record<string, string>
}

/** Tags of whatever AWS IoT gives tags to, by its ARN. */
export const createTagsKind = ({ iot }: { readonly iot: IoTClient }): Kind<TagsChange, TagsPlan> => ({
  check: (change) => checkMembers('a tag', change),

  async prepare(resourceArn, change, { turn }) {
    await turn()
    const before = await readTags(iot, resourceArn)
    if (!before) return { outcome: 'left-out', message: 'The console may not read its tags (iot:ListTagsForResource).' }
    const changes = membersToChange(['tags'], before, change)
    if (changes.length === 0) return { outcome: 'unchanged' }
    const left = Object.entries(before).filter(([key]) => !change.remove.includes(key))
    const after = { ...Object.fromEntries(left), ...change.set }
    return { outcome: 'would-change', changes, plan: { before, after } }
  },

  async apply(resourceArn, _, { before, after }, { turn }) {
    await turn()
    await changeTags(iot, resourceArn, before, after)
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
