import type { IotLogEntry } from '@thingdeck/contract'
import { EVENT_TYPES } from '../../shared/iot-logs/event-kinds.ts'
import type { IotLogQuery } from '../../shared/iot-logs/iot-log-queries.ts'
import { reasonOf } from '../../shared/iot-logs/reason-words.ts'
import { createFilter } from '../../shared/list/list-filter.ts'
import { rangeOf as rangeOfTime } from '../../shared/time-range.ts'
import { LEVELS, type LogsFilter, STATUSES } from './search.ts'

/** Of a range that is not said. */
export const USUAL_SPAN = '1h'

export const LOGS_FILTER = createFilter<IotLogEntry, LogsFilter>({
  properties: [
    {
      key: 'client',
      label: 'Client id',
      valuesLabel: 'Client ids',
      params: { '=': 'client' },
      seenIn: ({ clientId }) => clientId,
    },
    {
      key: 'thing',
      label: 'Thing',
      valuesLabel: 'Things',
      params: { '=': 'thing' },
      seenIn: ({ thingName }) => thingName,
    },
    {
      key: 'topic',
      label: 'Topic or topic filter',
      valuesLabel: 'Topics',
      params: { '=': 'topic' },
      seenIn: ({ topicName }) => topicName,
    },
    {
      key: 'event',
      label: 'Event',
      valuesLabel: 'Events',
      params: { '=': 'event' },
      suggested: EVENT_TYPES,
      seenIn: ({ eventType }) => eventType,
    },
    { key: 'level', label: 'Level', valuesLabel: 'Levels', params: { '=': 'level' }, values: LEVELS },
    { key: 'status', label: 'Status', valuesLabel: 'Statuses', params: { '=': 'status' }, values: STATUSES },
    { key: 'reason', label: 'Reason', valuesLabel: 'Reasons', params: { '=': 'reason' }, seenIn: reasonOf },
    {
      key: 'trace',
      label: 'Trace id',
      valuesLabel: 'Trace ids',
      params: { '=': 'trace' },
      seenIn: ({ traceId }) => traceId,
    },
    {
      key: 'rule',
      label: 'Rule',
      valuesLabel: 'Rules',
      params: { '=': 'rule' },
      seenIn: ({ ruleName }) => ruleName,
    },
    {
      key: 'principal',
      label: 'Principal',
      valuesLabel: 'Principals',
      params: { '=': 'principal' },
      seenIn: ({ principalId }) => principalId,
    },
    {
      key: 'ip',
      label: 'Source IP',
      valuesLabel: 'Source IPs',
      params: { '=': 'ip' },
      seenIn: ({ sourceIp }) => sourceIp,
    },
    { key: 'text', label: 'Text', valuesLabel: 'Texts', params: { ':': 'text' } },
  ],
  // Times and the log group have fields of their own.
  others: ['last', 'from', 'to', 'group'],
  freeText: { operator: ':', mean: (value) => ({ propertyKey: 'text', operator: ':', value }) },
})

/** The range of the filter in ms, whose end is at `nowMs` unless it has one of its own. */
export const rangeOf = (filter: LogsFilter, nowMs: number) => rangeOfTime(filter, nowMs, USUAL_SPAN)

/** What the API is asked for, but for its range. */
export function toCriteria(filter: LogsFilter): Omit<IotLogQuery, 'from' | 'to'> {
  const { client, thing, topic, event, level, status, reason, trace, rule, principal, ip, text, group } = filter
  return {
    clientId: client,
    thingName: thing,
    topic,
    eventTypes: event === undefined ? undefined : [event],
    levels: level === undefined ? undefined : [level],
    status,
    reason,
    traceId: trace,
    ruleName: rule,
    principalId: principal,
    sourceIp: ip,
    text,
    logGroupName: group,
  }
}
