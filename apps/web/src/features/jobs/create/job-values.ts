import type {
  DestinationPackageVersion,
  JOB_ABORT_FAILURES,
  JOB_END_BEHAVIORS,
  JobTargets,
  NewJob,
  ReadJobConfig,
} from '@thingdeck/contract'
import { DEFAULT_MAXIMUM_PER_MINUTE, formatTime } from '@thingdeck/jobs'
import { type Pair, recordOf } from '../../../shared/form/pairs-field.tsx'
import { listedIn } from '../../../shared/text/listed-in.ts'
import { localText } from '../words/schedule.ts'

/** A criterion that stops the job, as it is typed. */
export interface AbortValues {
  readonly failureType: (typeof JOB_ABORT_FAILURES)[number]
  readonly percent: string
  readonly least: string
}

export interface WindowValues {
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
  /** Things beside the groups, one name a line: of a job like one that has both. */
  readonly beside: string
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
  /** What the own template says, which AWS takes wherever the job says nothing. */
  readonly templateConfig: ReadJobConfig
  /** What it brings to the things, of software packages. */
  readonly packageVersions: readonly DestinationPackageVersion[]
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
  beside: '',
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
  templateConfig: {},
  packageVersions: [],
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

/** Only a group can be joined: things by name, or that a query found, are these alone, whatever was chosen of a group. */
export const selectionOf = ({ who, selection }: Pick<JobValues, 'who' | 'selection'>): JobValues['selection'] =>
  who === 'group' ? selection : 'SNAPSHOT'

/** What the job is for, as far as it is said. */
export function targetsOf({
  who,
  names,
  groups,
  beside,
  found,
}: Pick<JobValues, 'who' | 'names' | 'groups' | 'beside' | 'found'>): JobTargets {
  if (who === 'group') return { thingNames: listedIn(beside), thingGroupNames: [...groups] }
  return { thingNames: who === 'things' ? listedIn(names) : [...found], thingGroupNames: [] }
}

/** A local time as it is typed, `2026-03-09 12:04`; undefined for what is none. */
export function localMs(text: string): number | undefined {
  const [, day, time] = /^\s*(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})\s*$/.exec(text) ?? []
  const atMs = day === undefined || time === undefined ? Number.NaN : new Date(`${day}T${time}`).getTime()
  if (Number.isNaN(atMs)) return undefined
  // A day that its month does not have would be one of the next month.
  return localText(atMs).startsWith(`${day}`) ? atMs : undefined
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

const NO_RETRIES: NewJob['jobExecutionsRetryConfig'] = { criteriaList: [{ failureType: 'ALL', numberOfRetries: 0 }] }

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
  const { jobExecutionsRolloutConfig, jobExecutionsRetryConfig } = source === 'template' ? values.templateConfig : {}
  // What the template says would stand in for what the form has none of.
  const rollout = rolloutOf(values) ?? (jobExecutionsRolloutConfig && { maximumPerMinute: DEFAULT_MAXIMUM_PER_MINUTE })
  const abortConfig = abortOf(values)
  const retries = retriesOf(values) ?? (jobExecutionsRetryConfig && NO_RETRIES)
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
    ...(values.packageVersions.length > 0 && { destinationPackageVersions: [...values.packageVersions] }),
    ...(values.tags.length > 0 && { tags: recordOf(values.tags) }),
  }
}
