import Input from '@cloudscape-design/components/input'
import type { ReactNode } from 'react'
import { formatCount } from '../format.ts'
import { FieldRow } from './fields.tsx'
import { LineEditor } from './line-editor.tsx'
import type { Field } from './use-form.ts'

/** A name with its value, as somebody writes them. */
export interface Pair {
  readonly key: string
  readonly value: string
}

/** What is wrong with a pair among its like, in a sentence each. */
export interface PairProblem {
  readonly key?: string | undefined
  readonly value?: string | undefined
}

/** What pairs may be. */
export interface PairRules {
  /** 'tag', 'tags' */
  readonly one: string
  readonly many: string
  readonly keyLabel: string
  readonly valueLabel: string
  readonly most: number
  /** `others`: the keys of the other pairs. */
  readonly problemOf: (pair: Pair, others: readonly string[]) => PairProblem
}

export const pairsOf = (record: Readonly<Record<string, string>> = {}): readonly Pair[] =>
  Object.entries(record).map(([key, value]) => ({ key, value }))

/** Without pairs of which nothing was written. */
export const recordOf = (pairs: readonly Pair[]): Record<string, string> =>
  Object.fromEntries(pairs.filter(isWritten).map(({ key, value }) => [key, value]))

const isWritten = ({ key, value }: Pair) => key !== '' || value !== ''

const problemAt = (pairs: readonly Pair[], index: number, { problemOf }: PairRules): PairProblem => {
  const pair = pairs[index]
  if (!pair || !isWritten(pair)) return {}
  return problemOf(
    pair,
    pairs.flatMap(({ key }, other) => (other === index ? [] : [key])),
  )
}

/** A form's rule of pairs: whether all are as they may be. */
export const pairsRule =
  (rules: PairRules) =>
  (pairs: readonly Pair[]): string | undefined => {
    const count = pairs.filter(isWritten).length
    if (count > rules.most) return `At most ${formatCount(rules.most)} ${rules.many}; these are ${formatCount(count)}.`
    const wrong = pairs.some((_, index) => {
      const { key, value } = problemAt(pairs, index, rules)
      return key !== undefined || value !== undefined
    })
    return wrong ? `Mend what is said below the ${rules.many}.` : undefined
  }

interface PairsFieldProps {
  readonly field: Field<readonly Pair[]>
  readonly rules: PairRules
  readonly label: string
  readonly description?: ReactNode
  readonly constraint?: ReactNode
}

/** Names with values, a line each: tags, attributes. */
export function PairsField({ field, rules, label, description, constraint }: PairsFieldProps) {
  const pairs = field.value
  const change = (index: number, changed: Partial<Pair>) =>
    field.set(pairs.map((pair, at) => (at === index ? { ...pair, ...changed } : pair)))
  const control = (part: 'key' | 'value', name: string) => (pair: Pair, index: number) => (
    <Input
      value={pair[part]}
      ariaLabel={`${name} ${index + 1}`}
      spellcheck={false}
      autoComplete={false}
      onChange={({ detail }) => change(index, { [part]: detail.value })}
      onBlur={() => pairs.some(({ key }) => key !== '') && field.leave()}
    />
  )
  const errorText = (part: 'key' | 'value') => (_: Pair, index: number) =>
    field.error === undefined ? undefined : problemAt(pairs, index, rules)[part]
  return (
    <FieldRow field={field} label={label} description={description} constraint={constraint}>
      <LineEditor
        items={pairs}
        addButtonText={`Add ${rules.one}`}
        one={rules.one}
        nameOf={({ key }) => key}
        empty={`No ${rules.many}.`}
        disableAddButton={pairs.length >= rules.most}
        definition={[
          { label: rules.keyLabel, control: control('key', rules.keyLabel), errorText: errorText('key') },
          { label: rules.valueLabel, control: control('value', rules.valueLabel), errorText: errorText('value') },
        ]}
        onAddButtonClick={() => field.set([...pairs, { key: '', value: '' }])}
        onRemoveButtonClick={({ detail }) => field.set(pairs.toSpliced(detail.itemIndex, 1))}
      />
    </FieldRow>
  )
}
