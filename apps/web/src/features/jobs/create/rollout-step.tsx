import Alert from '@cloudscape-design/components/alert'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { JOB_ABORT_FAILURES, JOB_END_BEHAVIORS, type JobTargetsCount } from '@thingdeck/contract'
import { failuresToAbort, formatTime } from '@thingdeck/jobs'
import { RadioField, SelectField, TextField } from '../../../shared/form/fields.tsx'
import type { Form } from '../../../shared/form/use-form.ts'
import { formatCounted } from '../../../shared/format.ts'
import { PacePicture } from '../components/pace-picture.tsx'
import { planRollout } from '../words/rollout-plan.ts'
import { localZone } from '../words/schedule.ts'
import { type AbortValues, abortOf, type JobValues, localMs, NEW_ABORT, rolloutOf, selectionOf } from './job-values.ts'
import { RowsField } from './rows-field.tsx'

const PACES = [
  { value: 'constant', label: 'At one pace' },
  { value: 'exponential', label: 'Slowly at first', description: 'Faster as devices are told, or as they succeed.' },
] as const
const AFTERS = [
  { value: 'succeeded', label: 'that succeeded' },
  { value: 'told', label: 'that were told' },
] as const
const FAILURES: Readonly<Record<AbortValues['failureType'], string>> = {
  ALL: 'Any failure',
  FAILED: 'Failed',
  REJECTED: 'Rejected',
  TIMED_OUT: 'Timed out',
}
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
  const { pace, timeout, start, end } = form.values
  return (
    <SpaceBetween size="l">
      <RadioField field={form.field('pace')} label="Pace" options={PACES} />
      {pace === 'exponential' && (
        <ColumnLayout columns={4}>
          <TextField field={form.field('base')} label="Devices in the first minute" inputMode="numeric" />
          <TextField field={form.field('factor')} label="Times as many" inputMode="decimal" />
          <TextField field={form.field('every')} label="after each so many" inputMode="numeric" />
          <SelectField field={form.field('after')} label="devices" options={AFTERS} />
        </ColumnLayout>
      )}
      <TextField
        field={form.field('perMinute')}
        label="At most, devices a minute"
        placeholder="1000"
        inputMode="numeric"
        constraint="1 to 1,000."
      />
      <RolloutPicture values={form.values} counted={counted} />
      <Aborts form={form} />
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
  const [first] = abortOf(values)?.criteriaList ?? []
  const stop =
    first && first.thresholdPercentage > 0 && first.minNumberOfExecutedThings > 0
      ? failuresToAbort(first, first.minNumberOfExecutedThings)
      : undefined
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

function Aborts({ form }: { readonly form: Form<JobValues> }) {
  return (
    <RowsField
      field={form.field('aborts')}
      label="It stops by itself"
      description="When so large a part of the devices that are through went wrong, and at least so many are through. Each attempt counts."
      one="criterion"
      empty="Nothing stops it."
      fresh={NEW_ABORT}
      parts={[
        {
          label: 'What',
          control: ({ failureType }, change) => (
            <Select
              ariaLabel="What stops it"
              options={JOB_ABORT_FAILURES.map((value) => ({ value, label: FAILURES[value] }))}
              selectedOption={{ value: failureType, label: FAILURES[failureType] }}
              onChange={({ detail }) =>
                change({
                  failureType: JOB_ABORT_FAILURES.find((each) => each === detail.selectedOption.value) ?? 'ALL',
                })
              }
            />
          ),
        },
        {
          label: 'Percent of those that are through',
          control: ({ percent }, change) => (
            <Input
              ariaLabel="Percent of those that are through"
              inputMode="decimal"
              value={percent}
              onChange={({ detail }) => change({ percent: detail.value })}
            />
          ),
        },
        {
          label: 'Once so many are through',
          control: ({ least }, change) => (
            <Input
              ariaLabel="Once so many are through"
              inputMode="numeric"
              value={least}
              onChange={({ detail }) => change({ least: detail.value })}
            />
          ),
        },
      ]}
    />
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
      fresh={{ cron: 'cron(0 2 ? * MON-FRI *)', minutes: '120' }}
      parts={[
        {
          label: 'Begins (cron, UTC)',
          control: ({ cron }, change) => (
            <Input ariaLabel="Begins" value={cron} onChange={({ detail }) => change({ cron: detail.value })} />
          ),
        },
        {
          label: 'Minutes',
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
