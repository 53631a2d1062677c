import { DISCONNECT_REASONS } from '../../shared/iot-logs/disconnect-reason.ts'
import { createFilter } from '../../shared/list/list-filter.ts'
import type { ThingRow } from './list-api.ts'
import { CONNECTIONS, parseAttribute, SPANS, type ThingsFilter } from './search.ts'

export const THINGS_FILTER = createFilter<ThingRow, ThingsFilter>({
  properties: [
    {
      key: 'name',
      label: 'Name',
      valuesLabel: 'Names',
      params: { ':': 'has', '^': 'begins', '=': 'name' },
      seenIn: ({ thingName }) => thingName,
    },
    {
      key: 'type',
      label: 'Type',
      valuesLabel: 'Types',
      params: { '=': 'type' },
      seenIn: ({ thingTypeName }) => thingTypeName,
    },
    {
      key: 'group',
      label: 'Group',
      valuesLabel: 'Groups',
      params: { '=': 'group' },
      seenIn: ({ thingGroupNames }) => thingGroupNames,
    },
    {
      key: 'connection',
      label: 'Connection',
      valuesLabel: 'Connections',
      params: { '=': 'connection' },
      values: CONNECTIONS,
    },
    {
      key: 'reason',
      label: 'Disconnect reason',
      valuesLabel: 'Disconnect reasons',
      params: { '=': 'reason' },
      values: DISCONNECT_REASONS,
    },
    {
      key: 'within',
      label: 'Connection changed within',
      valuesLabel: 'Spans',
      params: { '=': 'within' },
      values: SPANS,
    },
  ],
  families: [
    {
      prefix: 'attribute:',
      valuesLabel: (name) => `Values of ${name}`,
      group: 'attributes',
      operators: ['=', '^'],
      param: 'a',
      format: (name, operator, value) => `${name}${operator}${value}`,
      parse: parseAttribute,
      seenIn: ({ attributes }) => attributes,
    },
  ],
  freeText: { operator: ':', mean: partOfName },
})

export const { none: NO_FILTER, toQuery, fromQuery } = THINGS_FILTER

/** People write wildcards; in front and at the end of a text they say what is meant: `pump*` is a beginning. */
function partOfName(text: string) {
  const operator = /^[^*].*\*$/.test(text) ? '^' : ':'
  return { propertyKey: 'name', operator, value: text.replaceAll(/^\*+|\*+$/g, '') } as const
}
