import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import {
  BULK_CHANGE_KINDS,
  type BulkChangePreview,
  type BulkChangeRequest,
  type BulkChangeTargets,
} from '@thingdeck/contract'
import { useState } from 'react'
import { ATTRIBUTE_RULES } from '../../shared/attributes/attribute-rules.ts'
import { BULK_CHANGES } from '../../shared/bulk-changes/bulk-change-queries.ts'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { ConfirmDialog } from '../../shared/dialog/confirm-dialog.tsx'
import { Consequences } from '../../shared/dialog/consequences.tsx'
import { SelectField, TextField } from '../../shared/form/fields.tsx'
import { FormElement } from '../../shared/form/form-element.tsx'
import { pairsRule } from '../../shared/form/pairs-field.tsx'
import { useForm } from '../../shared/form/use-form.ts'
import { formatCount } from '../../shared/format.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { TAG_RULES } from '../../shared/tags/tag-rules.ts'
import { visible } from '../../shared/text/visible.tsx'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { previewBulkChange, startBulkChange } from './api.ts'
import { actInWords, changeInWords, durationInWords, previewInWords, targetsInWords } from './bulk-change-words.ts'
import { ChangeFields } from './change-fields.tsx'
import { CHANGE_RULES, type ChangeValues, changeOf, NO_CHANGE } from './change-values.ts'
import { type BulkChangesSearch, type FormKind, KINDS } from './search.ts'
import { TargetsFields, type TargetsValues, targetsIn, targetsOf } from './targets-fields.tsx'

interface Values extends TargetsValues, ChangeValues {
  /** `''`: as the kind has it. */
  readonly perSecond: string
  /** Unless it is said otherwise: what Ctrl+Enter starts changes nothing. */
  readonly dryRun: boolean
}

const KIND_LABELS: Readonly<Record<FormKind, string>> = {
  shadow: 'A key in the desired state of their shadows',
  attributes: 'Attributes',
  type: 'Thing type',
  groups: 'Thing groups',
  'billing-group': 'Billing group',
  tags: 'Tags of resources',
  policy: 'A policy at their certificates',
  certificates: 'Whether their certificates are active',
  delete: 'Delete things with all that belongs to them',
}
const KIND_OPTIONS = KINDS.map((value) => ({ value, label: KIND_LABELS[value] }))

const isRate = (text: string) => text === '' || (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 100)
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

const rateOf = ({ kind, perSecond }: Pick<Values, 'kind' | 'perSecond'>) =>
  perSecond === '' || !isRate(perSecond) ? BULK_CHANGE_KINDS[kind].perSecond : Number(perSecond)

function timeOf(values: Values, { count }: BulkChangePreview): string {
  const { reads, writes } = BULK_CHANGE_KINDS[values.kind]
  const rate = rateOf(values)
  const took = (requests: number) => durationInWords(count * requests, rate)
  return `At ${rate} requests a second a dry run takes ${took(reads)}, the change ${took(reads + writes)}.`
}

/** A new bulk change: of what, and what is to become other. */
export function CreatePage({ search }: { readonly search: BulkChangesSearch }) {
  const { history } = useRouter()
  const client = useQueryClient()
  const preview = useMutation({ mutationFn: previewBulkChange })
  const [asking, setAsking] = useState<Asking>()
  usePageChrome({
    title: 'New bulk change',
    breadcrumbs: [
      { text: 'Bulk changes', href: paths.bulkChanges() },
      { text: 'New bulk change', href: paths.bulkChanges({ act: search.act ?? 'shadow' }) },
    ],
  })
  const started = ({ bulkChangeId }: { readonly bulkChangeId: string }) => {
    void client.invalidateQueries({ queryKey: BULK_CHANGES })
    history.push(paths.bulkChanges({ bulkChange: bulkChangeId }))
  }
  const missing = (who: TargetsValues['who']) => (_: string, values: Values) =>
    values.kind !== 'tags' && values.who === who && !targetsOf(values) ? NO_TARGETS : undefined
  const form = useForm<Values, Asking | { readonly bulkChangeId: string }>({
    initial: {
      ...NO_CHANGE,
      ...targetsIn(search),
      kind: search.act ?? (search.resources ? 'tags' : 'shadow'),
      perSecond: '',
      dryRun: true,
    },
    rules: {
      ...CHANGE_RULES,
      names: missing('things'),
      group: missing('group'),
      type: missing('filter'),
      query: missing('query'),
      resources: (_, values) => (values.kind === 'tags' && !targetsOf(values) ? 'Name the resources.' : undefined),
      setAttributes: (pairs, { kind }) => (kind === 'attributes' ? pairsRule(ATTRIBUTE_RULES)(pairs) : undefined),
      setTags: (pairs, { kind }) => (kind === 'tags' ? pairsRule(TAG_RULES)(pairs) : undefined),
      perSecond: (text) => (isRate(text) ? undefined : 'From 1 to 100 requests a second.'),
    },
    async submit(values) {
      const targets = targetsOf(values)
      if (!targets) throw new Error(NO_TARGETS)
      const { dryRun } = values
      const request = { targets, change: changeOf(values), dryRun, requestsPerSecond: rateOf(values) }
      if (dryRun) return startBulkChange(request)
      return { request: { ...request, clientRequestToken: crypto.randomUUID() }, counted: await counting(targets) }
    },
    onDone(done) {
      if ('counted' in done) setAsking(done)
      else started(done)
    },
  })
  const { kind } = form.values
  const { role, destroys, canUndo } = BULK_CHANGE_KINDS[kind]
  const forbidden = useWhyNot(role)
  const targets = targetsOf(form.values)
  // A count holds only for what was counted.
  const isCounted = JSON.stringify(preview.variables) === JSON.stringify(targets)
  const counted = isCounted ? preview.data : undefined
  const disabled = forbidden === undefined ? {} : { disabled: true, disabledReason: forbidden }
  const act = actInWords(
    kind,
    counted
      ? targetsInWords(kind, counted.count)
      : kind === 'shadow'
        ? 'shadows'
        : kind === 'tags'
          ? 'resources'
          : 'things',
  )
  return (
    <SpaceBetween size="m">
      <PageHeader description="One change of many things. What is not named stays as it is.">
        New bulk change
      </PageHeader>
      <FormElement form={form} whyNot={forbidden}>
        <SpaceBetween size="m">
          {form.failure && <ErrorAlert error={form.failure} what="The change could not be started" />}
          {preview.error && <ErrorAlert error={preview.error} what="The things could not be counted" />}
          <Container header={<Header variant="h2">What is to change</Header>}>
            <SpaceBetween size="l">
              <SelectField field={form.field('kind')} label="Kind of change" options={KIND_OPTIONS} />
              <ChangeFields form={form} />
            </SpaceBetween>
          </Container>
          <Container
            header={<Header variant="h2">{kind === 'tags' ? 'Of which resources' : 'Of which things'}</Header>}
          >
            <SpaceBetween size="l">
              <TargetsFields
                form={form}
                counted={counted}
                time={counted && timeOf(form.values, counted)}
                isCounting={preview.isPending}
                onCount={targets && forbidden === undefined ? () => preview.mutate(targets) : undefined}
              />
              <TextField
                field={form.field('perSecond')}
                label="Requests a second"
                placeholder={String(BULK_CHANGE_KINDS[kind].perSecond)}
                constraint="1 to 100, to AWS. AWS takes ten a second of some operations of the registry from a whole account."
                inputMode="numeric"
              />
            </SpaceBetween>
          </Container>
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              formAction="none"
              variant={destroys ? 'primary' : 'normal'}
              onClick={() => form.submit({ dryRun: true })}
              loading={form.isBusy}
              {...disabled}
            >
              Dry run
            </Button>
            {/* What destroys is done after a dry run only, with what it found. */}
            {!destroys && (
              <Button
                formAction="none"
                variant="primary"
                onClick={() => form.submit({ dryRun: false })}
                loading={form.isBusy}
                {...disabled}
              >
                {act}
              </Button>
            )}
          </SpaceBetween>
        </SpaceBetween>
      </FormElement>
      {asking && (
        <ConfirmDialog
          header={`${actInWords(kind, targetsInWords(kind, asking.counted.count))}?`}
          action={actInWords(kind, targetsInWords(kind, asking.counted.count))}
          failure="The change could not be started"
          onConfirm={async () =>
            started(await startBulkChange({ ...asking.request, confirmedCount: asking.counted.count }))
          }
          onClose={() => setAsking(undefined)}
        >
          <Consequences
            list={[
              <span key="what">{visible(changeInWords(asking.request.change))}.</span>,
              <span key="who">{visible(previewInWords(kind, asking.counted))}.</span>,
              <span key="time">{timeOf(form.values, asking.counted)}</span>,
              'It is begun on exactly so many: if others are meant by then, on none.',
              canUndo
                ? 'What was there before is kept, and can be put back where nobody changed it since.'
                : 'It cannot be undone.',
            ]}
          />
        </ConfirmDialog>
      )}
    </SpaceBetween>
  )
}
