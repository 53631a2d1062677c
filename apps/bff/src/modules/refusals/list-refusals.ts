import type { RefusalList } from '@thingdeck/contract'
import type { Aws } from '../../aws/aws.ts'
import { readEntries } from '../../aws/iot-logs/read-entries.ts'
import { refusedEntries } from '../../aws/iot-logs/refused-entries.ts'
import { whoCriteria } from '../../aws/iot-logs/thing-criteria.ts'
import { principalsOf } from '../../aws/thing-principals.ts'
import type { Clock } from '../../clock.ts'
import { groupRefusals } from './group-refusals.ts'
import { refusalLogging } from './refusal-logging.ts'

/** So many refusals are told, the last ones. */
const MOST_REFUSALS = 1_000

export interface RefusalsAsked {
  readonly fromMs: number
  readonly toMs: number
  readonly clientId?: string | undefined
  readonly principalId?: string | undefined
  readonly thingName?: string | undefined
}

/** What was refused in a time, from the log. That there is no log is an outcome; errors are AWS's own. */
export async function listRefusals(
  aws: Pick<Aws, 'iot' | 'iotLogs' | 'things'>,
  asked: RefusalsAsked,
  clock: Clock,
  signal: AbortSignal,
): Promise<RefusalList> {
  const search = async () => {
    const { fromMs, toMs } = asked
    return readEntries(aws.iotLogs, { criteria: await criteriaOf(aws, asked), fromMs, toMs }, clock, signal)
  }
  const [logging, found] = await Promise.all([refusalLogging(aws.iot, signal), search()])
  const { outcome, message, entries, isAll } = found
  const refusals = groupRefusals(refusedEntries(entries), asked)
  const oldest = entries.at(-1)
  const further = refusals.length - MOST_REFUSALS
  return {
    outcome,
    ...(message !== undefined && { message }),
    refusals: refusals.slice(0, MOST_REFUSALS),
    isAll,
    ...(!isAll && oldest && { readFrom: oldest.at }),
    ...(further > 0 && { further }),
    logging,
  }
}

/** Of whom refusals are looked for. */
async function criteriaOf(
  { iot, things }: Pick<Aws, 'iot' | 'things'>,
  { clientId, principalId, thingName }: RefusalsAsked,
) {
  const who =
    thingName === undefined
      ? undefined
      : whoCriteria({ thingName, ...(await principalsOf(iot, await things.describe(thingName))) })
  return {
    status: 'Failure' as const,
    ...(clientId !== undefined && { clientId }),
    ...(principalId !== undefined && { principalId }),
    ...(who && { either: [who] }),
  }
}
