import Link from '@cloudscape-design/components/link'
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import type { Alarm, AlarmState } from '@thingdeck/contract'
import { paths } from '../../shared/paths.ts'
import { VisibleText } from '../../shared/text/visible.tsx'
import { Age } from '../../shared/time.tsx'
import { conditionWords, STATE_WORDS } from './alarm-words.ts'

const TYPES: Readonly<Record<AlarmState, StatusIndicatorProps.Type>> = {
  ALARM: 'error',
  INSUFFICIENT_DATA: 'pending',
  OK: 'success',
}

export function AlarmStatus({ state }: { readonly state: AlarmState }) {
  return <StatusIndicator type={TYPES[state]}>{STATE_WORDS[state]}</StatusIndicator>
}

interface AlarmMarkProps {
  readonly alarm: Alarm
  /** Its threshold is a line of the chart. */
  readonly isDrawn: boolean
}

/** An alarm on the chart of what it watches. */
export function AlarmMark({ alarm, isDrawn }: AlarmMarkProps) {
  const { alarmName, state, stateSince } = alarm
  return (
    <p className="td-alarm-mark">
      <AlarmStatus state={state} />{' '}
      <Link href={paths.metrics({ subject: 'alarms' })} fontSize="body-s">
        <VisibleText text={alarmName} />
      </Link>
      {stateSince !== undefined && (
        <>
          {', '}
          <Age atMs={Date.parse(stateSince)} />
        </>
      )}
      <span className="td-weak">
        {' '}
        {conditionWords(alarm)}
        {isDrawn ? ' (the dashed line)' : ''}
      </span>
    </p>
  )
}
