import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import Container from '@cloudscape-design/components/container'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { BulkChangePreview, BulkChangeRequest, BulkChangeTargets } from '@thingdeck/contract'
import { stringifyJson } from '@thingdeck/json'
import { useState } from 'react'
import { ConfirmDialog } from '../../shared/dialog/confirm-dialog.tsx'
import { FIELD_TYPE_WORDS, FIELD_TYPES, type FieldType, readField } from '../../shared/form/field-value.ts'
import { CheckField, SelectField, TextField } from '../../shared/form/fields.tsx'
import { FormElement } from '../../shared/form/form-element.tsx'
import { useForm } from '../../shared/form/use-form.ts'
import { formatCount } from '../../shared/format.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { visible } from '../../shared/text/visible.tsx'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { bulkChangesKey, previewBulkChange, startBulkChange } from './api.ts'
import { changeInWords, shadowsInWords } from './bulk-change-words.ts'
import type { BulkChangesSearch } from './search.ts'
import { countWords, TargetsFields, type TargetsValues, targetsIn, targetsOf } from './targets-fields.tsx'

interface ChangeFormProps {
  readonly search: BulkChangesSearch
  readonly onStarted: (bulkChangeId: string) => void
}

interface Values extends TargetsValues {
  readonly shadowName: string
  readonly key: string
  readonly fieldType: FieldType | 'remove'
  readonly text: string
  readonly createMissing: boolean
  readonly perSecond: string
  /** Unless it is said otherwise: what Ctrl+Enter starts changes nothing. */
  readonly dryRun: boolean
}

const TYPES = [...FIELD_TYPES, 'remove'] as const
const TYPE_OPTIONS = TYPES.map((value) => ({
  value,
  label: value === 'remove' ? 'remove the key' : FIELD_TYPE_WORDS[value],
}))
/** Half of what AWS takes for one thing, and a fortieth of the smallest account quota. */
const DEFAULT_PER_SECOND = '10'

const pathOf = (key: string) => key.split('/').filter((part) => part !== '')
const isRate = (text: string) => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 50
const NO_TARGETS = 'Say which things.'

/** What is to be agreed to. */
interface Asking {
  readonly request: BulkChangeRequest
  readonly counted: BulkChangePreview
}

/** How many things are meant now. */
async function counting(targets: BulkChangeTargets): Promise<BulkChangePreview> {
  const counted = await previewBulkChange(targets)
  if (counted.count === 0) throw new Error('No thing is meant by this.')
  if (counted.isAtLeast)
    throw new Error(
      `More than ${formatCount(counted.count)} things are meant, which is more than one bulk change takes.`,
    )
  return counted
}

export function ChangeForm({ search, onStarted }: ChangeFormProps) {
  const forbidden = useWhyNot('operator')
  const client = useQueryClient()
  const preview = useMutation({ mutationFn: previewBulkChange })
  const missing = (who: TargetsValues['who']) => (_: string, values: Values) =>
    values.who === who && !targetsOf(values) ? NO_TARGETS : undefined
  const [asking, setAsking] = useState<Asking>()
  const started = ({ bulkChangeId }: { readonly bulkChangeId: string }) => {
    void client.invalidateQueries({ queryKey: bulkChangesKey })
    onStarted(bulkChangeId)
  }
  const form = useForm<Values, Asking | { readonly bulkChangeId: string }>({
    initial: {
      ...targetsIn(search),
      shadowName: '',
      key: '',
      fieldType: 'string',
      text: '',
      createMissing: false,
      perSecond: DEFAULT_PER_SECOND,
      dryRun: true,
    },
    rules: {
      names: missing('things'),
      group: missing('group'),
      type: missing('filter'),
      key: (key) => (pathOf(key).length === 0 ? 'Name the key.' : undefined),
      text: faultOfValue,
      perSecond: (text) => (isRate(text) ? undefined : 'From 1 to 50 requests a second.'),
    },
    async submit({ key, fieldType, text, shadowName, createMissing, perSecond, dryRun, ...who }) {
      const targets = targetsOf(who)
      if (!targets) throw new Error(NO_TARGETS)
      const read = fieldType === 'remove' ? undefined : readField(fieldType, text)
      const request = {
        targets,
        path: pathOf(key),
        dryRun,
        createMissing,
        requestsPerSecond: Number(perSecond),
        ...(shadowName === '' ? {} : { shadowName }),
        ...(read?.ok ? { valueText: stringifyJson(read.value) } : {}),
      }
      return dryRun ? startBulkChange(request) : { request, counted: await counting(targets) }
    },
    onDone(done) {
      if ('counted' in done) setAsking(done)
      else started(done)
    },
  })
  const targets = targetsOf(form.values)
  // A count holds only for what was counted.
  const isCounted = JSON.stringify(preview.variables) === JSON.stringify(targets)
  const counted = isCounted ? preview.data : undefined
  const disabled = forbidden === undefined ? {} : { disabled: true, disabledReason: forbidden }
  return (
    <FormElement form={form} whyNot={forbidden}>
      <Container>
        <SpaceBetween size="l">
          {form.failure && <ErrorAlert error={form.failure} what="The change could not be started" />}
          {preview.error && <ErrorAlert error={preview.error} what="The things could not be counted" />}
          <TargetsFields
            form={form}
            counted={counted}
            isCounting={preview.isPending}
            onCount={targets && forbidden === undefined ? () => preview.mutate(targets) : undefined}
          />
          <SpaceBetween size="xs">
            <TextField
              field={form.field('shadowName')}
              label="Shadow"
              description="Empty: the classic shadow."
              placeholder="classic shadow"
            />
            <CheckField field={form.field('createMissing')}>Also where there is no such shadow yet</CheckField>
          </SpaceBetween>
          <ColumnLayout columns={3}>
            <TextField
              field={form.field('key')}
              label="Key"
              constraint="Of desired; a / goes one level down."
              placeholder="key, or group/key"
            />
            <SelectField field={form.field('fieldType')} label="Type of the value" options={TYPE_OPTIONS} />
            <TextField field={form.field('text')} label="New value" disabled={form.values.fieldType === 'remove'} />
          </ColumnLayout>
          <ColumnLayout columns={3}>
            <TextField
              field={form.field('perSecond')}
              label="Requests a second"
              constraint="1 to 50; a change takes two."
              inputMode="numeric"
            />
          </ColumnLayout>
          <Alert type="info">
            Every thing is read first and written with its version; what somebody changes meanwhile is kept. There is no
            undo for all at once: a dry run shows what would change.
          </Alert>
          <SpaceBetween direction="horizontal" size="xs">
            <Button formAction="none" onClick={() => form.submit({ dryRun: true })} loading={form.isBusy} {...disabled}>
              Dry run
            </Button>
            <Button
              formAction="none"
              variant="primary"
              onClick={() => form.submit({ dryRun: false })}
              loading={form.isBusy}
              {...disabled}
            >
              {counted ? `Change ${shadowsInWords(counted.count)}` : 'Change shadows'}
            </Button>
          </SpaceBetween>
        </SpaceBetween>
      </Container>
      {asking && (
        <ConfirmDialog
          header={`Change ${shadowsInWords(asking.counted.count)}?`}
          action={`Change ${shadowsInWords(asking.counted.count)}`}
          failure="The change could not be started"
          onConfirm={async () =>
            started(await startBulkChange({ ...asking.request, confirmedCount: asking.counted.count }))
          }
          onClose={() => setAsking(undefined)}
        >
          {visible(changeInWords(asking.request))}, on {countWords(asking.counted)}. It is begun on exactly so many
          things: if others are meant by then, on none. There is no undo for all at once.
        </ConfirmDialog>
      )}
    </FormElement>
  )
}

function faultOfValue(text: string, { fieldType }: Values): string | undefined {
  const read = fieldType === 'remove' ? undefined : readField(fieldType, text)
  return read === undefined || read.ok ? undefined : read.message
}
