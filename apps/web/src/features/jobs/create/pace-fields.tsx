import ColumnLayout from '@cloudscape-design/components/column-layout'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { JOB_ABORT_FAILURES } from '@thingdeck/contract'
import { RadioField, SelectField, TextField } from '../../../shared/form/fields.tsx'
import { RowsField } from '../../../shared/form/rows-field.tsx'
import type { Form } from '../../../shared/form/use-form.ts'
import { leastProblem, percentProblem } from './job-rules.ts'
import { type AbortValues, type JobValues, NEW_ABORT } from './job-values.ts'

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

/** How fast devices are told. */
export function PaceFields({ form }: { readonly form: Form<JobValues> }) {
  return (
    <SpaceBetween size="l">
      <RadioField field={form.field('pace')} label="Pace" options={PACES} />
      {form.values.pace === 'exponential' && (
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
    </SpaceBetween>
  )
}

/** What stops the job by itself. */
export function AbortsField({ form }: { readonly form: Form<JobValues> }) {
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
          error: ({ percent }) => percentProblem(percent),
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
          error: ({ least }) => leastProblem(least),
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
