import type { IoTClient } from '@aws-sdk/client-iot'
import type { TagsChange } from '@thingdeck/contract'
import { formatPath } from '@thingdeck/json'
import { resourceOfArn } from '../../../aws/resource-of-arn.ts'
import { changeTags, readTags } from '../../../aws/tags.ts'
import { Problem } from '../../../problem.ts'
import type { Kind } from './kind.ts'
import { membersToChange, membersUndone } from './member-changes.ts'

interface TagsPlan {
  readonly before: Record<string, string>
  readonly after: Record<string, string>
}

/** Tags of whatever AWS IoT gives tags to, by its ARN. */
export const createTagsKind = ({ iot }: { readonly iot: IoTClient }): Kind<TagsChange, TagsPlan> => ({
  check({ set, remove }) {
    if (Object.keys(set).length + remove.length === 0)
      throw new Problem('BAD_REQUEST', 'Name a tag to set or to remove.')
    const both = remove.find((key) => Object.hasOwn(set, key))
    if (both !== undefined) throw new Problem('BAD_REQUEST', `${both} is to be set and to be removed: say one of them.`)
  },

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

  undo: ({ set, remove }, changes) => ({
    change: {
      kind: 'tags',
      ...membersUndone([...Object.keys(set), ...remove], (key) => formatPath(['tags', key]), changes),
    },
  }),

  written: (resourceArn, { set }, changes) => [
    {
      action: Object.keys(set).length > 0 ? 'TagResource' : 'UntagResource',
      resource: resourceOfArn(resourceArn),
      changes,
    },
  ],
})
