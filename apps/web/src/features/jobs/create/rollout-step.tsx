import Alert from '@cloudscape-design/components/alert'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { JOB_END_BEHAVIORS, type JobTargetsCount } from '@thingdeck/contract'
import { failuresToAbort, formatTime, MOST_WINDOWS } from '@thingdeck/jobs'
import { SelectField, TextField } from '../../../shared/form/fields.tsx'
import { RowsField } from '../../../shared/form/rows-field.tsx'
import type { Form } from '../../../shared/form/use-form.ts'
import { formatCounted } from '../../../shared/format.ts'
import { PacePicture } from '../components/pace-picture.tsx'
import { planRollout } from '../words/rollout-plan.ts'
import { localZone } from '../words/schedule.ts'
import { isTooFew } from '../words/summary.ts'
import { cronProblem, minutesProblem } from './job-rules.ts'
import { abortOf, type JobValues, localMs, rolloutOf, selectionOf } from './job-values.ts'
import { AbortsField, PaceFields } from './pace-fields.tsx'

const ENDS: Readonly<Record<JobValues['endBehavior'], string>> = {
  STOP_ROLLOUT: 'No further device is told; the others go on',
  CANCEL: 'What is queued is canceled; what is in progress goes on',
  FORCE_CANCEL: 'What is queued or in progress is canceled',
}

interface RolloutStepProps {
  readonly form: Form<JobValues>
  readonly counted: JobTargetsCount | undefined
}

/** How fast, until when, and what stops it; with a picture of how that goes. */
export function RolloutStep({ form, counted }: RolloutStepProps) {
  const { timeout, start, end } = form.values
  return (
    <SpaceBetween size="l">
      <PaceFields form={form} />
      <RolloutPicture values={form.values} counted={counted} />
      <AbortsField form={form} />
      <ColumnLayout columns={3}>
        <TextField
          field={form.field('timeout')}
          label="Time-out, in minutes"
          constraint="From when a device begins, whatever it reports meanwhile."
          placeholder="none"
          inputMode="numeric"
        />
        <TextField field={form.field('retryFailed')} label="Retries where it failed" inputMode="numeric" />
        <TextField field={form.field('retryTimedOut')} label="Retries where it timed out" inputMode="numeric" />
      </ColumnLayout>
      {timeout === '' && (
        <Alert type="warning">
          Without a time-out a device that goes silent in the middle stays in progress for ever, and the job never ends.
        </Alert>
      )}
      <ColumnLayout columns={3}>
        <TextField
          field={form.field('start')}
          label="Begins at"
          placeholder="at once"
          constraint={inUtc(start) ?? `Local time (${localZone()}), as 2026-03-09 12:04.`}
        />
        <TextField
          field={form.field('end')}
          label="Ends at"
          placeholder="when all are through"
          constraint={inUtc(end) ?? `Local time (${localZone()}).`}
        />
        {end !== '' && (
          <SelectField
            field={form.field('endBehavior')}
            label="Then"
            options={JOB_END_BEHAVIORS.map((value) => ({ value, label: ENDS[value] }))}
          />
        )}
      </ColumnLayout>
      <Windows form={form} />
    </SpaceBetween>
  )
}

/** What AWS is told; undefined while it is none. */
function inUtc(local: string): string | undefined {
  const atMs = localMs(local)
  return atMs === undefined ? undefined : `${formatTime(atMs)} UTC, from ${localZone()}.`
}

/** Of so many things a picture is made where nothing was counted. */
const SUPPOSED = 1_000

function RolloutPicture({ values, counted }: { readonly values: JobValues } & Pick<RolloutStepProps, 'counted'>) {
  const total = counted?.count ?? SUPPOSED
  const rollout = rolloutOf(values)
  const numbers = [
    rollout?.maximumPerMinute ?? 1,
    rollout?.exponentialRate?.baseRatePerMinute ?? 1,
    rollout?.exponentialRate?.incrementFactor ?? 1.1,
    ...Object.values(rollout?.exponentialRate?.rateIncreaseCriteria ?? { none: 1 }),
  ]
  // While it is typed it may be nothing.
  if (total === 0 || numbers.some((number) => !(Number(number) >= 1))) return null
  const { told, minutes } = planRollout(rollout, total, 0)
  const stops = (abortOf(values)?.criteriaList ?? [])
    .filter(
      ({ thresholdPercentage, minNumberOfExecutedThings }) => thresholdPercentage > 0 && minNumberOfExecutedThings > 0,
    )
    .filter((criterion) => !counted || !isTooFew(values, counted, criterion))
    .map((criterion) => failuresToAbort(criterion, criterion.minNumberOfExecutedThings))
  const stop = stops.length === 0 ? undefined : Math.min(...stops)
  const of = counted ? formatCounted(total, 'device') : `${formatCounted(total, 'device')}, say`
  return (
    <SpaceBetween size="xs">
      <span>
        {of}: all are told after {formatCounted(minutes ?? 0, 'minute')} at the earliest
        {stop !== undefined && `; it stops at ${formatCounted(stop, 'failure')} at the earliest`}.
      </span>
      <PacePicture
        label="Devices that are told, by minute"
        lines={[{ title: 'Told', points: told }]}
        threshold={
          stop === undefined || stop >= total ? undefined : { title: 'Stops at so many failures', count: stop }
        }
        total={total}
        times="minutes"
      />
    </SpaceBetween>
  )
}

function Windows({ form }: { readonly form: Form<JobValues> }) {
  if (selectionOf(form.values) !== 'CONTINUOUS') return null
  return (
    <RowsField
      field={form.field('windows')}
      label="Maintenance windows"
      description="Devices are told only within them. AWS takes cron expressions in UTC."
      one="window"
      empty="At any time."
      most={MOST_WINDOWS}
      fresh={{ cron: 'cron(0 2 ? * MON-FRI *)', minutes: '120' }}
      parts={[
        {
          label: 'Begins (cron, UTC)',
          error: ({ cron }) => cronProblem(cron),
          control: ({ cron }, change) => (
            <Input ariaLabel="Begins" value={cron} onChange={({ detail }) => change({ cron: detail.value })} />
          ),
        },
        {
          label: 'Minutes',
          error: ({ minutes }) => minutesProblem(minutes),
          control: ({ minutes }, change) => (
            <Input
              ariaLabel="Minutes"
              inputMode="numeric"
              value={minutes}
              onChange={({ detail }) => change({ minutes: detail.value })}
            />
          ),
        },
      ]}
    />
  )
}
