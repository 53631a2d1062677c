import { JobId, MOST_JOB_TARGETS } from '@thingdeck/contract'
import { JobError, LEAST_SCHEDULED_MS, MOST_AHEAD_MS, MOST_SCHEDULED_MS, parseCron } from '@thingdeck/jobs'
import { pairsRule } from '../../../shared/form/pairs-field.tsx'
import { limitsOf, type TextLimits } from '../../../shared/form/text-limits.ts'
import type { Rule } from '../../../shared/form/use-form.ts'
import { asSentence, formatCount } from '../../../shared/format.ts'
import { TAG_RULES } from '../../../shared/tags/tag-rules.ts'
import { listedIn } from '../../../shared/text/listed-in.ts'
import { documentProblems } from './document-problems.ts'
import { type JobValues, localMs, selectionOf, targetsOf } from './job-values.ts'

/** What AWS takes where the job says nothing: of an own template alone. */
const templateOf = ({ source, templateConfig }: JobValues) => (source === 'template' ? templateConfig : {})
const TAKES_TEMPLATE = 'which AWS takes where the job says none: say another one.'

type Rules = { readonly [K in keyof JobValues]?: Rule<JobValues[K], JobValues> }

export const JOB_LIMITS: { readonly [K in keyof JobValues]?: TextLimits } = {
  jobId: limitsOf(JobId, 'letters, digits and _ -'),
  description: { maxLength: 2_028 },
}

const whole = (text: string, least: number, most: number): string | undefined =>
  /^\d+$/.test(text.trim()) && Number(text) >= least && Number(text) <= most
    ? undefined
    : `A whole number from ${formatCount(least)} to ${formatCount(most)}.`

const orNothing = (text: string, least: number, most: number) => (text === '' ? undefined : whole(text, least, most))

/** A number with at most so many digits behind the point. */
function decimal(text: string, least: number, most: number, digits: number): string | undefined {
  const isOne = new RegExp(`^\\d+(?:\\.\\d{1,${digits}})?$`).test(text.trim())
  const places = digits === 1 ? 'one digit' : `${digits} digits`
  return isOne && Number(text) >= least && Number(text) <= most
    ? undefined
    : `A number from ${least} to ${most}, with at most ${places} behind the point.`
}

/** Of how many percent that went wrong a criterion stops a job. */
export const percentProblem = (text: string): string | undefined =>
  decimal(text, 0, 100, 2) ?? (Number(text) === 0 ? 'More than 0 %.' : undefined)

/** Once how many devices are through. */
export const leastProblem = (text: string): string | undefined => whole(text, 1, 1_000_000)

/** How long a maintenance window is. */
export const minutesProblem = (text: string): string | undefined => whole(text, 1, 1_430)

/** What is wrong with the first line with which something is. */
function firstOf<Row>(rows: readonly Row[], problem: (row: Row) => string | undefined): string | undefined {
  for (const row of rows) {
    const wrong = problem(row)
    if (wrong !== undefined) return wrong
  }
  return undefined
}

const inExponential =
  (check: (text: string) => string | undefined) =>
  (text: string, { pace }: JobValues) =>
    pace === 'exponential' ? check(text) : undefined

/** @param nowMs by the server's clock: what is scheduled has to be ahead of it */
export const jobRules = (nowMs: () => number): Rules => ({
  names: (text, { who }) => {
    if (who !== 'things') return undefined
    const count = listedIn(text).length
    if (count === 0) return 'Name at least one thing.'
    return count > MOST_JOB_TARGETS
      ? `A job takes ${formatCount(MOST_JOB_TARGETS)} single things, and these are ${formatCount(count)}: put them into a thing group, and choose the group.`
      : undefined
  },
  groups: (groups, { who }) => (who === 'group' && groups.length === 0 ? 'Choose a thing group.' : undefined),
  query: (query, values) => {
    if (values.who !== 'query') return undefined
    if (query.trim() === '') return 'Write a query.'
    return targetsOf(values).thingNames.length === 0
      ? `Count the things: the job is for those that are found, 1 to ${formatCount(MOST_JOB_TARGETS)}.`
      : undefined
  },
  beside: (text, { who, groups }) =>
    who === 'group' && listedIn(text).length + groups.length > MOST_JOB_TARGETS
      ? `A job takes ${formatCount(MOST_JOB_TARGETS)} targets, groups and single things together.`
      : undefined,
  packageVersions: (versions) => {
    if (versions.some(({ packageName, versionName }) => packageName === '' || versionName === '')) {
      return 'Choose a package and its version, or remove the line.'
    }
    const names = versions.map(({ packageName }) => packageName)
    const twice = names.find((name, index) => names.indexOf(name) !== index)
    return twice === undefined ? undefined : `${twice} is there twice: a thing runs one version of a package.`
  },
  document: (text, { source, roleArn, packageVersions }) => {
    if (source !== 'document') return undefined
    if (text.trim() === '') return 'Write what the devices are to do.'
    return documentProblems(text, { hasRole: roleArn !== '', packageVersions }).find(
      ({ severity }) => severity === 'error',
    )?.message
  },
  documentSource: (text, { source }) =>
    source !== 's3' || /^https:\/\/.+\/.+$/.test(text)
      ? undefined
      : 'An address of S3: https://BUCKET.s3.REGION.amazonaws.com/KEY.',
  template: (name, { source }) => (source === 'template' && name === '' ? 'Choose a template.' : undefined),
  managed: (name, { source }) => (source === 'managed' && name === '' ? 'Choose a template.' : undefined),
  roleArn: (arn, values) => {
    if (arn === '') {
      return templateOf(values).presignedUrlConfig?.roleArn ? `The template has a role, ${TAKES_TEMPLATE}` : undefined
    }
    return /^arn:aws[\w-]*:iam::\d{12}:role\/.+$/.test(arn) ? undefined : 'arn:aws:iam::ACCOUNT:role/NAME'
  },
  expiresInSec: (text) => orNothing(text, 60, 3_600),
  perMinute: (text) => orNothing(text, 1, 1_000),
  base: (text, { pace, perMinute }) =>
    pace === 'exponential' ? whole(text, 1, perMinute === '' ? 1_000 : Number(perMinute) || 1_000) : undefined,
  factor: inExponential((text) => decimal(text, 1.1, 5, 1)),
  every: inExponential((text) => whole(text, 1, 1_000_000)),
  aborts: (aborts, values) => {
    if (aborts.length === 0 && templateOf(values).abortConfig) return `The template has criteria, ${TAKES_TEMPLATE}`
    return firstOf(aborts, ({ percent, least }) => percentProblem(percent) ?? leastProblem(least))
  },
  timeout: (text, values) =>
    orNothing(text, 1, 10_080) ??
    (text === '' && templateOf(values).timeoutConfig ? `The template has a time-out, ${TAKES_TEMPLATE}` : undefined),
  retryFailed: (text, { retryTimedOut }) =>
    whole(text, 0, 10) ?? (Number(text) + Number(retryTimedOut) > 10 ? 'At most 10 retries together.' : undefined),
  retryTimedOut: (text, { timeout }) =>
    whole(text, 0, 10) ??
    (Number(text) > 0 && timeout === '' ? 'Without a time-out nothing times out: set one, or retry none.' : undefined),
  start: (text) => {
    if (text === '') return undefined
    const atMs = localMs(text)
    if (atMs === undefined) return 'A local time such as 2026-03-09 12:04.'
    if (atMs < nowMs() + LEAST_SCHEDULED_MS) return 'At least 30 minutes ahead; leave it empty to begin at once.'
    return atMs > nowMs() + MOST_AHEAD_MS ? 'At most 365 days ahead.' : undefined
  },
  end: (text, { start }) => {
    if (text === '') return undefined
    const atMs = localMs(text)
    if (atMs === undefined) return 'A local time such as 2026-03-09 18:00.'
    const from = start === '' ? nowMs() : localMs(start)
    if (from === undefined) return undefined
    if (atMs < from + LEAST_SCHEDULED_MS) return 'At least 30 minutes after it begins.'
    return atMs > from + MOST_SCHEDULED_MS ? 'At most 730 days after it begins.' : undefined
  },
  windows: (windows, values) => {
    if (selectionOf(values) !== 'CONTINUOUS') return undefined // they are neither shown nor sent
    return firstOf(windows, ({ cron, minutes }) => cronProblem(cron) ?? minutesProblem(minutes))
  },
  tags: pairsRule(TAG_RULES),
})

/** Why it is no cron expression of AWS's, by the server's own reading of it. */
export function cronProblem(text: string): string | undefined {
  try {
    parseCron(text.trim())
    return undefined
  } catch (error) {
    if (!(error instanceof JobError)) throw error
    return `${asSentence(error.message)} In UTC, such as cron(0 2 ? * MON *).`
  }
}
