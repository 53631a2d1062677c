import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { type JobTargetsCount, MOST_JOB_TARGETS } from '@thingdeck/contract'
import { useState } from 'react'
import { FieldRow, RadioField, TextField } from '../../../shared/form/fields.tsx'
import type { Form } from '../../../shared/form/use-form.ts'
import { formatCount, formatCounted } from '../../../shared/format.ts'
import { ThingGroupsPicker } from '../../../shared/pickers/thing-group-picker.tsx'
import { IndexQueryField, ThingNamesField } from '../../../shared/things/which-things-fields.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { missingInWords } from '../words/summary.ts'
import { type JobValues, targetsOf } from './job-values.ts'
import { TooManyThings } from './too-many-things.tsx'

const WAYS = [
  { value: 'things', label: 'These things, by name' },
  { value: 'group', label: 'All things of groups, and of the groups below them' },
  { value: 'query', label: 'Things that a query of the fleet index finds' },
] as const

const SELECTIONS = [
  {
    value: 'SNAPSHOT',
    label: 'Those that are there',
    description: 'When it is rolled out. The job ends when all are through.',
  },
  {
    value: 'CONTINUOUS',
    label: 'Those that are there, and who joins a group later',
    description: 'The job goes on until it is canceled. A device that leaves before it is through is given up.',
  },
] as const

interface TargetsStepProps {
  readonly form: Form<JobValues>
  readonly counted: JobTargetsCount | undefined
  readonly isCounting: boolean
  readonly error: Error | null
  /** Asks the index anew what a query finds; undefined: there is none. */
  readonly onCount: (() => void) | undefined
}

/** Whom it is for, with how many that are. */
export function TargetsStep({ form, counted, isCounting, error, onCount }: TargetsStepProps) {
  const { who, query } = form.values
  const [hasBeside] = useState(form.values.beside !== '')
  const groups = form.field('groups')
  const { thingNames } = targetsOf(form.values)
  return (
    <SpaceBetween size="l">
      <TextField field={form.field('jobId')} label="Id of the job" placeholder="fw-2_5-halls" />
      <TextField
        field={form.field('description')}
        label="Description"
        description="For people; devices do not get it."
      />
      <RadioField field={form.field('who')} label="Which things" options={WAYS} />
      {who === 'things' && (
        <ThingNamesField
          field={form.field('names')}
          constraint={`Up to ${formatCount(MOST_JOB_TARGETS)}; of more a group is made.`}
        />
      )}
      {who === 'things' && thingNames.length > MOST_JOB_TARGETS && (
        <TooManyThings form={form} things={{ thingNames }} count={thingNames.length} isAtLeast={false} />
      )}
      {who === 'group' && (
        <>
          <FieldRow field={groups} label="Thing groups">
            <ThingGroupsPicker value={groups.value} onChange={groups.set} onBlur={groups.leave} />
          </FieldRow>
          {hasBeside && (
            <ThingNamesField field={form.field('beside')} label="And these things, beside the groups" rows={3} />
          )}
          <RadioField field={form.field('selection')} label="Of these groups" options={SELECTIONS} />
        </>
      )}
      {who === 'query' && (
        <IndexQueryField
          field={{
            ...form.field('query'),
            set: (text) => form.change({ query: text, found: [] }),
            // Whoever leaves it is on the way to the button that counts, which must not move from under the pointer.
            leave: () => {},
          }}
        />
      )}
      {error && <ErrorAlert error={error} what="The things could not be counted" />}
      <SpaceBetween direction="horizontal" size="s" alignItems="center">
        <Button formAction="none" loading={isCounting} disabled={!onCount} {...(onCount && { onClick: onCount })}>
          Count the things
        </Button>
        {counted && (
          <span role="status">
            {counted.missing.length > 0 ? (
              <StatusIndicator type="error">{missingInWords(counted.missing)}</StatusIndicator>
            ) : (
              countInWords(counted)
            )}
          </span>
        )}
      </SpaceBetween>
      {who === 'query' && counted && counted.count > MOST_JOB_TARGETS && (
        <TooManyThings
          form={form}
          things={{ query: query.trim() }}
          count={counted.count}
          isAtLeast={counted.isAtLeast}
        />
      )}
    </SpaceBetween>
  )
}

function countInWords({ count, isAtLeast, connected, toldBy }: JobTargetsCount): string {
  const number = `${isAtLeast ? 'more than ' : toldBy === 'index' ? 'about ' : ''}${formatCounted(count, 'thing')}`
  if (connected === undefined || count === 0) return number
  return `${number}: ${formatCount(connected)} connected, ${formatCount(Math.max(0, count - connected))} not`
}
