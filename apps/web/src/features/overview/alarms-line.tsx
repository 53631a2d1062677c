import Link from '@cloudscape-design/components/link'
import type { UseQueryResult } from '@tanstack/react-query'
import type { AlarmList } from '@thingdeck/contract'
import { paths } from '../../shared/paths.ts'
import { VisibleText } from '../../shared/text/visible.tsx'
import { Age } from '../../shared/time.tsx'
import { failedLine, readingLine } from './failed-line.tsx'
import type { OverviewLine } from './line.ts'
import { Count, Parts } from './words.tsx'

const HEAD = { id: 'alarms', title: 'Alarms' } as const
const MOST_NAMES = 3
const list = paths.metrics({ subject: 'alarms' })

/** Alarms that watch AWS IoT; undefined where CloudWatch cannot be read, which another line says. */
export function alarmsLine(query: UseQueryResult<AlarmList>): OverviewLine | undefined {
  const { data, error } = query
  if (error) return failedLine(HEAD, error, () => void query.refetch())
  if (!data) return readingLine(HEAD)
  if (data.outcome !== 'read') return undefined
  const inAlarm = data.alarms.filter(({ state }) => state === 'ALARM')
  if (inAlarm.length === 0) {
    return {
      ...HEAD,
      urgency: 'fine',
      words: (
        <Link href={list}>
          {data.alarms.length === 0 ? 'None watches AWS IoT' : `None of ${data.alarms.length} in ALARM`}
        </Link>
      ),
    }
  }
  return {
    ...HEAD,
    urgency: 'wrong',
    words: (
      <Parts
        parts={[
          <Count key="count" number={inAlarm.length} href={list}>
            in ALARM
          </Count>,
          ...inAlarm.slice(0, MOST_NAMES).map(({ alarmArn, alarmName, stateSince }) => (
            <span key={alarmArn}>
              <VisibleText text={alarmName} />
              {stateSince !== undefined && (
                <span className="td-weak">
                  {' '}
                  <Age atMs={Date.parse(stateSince)} />
                </span>
              )}
            </span>
          )),
        ]}
      />
    ),
  }
}
