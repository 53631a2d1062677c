import type { RotationPreview, RotationTargets } from '@thingdeck/contract'
import { listedIn } from '../../shared/text/listed-in.ts'
import type { CreateRotationSearch } from './search.ts'
import { thingsInWords } from './stage-words.ts'

/** Which things, in one of three ways, as the form has them. */
export interface TargetsValues {
  readonly who: 'things' | 'group' | 'query'
  readonly names: string
  readonly group: string
  readonly query: string
}

export const targetsIn = ({ things, group = '', query = '' }: CreateRotationSearch): TargetsValues => ({
  who: group !== '' ? 'group' : query !== '' ? 'query' : 'things',
  names: (things ?? []).join('\n'),
  group,
  query,
})

/** As the API takes them; undefined where nothing is said yet. */
export function targetsOf({ who, names, group, query }: TargetsValues): RotationTargets | undefined {
  if (who === 'group') return group === '' ? undefined : { thingGroupName: group }
  if (who === 'query') return query.trim() === '' ? undefined : { queryString: query.trim() }
  const thingNames = listedIn(names)
  return thingNames.length > 0 ? { thingNames } : undefined
}

/** `3 things: a, b, c` */
export function previewInWords({ count, isAtLeast, sample }: RotationPreview): string {
  const number = `${isAtLeast ? 'more than ' : ''}${thingsInWords(count)}`
  return sample.length === 0 ? number : `${number}: ${sample.slice(0, 5).join(', ')}${count > 5 ? ' …' : ''}`
}
