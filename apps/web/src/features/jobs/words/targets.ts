import { formatCount } from '../../../shared/format.ts'

/** A target of a job as its ARN says it: `arn:aws:iot:REGION:ACCOUNT:thinggroup/halls`. */
export interface JobTarget {
  readonly kind: 'thing' | 'group' | 'other'
  readonly name: string
}

export function targetOf(arn: string): JobTarget {
  const [, kind, name] = /:(thing|thinggroup)\/(.+)$/.exec(arn) ?? []
  if (kind === undefined || name === undefined) return { kind: 'other', name: arn }
  return { kind: kind === 'thing' ? 'thing' : 'group', name }
}

/** `group halls and 12 things` */
export function targetsInWords(arns: readonly string[]): string {
  const targets = arns.map(targetOf)
  const groups = targets.filter(({ kind }) => kind === 'group')
  const things = targets.filter(({ kind }) => kind === 'thing')
  const words = [
    groups.length > 0 && wordsOf(groups, 'group', 'groups'),
    things.length > 0 && wordsOf(things, 'thing', 'things'),
  ].filter((each) => each !== false)
  return words.length === 0 ? 'nothing' : words.join(' and ')
}

const wordsOf = ([first, ...others]: readonly JobTarget[], one: string, many: string): string =>
  others.length === 0 ? `${one} ${first?.name ?? ''}` : `${formatCount(others.length + 1)} ${many}`
