import Button from '@cloudscape-design/components/button'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { BulkChangePreview, BulkChangeTargets } from '@thingdeck/contract'
import { RadioField, TextField } from '../../shared/form/fields.tsx'
import type { Form } from '../../shared/form/use-form.ts'
import { formatCount } from '../../shared/format.ts'
import type { BulkChangesSearch } from './search.ts'

/** On which things, in one of three ways. */
export interface TargetsValues {
  readonly who: 'things' | 'group' | 'filter'
  readonly names: string
  readonly group: string
  readonly type: string
  readonly attr: string
  readonly value: string
}

export const targetsIn = ({
  things,
  group = '',
  type = '',
  attr = '',
  value = '',
}: BulkChangesSearch): TargetsValues => ({
  who: group !== '' ? 'group' : type !== '' || attr !== '' ? 'filter' : 'things',
  names: (things ?? []).join('\n'),
  group,
  type,
  attr,
  value,
})

/** As the API takes them; undefined where nothing is said yet. */
export function targetsOf({ who, names, group, type, attr, value }: TargetsValues): BulkChangeTargets | undefined {
  if (who === 'things') {
    const thingNames = names.split(/[\s,]+/).filter((name) => name !== '')
    return thingNames.length > 0 ? { thingNames } : undefined
  }
  if (who === 'group') return group === '' ? undefined : { thingGroupName: group }
  if (type === '' && attr === '') return undefined
  return {
    ...(type === '' ? {} : { thingTypeName: type }),
    ...(attr === '' ? {} : { attributeName: attr }),
    ...(value === '' ? {} : { attributeValue: value }),
  }
}

const WAYS = [
  { value: 'things', label: 'These things, by name' },
  { value: 'group', label: 'All things of a group, and of the groups below it' },
  { value: 'filter', label: 'All things of a type or with an attribute' },
] as const

interface TargetsFieldsProps<T extends TargetsValues> {
  readonly form: Form<T>
  readonly counted: BulkChangePreview | undefined
  readonly isCounting: boolean
  /** Undefined where there is nothing to count, or nobody who may. */
  readonly onCount: (() => void) | undefined
}

export function TargetsFields<T extends TargetsValues>({ form, counted, isCounting, onCount }: TargetsFieldsProps<T>) {
  const { who } = form.values
  return (
    <SpaceBetween size="s">
      <RadioField field={form.field('who')} label="Which things" options={WAYS} />
      {who === 'things' && (
        <TextField field={form.field('names')} label="Names of the things" placeholder="one name a line" rows={4} />
      )}
      {who === 'group' && <TextField field={form.field('group')} label="Name of the group" />}
      {who === 'filter' && (
        <ColumnLayout columns={3}>
          <TextField field={form.field('type')} label="Thing type" />
          <TextField field={form.field('attr')} label="Attribute" />
          <TextField field={form.field('value')} label="Value of the attribute" />
        </ColumnLayout>
      )}
      <SpaceBetween direction="horizontal" size="s" alignItems="center">
        <Button formAction="none" loading={isCounting} disabled={!onCount} {...(onCount && { onClick: onCount })}>
          Count the things
        </Button>
        {counted && <span role="status">{countWords(counted)}</span>}
      </SpaceBetween>
    </SpaceBetween>
  )
}

/** `3 things: a, b, c` */
export function countWords({ count, isAtLeast, sample }: BulkChangePreview): string {
  const number = `${isAtLeast ? 'more than ' : ''}${formatCount(count)} ${count === 1 ? 'thing' : 'things'}`
  return sample.length === 0 ? number : `${number}: ${sample.slice(0, 5).join(', ')}${count > 5 ? ' …' : ''}`
}
