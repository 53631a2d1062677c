import {
  JOB_ABORT_FAILURES,
  JOB_END_BEHAVIORS,
  type Job,
  type JobTargets,
  type JobTemplate,
  type NewJob,
  type ReadJobConfig,
} from '@thingdeck/contract'
import { formatTime } from '@thingdeck/jobs'
import { type Pair, recordOf } from '../../../shared/form/pairs-field.tsx'
import { localText, scheduleMs } from '../words/schedule.ts'
import { targetOf } from '../words/targets.ts'

/** A criterion that stops the job, as it is typed. */
export interface AbortValues {
  readonly failureType: (typeof JOB_ABORT_FAILURES)[number]
  readonly percent: string
  readonly least: string
}

interface WindowValues {
  /** A cron expression, in UTC. */
  readonly cron: string
  readonly minutes: string
}

/** A new job as it is typed; `''` is what was left out. */
export interface JobValues {
  readonly jobId: string
  readonly description: string
  readonly who: 'things' | 'group' | 'query'
  /** One name a line. */
  readonly names: string
  readonly groups: readonly string[]
  readonly query: string
  /** The things that were found when the query was last asked, which are what the job is for. */
  readonly found: readonly string[]
  readonly selection: 'SNAPSHOT' | 'CONTINUOUS'
  readonly source: 'document' | 'template' | 'managed' | 's3'
  readonly document: string
  readonly documentSource: string
  /** The name of an own template, and its ARN. */
  readonly template: string
  readonly templateArn: string
  readonly managed: string
  readonly managedArn: string
  readonly parameters: Readonly<Record<string, string>>
  readonly roleArn: string
  readonly expiresInSec: string
  readonly perMinute: string
  readonly pace: 'constant' | 'exponential'
  readonly base: string
  readonly factor: string
  readonly after: 'told' | 'succeeded'
  readonly every: string
  readonly aborts: readonly AbortValues[]
  /** In minutes. */
  readonly timeout: string
  readonly retryFailed: string
  readonly retryTimedOut: string
  /** Local times, `2026-03-09 12:04`. */
  readonly start: string
  readonly end: string
  readonly endBehavior: (typeof JOB_END_BEHAVIORS)[number]
  readonly windows: readonly WindowValues[]
  readonly tags: readonly Pair[]
}

/** One that most would want: a fifth that fails stops it. */
export const NEW_ABORT: AbortValues = { failureType: 'ALL', percent: '20', least: '5' }

export const NEW_JOB: JobValues = {
  jobId: '',
  description: '',
  who: 'things',
  names: '',
  groups: [],
  query: '',
  found: [],
  selection: 'SNAPSHOT',
  source: 'document',
  document: '{\n  "operation": ""\n}',
  documentSource: '',
  template: '',
  templateArn: '',
  managed: '',
  managedArn: '',
  parameters: {},
  roleArn: '',
  expiresInSec: '',
  perMinute: '',
  pace: 'constant',
  base: '5',
  factor: '2',
  after: 'succeeded',
  every: '5',
  aborts: [NEW_ABORT],
  timeout: '',
  retryFailed: '0',
  retryTimedOut: '0',
  start: '',
  end: '',
  endBehavior: 'STOP_ROLLOUT',
  windows: [],
  tags: [],
}

export const namesIn = (text: string): readonly string[] => [
  ...new Set(text.split(/[\s,]+/).filter((name) => name !== '')),
]

/** Only a group can be joined: things by name, or that a query found, are these alone, whatever was chosen of a group. */
export const selectionOf = ({ who, selection }: Pick<JobValues, 'who' | 'selection'>): JobValues['selection'] =>
  who === 'group' ? selection : 'SNAPSHOT'

/** What the job is for, as far as it is said. */
export function targetsOf({
  who,
  names,
  groups,
  found,
}: Pick<JobValues, 'who' | 'names' | 'groups' | 'found'>): JobTargets {
  if (who === 'group') return { thingNames: [], thingGroupNames: [...groups] }
  return { thingNames: who === 'things' ? [...namesIn(names)] : [...found], thingGroupNames: [] }
}

/** A local time as it is typed, `2026-03-09 12:04`; undefined for what is none. */
export function localMs(text: string): number | undefined {
  const [, day, time] = /^\s*(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})\s*$/.exec(text) ?? []
  const atMs = day === undefined || time === undefined ? Number.NaN : new Date(`${day}T${time}`).getTime()
  return Number.isNaN(atMs) ? undefined : atMs
}

const number = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text))

/** How it is rolled out, as AWS takes it. */
export function rolloutOf(
  values: Pick<JobValues, 'perMinute' | 'pace' | 'base' | 'factor' | 'after' | 'every'>,
): NewJob['jobExecutionsRolloutConfig'] {
  const { perMinute, pace, base, factor, after, every } = values
  const most = number(perMinute)
  if (pace === 'constant') return most === undefined ? undefined : { maximumPerMinute: most }
  return {
    ...(most !== undefined && { maximumPerMinute: most }),
    exponentialRate: {
      baseRatePerMinute: Number(base),
      incrementFactor: Number(factor),
      rateIncreaseCriteria:
        after === 'told' ? { numberOfNotifiedThings: Number(every) } : { numberOfSucceededThings: Number(every) },
    },
  }
}

export const abortOf = ({ aborts }: Pick<JobValues, 'aborts'>): NewJob['abortConfig'] =>
  aborts.length === 0
    ? undefined
    : {
        criteriaList: aborts.map(({ failureType, percent, least }) => ({
          failureType,
          action: 'CANCEL',
          thresholdPercentage: Number(percent),
          minNumberOfExecutedThings: Number(least),
        })),
      }

export function retriesOf({
  retryFailed,
  retryTimedOut,
}: Pick<JobValues, 'retryFailed' | 'retryTimedOut'>): NewJob['jobExecutionsRetryConfig'] {
  const criteriaList = [
    { failureType: 'FAILED' as const, numberOfRetries: Number(retryFailed) },
    { failureType: 'TIMED_OUT' as const, numberOfRetries: Number(retryTimedOut) },
  ].filter(({ numberOfRetries }) => numberOfRetries > 0)
  return criteriaList.length === 0 ? undefined : { criteriaList }
}

/** Only a continuous job has maintenance windows; those of a choice that was taken back are not sent. */
const windowsIn = (values: Pick<JobValues, 'who' | 'selection' | 'windows'>) =>
  selectionOf(values) === 'CONTINUOUS' ? values.windows : []

const scheduled = (local: string) => {
  const atMs = localMs(local)
  return atMs === undefined ? undefined : formatTime(atMs)
}

export function scheduleOf(
  values: Pick<JobValues, 'who' | 'selection' | 'start' | 'end' | 'endBehavior' | 'windows'>,
): NewJob['schedulingConfig'] {
  const { start, end, endBehavior } = values
  const windows = windowsIn(values)
  const startTime = scheduled(start)
  const endTime = scheduled(end)
  if (startTime === undefined && endTime === undefined && windows.length === 0) return undefined
  return {
    ...(startTime !== undefined && { startTime }),
    ...(endTime !== undefined && { endTime, endBehavior }),
    ...(windows.length > 0 && {
      maintenanceWindows: windows.map(({ cron, minutes }) => ({ startTime: cron, durationInMinutes: Number(minutes) })),
    }),
  }
}

/** What is sent to AWS. */
export function jobOf(values: JobValues): NewJob {
  const { jobId, description, source, document, documentSource, parameters, roleArn, expiresInSec, timeout } = values
  const rollout = rolloutOf(values)
  const abortConfig = abortOf(values)
  const retries = retriesOf(values)
  const schedulingConfig = scheduleOf(values)
  const expires = number(expiresInSec)
  const given = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ''))
  return {
    jobId,
    targets: targetsOf(values),
    targetSelection: selectionOf(values),
    ...(description !== '' && { description }),
    ...(source === 'document' && { document }),
    ...(source === 's3' && { documentSource }),
    ...(source === 'template' && { jobTemplateArn: values.templateArn }),
    ...(source === 'managed' && {
      jobTemplateArn: values.managedArn,
      ...(Object.keys(given).length > 0 && { documentParameters: given }),
    }),
    ...(roleArn !== '' && { presignedUrlConfig: { roleArn, ...(expires !== undefined && { expiresInSec: expires }) } }),
    ...(rollout && { jobExecutionsRolloutConfig: rollout }),
    ...(abortConfig && { abortConfig }),
    ...(timeout !== '' && { timeoutConfig: { inProgressTimeoutInMinutes: Number(timeout) } }),
    ...(retries && { jobExecutionsRetryConfig: retries }),
    ...(schedulingConfig && { schedulingConfig }),
    ...(values.tags.length > 0 && { tags: recordOf(values.tags) }),
  }
}

const textOf = (value: number | undefined) => (value === undefined ? '' : String(value))

/** What a job or a template says of how it goes on, as it is typed. */
function configValues(config: ReadJobConfig): Partial<JobValues> {
  const { presignedUrlConfig, jobExecutionsRolloutConfig, abortConfig, timeoutConfig, jobExecutionsRetryConfig } =
    config
  const { maximumPerMinute, exponentialRate } = jobExecutionsRolloutConfig ?? {}
  const { numberOfNotifiedThings: told, numberOfSucceededThings } = exponentialRate?.rateIncreaseCriteria ?? {}
  const retriesFor = (...types: readonly string[]) =>
    String(
      jobExecutionsRetryConfig?.criteriaList.find(({ failureType }) => types.includes(failureType))?.numberOfRetries ??
        0,
    )
  return {
    roleArn: presignedUrlConfig?.roleArn ?? '',
    expiresInSec: textOf(presignedUrlConfig?.expiresInSec),
    perMinute: textOf(maximumPerMinute),
    ...(exponentialRate && {
      pace: 'exponential',
      base: String(exponentialRate.baseRatePerMinute),
      factor: String(exponentialRate.incrementFactor),
      after: told === undefined ? 'succeeded' : 'told',
      every: textOf(told ?? numberOfSucceededThings),
    }),
    aborts: (abortConfig?.criteriaList ?? []).map(
      ({ failureType, thresholdPercentage, minNumberOfExecutedThings }): AbortValues => ({
        failureType: JOB_ABORT_FAILURES.find((each) => each === failureType) ?? 'ALL',
        percent: String(thresholdPercentage),
        least: String(minNumberOfExecutedThings),
      }),
    ),
    timeout: textOf(timeoutConfig?.inProgressTimeoutInMinutes),
    retryFailed: retriesFor('FAILED', 'ALL'),
    // Without a time-out nothing times out, and AWS takes no retries of it.
    retryTimedOut: timeoutConfig?.inProgressTimeoutInMinutes === undefined ? '0' : retriesFor('TIMED_OUT', 'ALL'),
  }
}

const windowsOf = (windows: readonly { readonly startTime: string; readonly durationInMinutes: number }[] = []) =>
  windows.map(
    ({ startTime, durationInMinutes }): WindowValues => ({ cron: startTime, minutes: String(durationInMinutes) }),
  )

/** `fw-2.5` → `fw-2_5`; a second one of `fw` is `fw-2`, the next `fw-3`. At most 64 characters. */
export function nextJobId(jobId: string): string {
  const [, stem = jobId, digits] = /^(.*)-(\d{1,3})$/.exec(jobId) ?? []
  const suffix = `-${digits === undefined ? 2 : Number(digits) + 1}`
  return `${stem.slice(0, 64 - suffix.length)}${suffix}`
}

/** One like another, for the same targets unless others are named. A start that has passed is not taken over. */
export function valuesLike(job: Job, left: readonly string[] | undefined, nowMs: number): JobValues {
  const targets = job.targets.map(targetOf)
  const groups = targets.flatMap(({ kind, name }) => (kind === 'group' ? [name] : []))
  const things = targets.flatMap(({ kind, name }) => (kind === 'thing' ? [name] : []))
  const { startTime, endTime, endBehavior, maintenanceWindows } = job.schedulingConfig ?? {}
  const later = (time: string | undefined) => {
    const atMs = time === undefined ? undefined : scheduleMs(time)
    return atMs === undefined || atMs <= nowMs ? '' : localText(atMs)
  }
  return {
    ...NEW_JOB,
    ...configValues(job),
    jobId: nextJobId(job.jobId),
    description: job.description ?? '',
    ...(left
      ? { who: 'things', names: left.join('\n') }
      : groups.length > 0
        ? { who: 'group', groups }
        : { who: 'things', names: things.join('\n') }),
    // Things by name are those that they are: nobody joins them.
    selection: job.targetSelection === 'CONTINUOUS' && !left ? 'CONTINUOUS' : 'SNAPSHOT',
    source: job.document === undefined && job.documentSource !== undefined ? 's3' : 'document',
    document: job.document ?? NEW_JOB.document,
    documentSource: job.documentSource ?? '',
    start: later(startTime),
    end: later(endTime),
    endBehavior: JOB_END_BEHAVIORS.find((each) => each === endBehavior) ?? 'STOP_ROLLOUT',
    windows: windowsOf(maintenanceWindows),
    tags: Object.entries(job.tags ?? {}).map(([key, value]) => ({ key, value })),
  }
}

/** What a template says; of what it leaves out, as the form was. */
export const valuesOfTemplate = (template: JobTemplate): Partial<JobValues> => ({
  ...configValues(template),
  source: 'template',
  template: template.jobTemplateId,
  templateArn: template.jobTemplateArn,
  document: template.document ?? '',
  windows: windowsOf(template.maintenanceWindows),
  ...(template.maintenanceWindows.length > 0 && { selection: 'CONTINUOUS' }),
})
