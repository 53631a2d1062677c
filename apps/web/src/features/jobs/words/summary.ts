import type { JobTargetsCount } from '@thingdeck/contract'
import { previewRollout } from '@thingdeck/jobs'
import { capitalised, formatCount, formatCounted } from '../../../shared/format.ts'
import { formatSpan } from '../../../shared/time.tsx'
import {
  abortOf,
  type JobValues,
  localMs,
  retriesOf,
  rolloutOf,
  scheduleOf,
  selectionOf,
} from '../create/job-values.ts'
import { abortInWords, criterionInWords, retriesInWords, rolloutInWords, scheduleInWords } from './config.ts'
import { broughtInWords } from './package-versions.ts'
import { firstMinutes } from './rollout-plan.ts'
import { localText, localZone } from './schedule.ts'

/** What will happen when the job is made, each a sentence, in the order in which it happens. */
export function summaryOf(values: JobValues, counted: JobTargetsCount | undefined): readonly string[] {
  const { timeout, start } = values
  const rollout = rolloutOf(values)
  const abortConfig = abortOf(values)
  const retries = retriesOf(values)
  const schedulingConfig = scheduleOf(values)
  const startMs = localMs(start)
  return [
    startMs === undefined ? 'It begins at once.' : `It begins at ${localText(startMs)} (${localZone()}).`,
    ...targetSentences(counted, selectionOf(values)),
    ...values.packageVersions.map(broughtInWords),
    ...paceSentences(rollout, counted?.count),
    ...(abortConfig?.criteriaList ?? []).map((criterion) =>
      counted && isTooFew(values, counted, criterion)
        ? `It ${criterionInWords(criterion)}. With ${formatCounted(counted.count, 'device')} that never comes to pass.`
        : `It ${abortInWords(criterion)}.`,
    ),
    ...(abortConfig ? [] : ['Nothing stops it by itself, however many fail.']),
    ...(timeout === ''
      ? []
      : [`A device that is not through ${formatCounted(Number(timeout), 'minute')} after it began has timed out.`]),
    retries === undefined
      ? 'What fails is not tried again.'
      : `${capitalised(retriesInWords({ jobExecutionsRetryConfig: retries }) ?? '')}.`,
    // Its start was said.
    ...scheduleInWords({ ...(schedulingConfig && { schedulingConfig: withoutStart(schedulingConfig) }) }).map(
      (words) => `It ${words}.`,
    ),
  ]
}

/** Whether a job is for too few devices for a criterion ever to stop it. */
export function isTooFew(
  values: JobValues,
  { count, isAtLeast }: JobTargetsCount,
  { minNumberOfExecutedThings }: { readonly minNumberOfExecutedThings: number },
): boolean {
  // What is tried again counts again, and what joins later counts too: then there may be more.
  const isAll = retriesOf(values) === undefined && selectionOf(values) === 'SNAPSHOT' && !isAtLeast
  return isAll && count < minNumberOfExecutedThings
}

type Schedule = NonNullable<ReturnType<typeof scheduleOf>>
function withoutStart({ startTime: _, ...rest }: Schedule): Omit<Schedule, 'startTime'> {
  return rest
}

function targetSentences(counted: JobTargetsCount | undefined, selection: JobValues['selection']): readonly string[] {
  const joined = selection === 'CONTINUOUS' ? ' So does each that joins the group later.' : ''
  if (!counted) return [`How many devices get it is not counted.${joined}`]
  const { count, isAtLeast, connected, missing } = counted
  if (missing.length > 0) return [missingInWords(missing)]
  const about = isAtLeast ? 'more than ' : ''
  const offline = connected === undefined ? undefined : count - connected
  const away =
    offline === undefined || offline <= 0
      ? ''
      : ` ${formatCount(offline)} of them ${offline === 1 ? 'is offline and gets it when it comes' : 'are offline and get it when they come'}.`
  return [
    `${capitalised(`${about}${formatCounted(count, 'device')}`)} ${count === 1 ? 'gets' : 'get'} it.${away}${joined}`,
  ]
}

/** So many are named. */
const NAMED_MISSING = 5

/** `AWS refuses it: 8 things are not there: pump-1, pump-2, pump-3, pump-4, pump-5, and 3 others.` */
export function missingInWords(missing: readonly string[]): string {
  if (missing.length === 1) return `AWS refuses it: there is no thing named ${missing[0]}.`
  const named = missing.slice(0, NAMED_MISSING)
  const others = missing.length - named.length
  const names = others > 0 ? [...named, formatCounted(others, 'other')] : named
  return `AWS refuses it: ${formatCount(missing.length)} things are not there: ${new Intl.ListFormat('en').format(names)}.`
}

const MINUTE_MS = 60_000
/** So many minutes are told one by one. */
const NAMED_MINUTES = 4

function paceSentences(rollout: ReturnType<typeof rolloutOf>, count: number | undefined): readonly string[] {
  if (count === undefined || count === 0) return [`${capitalised(rolloutInWords(rollout))}.`]
  const preview = previewRollout({ targets: count, rollout })
  const first = firstMinutes(preview, NAMED_MINUTES)
  const [only] = first
  if (first.length === 1 && only !== undefined) return ['All are told of it in the first minute.']
  const shares = first.map((told) => `${formatCount(told)} (${percent(told, count)})`)
  const { minutes = 0 } = preview // without a schedule it comes to its end
  const more = minutes <= first.length ? '' : ' and so on'
  return [
    `In its minutes it is told to ${shares.join(', ')}${more}; all are told after ${formatSpan(minutes * MINUTE_MS)} at the earliest.`,
    ...(rollout?.exponentialRate?.rateIncreaseCriteria.numberOfSucceededThings === undefined
      ? []
      : ['It becomes faster only as devices succeed: the minutes are those of devices that need no time.']),
  ]
}

const percent = (part: number, whole: number): string => {
  const share = (part / whole) * 100
  return `${share < 1 ? share.toFixed(1) : Math.round(share)} %`
}

/** What should be known before it is made, though AWS would take it. */
export function warningsOf(values: JobValues, counted: JobTargetsCount | undefined): readonly string[] {
  const rollout = rolloutOf(values)
  const isAtOnce =
    counted !== undefined &&
    counted.count > 20 &&
    (previewRollout({ targets: counted.count, rollout }).minutes ?? 2) <= 1
  return [
    ...(values.timeout === ''
      ? [
          'It has no time-out: a device that goes silent in the middle stays in progress for ever, and the job never ends.',
        ]
      : []),
    ...(values.aborts.length === 0 ? ['It has no abort criterion: it goes on however many devices fail.'] : []),
    ...(isAtOnce
      ? ['All devices are told within the first minute: what is wrong with it is wrong everywhere at once.']
      : []),
    ...(counted?.count === 0 ? ['No device is meant by this at present.'] : []),
  ]
}
