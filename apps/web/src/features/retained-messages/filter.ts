import type { RetainedTopic } from '@thingdeck/contract'
import { createFilter } from '../../shared/list/list-filter.ts'
import type { RetainedFilter } from './search.ts'

export const RETAINED_FILTER = createFilter<RetainedTopic, RetainedFilter>({
  properties: [
    {
      key: 'topic',
      label: 'Topic',
      valuesLabel: 'Topics',
      params: { ':': 'contains', '^': 'prefix' },
      seenIn: ({ topic }) => topic,
    },
  ],
  freeText: { operator: ':', mean: (value) => ({ propertyKey: 'topic', operator: ':', value }) },
})
