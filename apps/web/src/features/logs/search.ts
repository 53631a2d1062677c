import { IotLogLevel, IotLogStatus } from '@thingdeck/contract'
import { choiceParam, defined, listParam, textParam } from '../../shared/search-params.ts'
import { type TimeRange, timeRangeParams } from '../../shared/time-range.ts'

export const LEVELS = IotLogLevel.anyOf.map((level) => level.const)
export const STATUSES = IotLogStatus.anyOf.map((status) => status.const)

/** Which entries are looked for; everything given has to hold. */
export interface LogsFilter extends TimeRange {
  readonly client?: string
  readonly thing?: string
  readonly topic?: string
  readonly event?: string
  readonly level?: IotLogLevel
  readonly status?: IotLogStatus
  readonly reason?: string
  readonly trace?: string
  readonly rule?: string
  readonly principal?: string
  readonly ip?: string
  readonly text?: string
  /** Absent: AWS IoT's own. */
  readonly group?: string
}

/** The filter; whether new entries come by themselves; and the entry that is looked at beside the list. */
export interface LogsSearch extends LogsFilter {
  readonly tail?: '1'
  readonly look?: readonly string[]
}

export const validateLogsSearch = (raw: Record<string, unknown>): LogsSearch =>
  defined({
    client: textParam(raw.client),
    thing: textParam(raw.thing),
    topic: textParam(raw.topic),
    event: textParam(raw.event),
    level: choiceParam(raw.level, LEVELS),
    status: choiceParam(raw.status, STATUSES),
    reason: textParam(raw.reason),
    trace: textParam(raw.trace),
    rule: textParam(raw.rule),
    principal: textParam(raw.principal),
    ip: textParam(raw.ip),
    text: textParam(raw.text),
    group: textParam(raw.group),
    ...timeRangeParams(raw),
    tail: choiceParam(raw.tail, ['1']),
    look: listParam(/^\d{1,15}\..{1,128}$/.exec(textParam(raw.look) ?? '')?.[0]),
  })
