import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Checkbox from '@cloudscape-design/components/checkbox'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import RadioGroup from '@cloudscape-design/components/radio-group'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Textarea from '@cloudscape-design/components/textarea'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { BulkChangeTargets } from '@thingdeck/contract'
import { stringifyJson } from '@thingdeck/json'
import { useState } from 'react'
import { formatCount } from '../../shared/format.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { FIELD_TYPES, type FieldType, readField } from '../shadow/model/field-value.ts'
import { bulkChangesKey, previewBulkChange, startBulkChange } from './api.ts'
import type { BulkChangesSearch } from './search.ts'

interface ChangeFormProps {
  readonly search: BulkChangesSearch
  readonly onStarted: (bulkChangeId: string) => void
}

type Who = 'things' | 'group' | 'filter'

const TYPES = [...FIELD_TYPES, 'remove'] as const
const TYPE_OPTIONS = TYPES.map((value) => ({ value, label: value === 'remove' ? 'remove the key' : value }))
/** Half of what AWS takes for one thing, and a fortieth of the smallest account quota. */
const DEFAULT_PER_SECOND = '10'

export function ChangeForm({ search, onStarted }: ChangeFormProps) {
  const forbidden = useWhyNot('operator')
  const client = useQueryClient()
  const [who, setWho] = useState<Who>(
    search.group !== undefined ? 'group' : (search.type ?? search.attr) ? 'filter' : 'things',
  )
  const [names, setNames] = useState((search.things ?? []).join('\n'))
  const [group, setGroup] = useState(search.group ?? '')
  const [type, setType] = useState(search.type ?? '')
  const [attr, setAttr] = useState(search.attr ?? '')
  const [value, setValue] = useState(search.value ?? '')
  const [shadowName, setShadowName] = useState('')
  const [key, setKey] = useState('')
  const [fieldType, setFieldType] = useState<FieldType | 'remove'>('string')
  const [text, setText] = useState('')
  const [createMissing, setCreateMissing] = useState(false)
  const [perSecond, setPerSecond] = useState(DEFAULT_PER_SECOND)

  const targets = targetsOf(who, { names, group, type, attr, value })
  const path = key.split('/').filter((part) => part !== '')
  const read = fieldType === 'remove' ? undefined : readField(fieldType, text)
  const rate = Number(perSecond)
  const isRate = Number.isInteger(rate) && rate >= 1 && rate <= 50
  const preview = useMutation({ mutationFn: previewBulkChange })
  const start = useMutation({
    mutationFn: startBulkChange,
    onSuccess: ({ bulkChangeId }) => {
      void client.invalidateQueries({ queryKey: bulkChangesKey })
      onStarted(bulkChangeId)
    },
  })
  const whyNot =
    forbidden ??
    (targets ? undefined : 'Say which things first.') ??
    (path.length > 0 ? undefined : 'Name the key.') ??
    (read === undefined || read.ok ? undefined : `The value is not valid: ${read.message}`) ??
    (isRate ? undefined : 'From 1 to 50 requests a second.')
  const run = (dryRun: boolean) => {
    if (!targets || whyNot !== undefined) return
    start.mutate({
      targets,
      path,
      dryRun,
      createMissing,
      requestsPerSecond: rate,
      ...(shadowName === '' ? {} : { shadowName }),
      ...(read?.ok ? { valueText: stringifyJson(read.value) } : {}),
    })
  }
  const disabled = whyNot === undefined ? {} : { disabled: true, disabledReason: whyNot }
  const counted = preview.data
  return (
    <Container>
      <SpaceBetween size="m">
        {start.error && <ErrorAlert error={start.error} what="The change could not be started" />}
        {preview.error && <ErrorAlert error={preview.error} what="The things could not be counted" />}
        <fieldset className="td-group">
          <legend>Which things</legend>
          <SpaceBetween size="xs">
            <RadioGroup
              value={who}
              items={[
                { value: 'things', label: 'These things, by name' },
                { value: 'group', label: 'All things of a group, and of the groups below it' },
                { value: 'filter', label: 'All things of a type or with an attribute' },
              ]}
              onChange={({ detail }) => {
                setWho(detail.value === 'group' || detail.value === 'filter' ? detail.value : 'things')
                preview.reset()
              }}
            />
            {who === 'things' && (
              <Textarea
                ariaLabel="Names of the things"
                placeholder="one name a line"
                value={names}
                rows={4}
                onChange={({ detail }) => setNames(detail.value)}
              />
            )}
            {who === 'group' && (
              <Input
                ariaLabel="Name of the group"
                placeholder="group"
                value={group}
                onChange={({ detail }) => setGroup(detail.value)}
              />
            )}
            {who === 'filter' && (
              <div className="td-add-key">
                <Input
                  ariaLabel="Thing type"
                  placeholder="thing type"
                  value={type}
                  onChange={({ detail }) => setType(detail.value)}
                />
                <Input
                  ariaLabel="Attribute"
                  placeholder="attribute"
                  value={attr}
                  onChange={({ detail }) => setAttr(detail.value)}
                />
                <Input
                  ariaLabel="Value of the attribute"
                  placeholder="its value"
                  value={value}
                  onChange={({ detail }) => setValue(detail.value)}
                />
              </div>
            )}
            <SpaceBetween direction="horizontal" size="s" alignItems="center">
              <Button
                onClick={() => targets && preview.mutate(targets)}
                loading={preview.isPending}
                disabled={!targets || forbidden !== undefined}
              >
                Count the things
              </Button>
              {counted && (
                <span role="status">
                  {counted.isAtLeast ? 'more than ' : ''}
                  {formatCount(counted.count)} {counted.count === 1 ? 'thing' : 'things'}
                  {counted.sample.length > 0 &&
                    `: ${counted.sample.slice(0, 5).join(', ')}${counted.count > 5 ? ' …' : ''}`}
                </span>
              )}
            </SpaceBetween>
          </SpaceBetween>
        </fieldset>
        <FormField label="Shadow" description="Empty: the classic shadow.">
          <Input
            value={shadowName}
            placeholder="classic shadow"
            onChange={({ detail }) => setShadowName(detail.value)}
          />
        </FormField>
        <fieldset className="td-group">
          <legend>Key of desired, and its new value</legend>
          <p className="td-weak">A / goes one level down.</p>
          <div className="td-add-key">
            <Input
              ariaLabel="Key"
              placeholder="key, or group/key"
              value={key}
              onChange={({ detail }) => setKey(detail.value)}
            />
            <Select
              ariaLabel="Type of the value"
              options={TYPE_OPTIONS}
              selectedOption={TYPE_OPTIONS.find((option) => option.value === fieldType) ?? null}
              onChange={({ detail }) =>
                setFieldType(TYPES.find((each) => each === detail.selectedOption.value) ?? 'string')
              }
            />
            <Input
              ariaLabel="New value"
              placeholder="value"
              value={text}
              disabled={fieldType === 'remove'}
              invalid={text !== '' && read !== undefined && !read.ok}
              onChange={({ detail }) => setText(detail.value)}
            />
          </div>
        </fieldset>
        <SpaceBetween direction="horizontal" size="l">
          <Checkbox checked={createMissing} onChange={({ detail }) => setCreateMissing(detail.checked)}>
            Also where there is no such shadow yet
          </Checkbox>
          <FormField label="Requests a second" constraintText="1 to 50; a change takes two.">
            <Input
              inputMode="numeric"
              value={perSecond}
              invalid={!isRate}
              onChange={({ detail }) => setPerSecond(detail.value)}
            />
          </FormField>
        </SpaceBetween>
        <Alert type="info">
          Every thing is read first and written with its version; what somebody changes meanwhile is kept. There is no
          undo for all at once: a dry run shows what would change.
        </Alert>
        <SpaceBetween direction="horizontal" size="xs">
          <Button onClick={() => run(true)} loading={start.isPending} {...disabled}>
            Dry run
          </Button>
          <Button variant="primary" onClick={() => run(false)} loading={start.isPending} {...disabled}>
            {counted
              ? `Change ${formatCount(counted.count)} ${counted.count === 1 ? 'shadow' : 'shadows'}`
              : 'Change shadows'}
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  )
}

function targetsOf(
  who: Who,
  { names, group, type, attr, value }: { names: string; group: string; type: string; attr: string; value: string },
): BulkChangeTargets | undefined {
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
