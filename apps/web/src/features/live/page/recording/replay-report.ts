import type { PublishingEnd, ReportedWrite } from '@thingdeck/contract'
import type { PublishedCounts } from '../../../../shared/reports/publish-tally.ts'
import type { ReplayOptions, ReplayPlan } from '../../protocol/record.ts'

/** Of a file's name, as the contract takes it. */
const LONGEST_NAME = 512

/** What the audit trail is told of a replay. */
export function replayReport(
  { source: { name, fromMs, toMs } }: Pick<ReplayPlan, 'source'>,
  { speed, topicPrefix }: Pick<ReplayOptions, 'speed' | 'topicPrefix'>,
  counts: PublishedCounts,
  end: PublishingEnd,
): ReportedWrite {
  const source = {
    name: name.slice(0, LONGEST_NAME),
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
  }
  return { kind: 'replay', ...counts, speed, ...(topicPrefix === '' ? {} : { topicPrefix }), source, end }
}
