import Button from '@cloudscape-design/components/button'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type BulkChangePreview, type BulkChangeTargets, MOST_BULK_CHANGE_TARGETS } from '@thingdeck/contract'
import { FieldRow, RadioField, TextField } from '../../shared/form/fields.tsx'
import type { Form } from '../../shared/form/use-form.ts'
import { formatCount } from '../../shared/format.ts'
import { ThingGroupPicker } from '../../shared/pickers/thing-group-picker.tsx'
import { ThingTypePicker } from '../../shared/pickers/thing-type-picker.tsx'
import { listedIn } from '../../shared/text/listed-in.ts'
import { IndexQueryField, ThingNamesField } from '../../shared/things/which-things-fields.tsx'
import { previewInWords } from './bulk-change-words.ts'
import type { ChangeValues } from './change-values.ts'
import type { BulkChangesSearch } from './search.ts'

/** On which things, in one of four ways; of tags, on which resources. */
export interface TargetsValues {
  readonly who: 'things' | 'group' | 'filter' | 'query'
  readonly names: string
  readonly group: string
  readonly type: string
  readonly attr: string
  readonly value: string
  readonly query: string
  readonly resources: string
}

export const targetsIn = (search: BulkChangesSearch): TargetsValues => {
  const { things = [], group = '', type = '', attr = '', value = '', query = '', resources = [] } = search
  const isFilter = type !== '' || attr !== ''
  return {
    who: group !== '' ? 'group' : query !== '' ? 'query' : isFilter ? 'filter' : 'things',
    names: things.join('\n'),
    group,
    type,
    attr,
    value,
    query,
    resources: resources.join('\n'),
  }
}

/** As the API takes them; undefined where nothing is said yet. */
export function targetsOf(values: TargetsValues & Pick<ChangeValues, 'kind'>): BulkChangeTargets | undefined {
  const { kind, who, names, group, type, attr, value, query, resources } = values
  if (kind === 'tags') {
    const resourceArns = listedIn(resources)
    return resourceArns.length > 0 ? { resourceArns } : undefined
  }
  if (who === 'things') {
    const thingNames = listedIn(names)
    return thingNames.length > 0 ? { thingNames } : undefined
  }
  if (who === 'group') return group === '' ? undefined : { thingGroupName: group }
  if (who === 'query') return query.trim() === '' ? undefined : { query: query.trim() }
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
  { value: 'query', label: 'All things that a query of the fleet index finds' },
] as const

interface TargetsFieldsProps<T extends TargetsValues & Pick<ChangeValues, 'kind'>> {
  readonly form: Form<T>
  readonly counted: BulkChangePreview | undefined
  /** How long it takes with so many. */
  readonly time: string | undefined
  readonly isCounting: boolean
  /** Undefined where there is nothing to count, or nobody who may. */
  readonly onCount: (() => void) | undefined
}

export function TargetsFields<T extends TargetsValues & Pick<ChangeValues, 'kind'>>(props: TargetsFieldsProps<T>) {
  const { form, counted, time, isCounting, onCount } = props
  const { who, kind } = form.values
  const group = form.field('group')
  const type = form.field('type')
  return (
    <SpaceBetween size="s">
      {kind === 'tags' ? (
        <TextField
          field={form.field('resources')}
          label="ARNs of the resources"
          description="Thing groups, thing types, billing groups, policies, CA certificates and others; AWS IoT gives things no tags."
          placeholder="one ARN a line"
          constraint={`Up to ${formatCount(MOST_BULK_CHANGE_TARGETS)}.`}
          rows={4}
        />
      ) : (
        <>
          <RadioField field={form.field('who')} label="Which things" options={WAYS} />
          {who === 'things' && (
            <ThingNamesField
              field={form.field('names')}
              constraint={`Up to ${formatCount(MOST_BULK_CHANGE_TARGETS)}.`}
              rows={4}
            />
          )}
          {who === 'group' && (
            <FieldRow field={group} label="Thing group">
              <ThingGroupPicker value={group.value} onChange={group.set} onBlur={group.leave} />
            </FieldRow>
          )}
          {who === 'filter' && (
            <ColumnLayout columns={3}>
              <FieldRow field={type} label="Thing type">
                <ThingTypePicker value={type.value} onChange={type.set} onBlur={type.leave} none="Any type" />
              </FieldRow>
              <TextField field={form.field('attr')} label="Attribute" />
              <TextField field={form.field('value')} label="Value of the attribute" />
            </ColumnLayout>
          )}
          {who === 'query' && <IndexQueryField field={form.field('query')} />}
        </>
      )}
      <SpaceBetween direction="horizontal" size="s" alignItems="center">
        <Button formAction="none" loading={isCounting} disabled={!onCount} {...(onCount && { onClick: onCount })}>
          {kind === 'tags' ? 'Count the resources' : 'Count the things'}
        </Button>
        {counted && <span role="status">{previewInWords(kind, counted)}</span>}
      </SpaceBetween>
      {counted && time !== undefined && <span className="td-weak">{time}</span>}
    </SpaceBetween>
  )
}
