import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter'
import type { FleetSample } from '@thingdeck/contract'
import {
  type Condition,
  type ConditionGroup,
  formatConditions,
  isGroup,
  NO_CONDITION,
  type Operator,
  readConditions,
} from '@thingdeck/fleet-query'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { DISCONNECT_REASONS } from '../../shared/iot-logs/disconnect-reason.ts'
import type { ListFilter } from '../../shared/list/list-filter.ts'
import { COMMON_FIELDS, fieldLabel, isField, queriedField, valueLabel } from './fields.ts'
import { jobChoices, readJob } from './job-filter.ts'
import type { ThingRow } from './list-api.ts'
import { meantOf } from './meant.ts'
import { changedWithin, conditionsOf, readQuery } from './query.ts'
import { SPANS, type ThingsFilter } from './search.ts'

const WITHIN = 'within'
const JOB = 'job'
/** The key of a term that names no field. */
const ANY = 'any'

const TEXT_OPERATORS: readonly Operator[] = ['=', '!=', ':', '!:', '^', '!^']
const ALL_OPERATORS: readonly Operator[] = [...TEXT_OPERATORS, '<', '<=', '>', '>=']
const OPERATORS: Readonly<Record<string, readonly Operator[]>> = {
  thingName: [':', '!:', '=', '!=', '^', '!^'],
  thingId: ['=', '!='],
  'connectivity.connected': ['=', '!='],
  'connectivity.timestamp': ['>', '>=', '<', '<='],
  'connectivity.disconnectReason': ['=', '!='],
  'connectivity.cleanSession': ['=', '!='],
  [ANY]: ['=', '!=', '^', ':'],
  [WITHIN]: ['='],
  [JOB]: ['='],
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  'connectivity.connected': ['true', 'false'],
  'connectivity.disconnectReason': DISCONNECT_REASONS,
  'connectivity.cleanSession': ['true', 'false'],
  [WITHIN]: SPANS,
}

export const GROUPS = [
  { group: 'attributes', properties: 'Attributes', values: 'Attribute values' },
  { group: 'shadows', properties: 'Shadow values', values: 'Shadow values' },
  { group: 'others', properties: 'Others', values: 'Values' },
]

/** Fields that a person can choose, before any row was seen. */
const OFFERED = [...COMMON_FIELDS.slice(0, 8), WITHIN, 'shadow.hasDelta', JOB, ANY]

/** The filter of things: its tokens are the conditions of a query, where the query is no more than that. */
export function thingsFilter(sample: FleetSample['fields'] = []): ListFilter<ThingRow, ThingsFilter> {
  return {
    none: { query: undefined, within: undefined, meant: undefined, job: undefined },
    isGrouped: true,
    freeText: { operators: [':'], defaultOperator: ':' },
    isSet: ({ query, within, job }) => query !== undefined || within !== undefined || job !== undefined,
    toQuery(filter) {
      const { within, job } = filter
      const { operation, conditions } = conditionsOf(filter) ?? NO_CONDITION
      const tokens = conditions.map((part) =>
        isGroup(part)
          ? { operation: part.operation, tokens: part.conditions.filter(isCondition).map(tokenOf) }
          : tokenOf(part),
      )
      const ofTime = within === undefined ? [] : [{ propertyKey: WITHIN, operator: '=', value: within }]
      if (job === undefined) return { tokens: [], operation, tokenGroups: [...tokens, ...ofTime] }
      const ofJob = { propertyKey: JOB, operator: '=', value: job }
      // A job holds beside all else: that of which any is enough stands in a group of its own.
      const isAny = operation === 'or' && tokens.length > 1
      const rest = isAny ? [{ operation, tokens: tokens.filter((part) => !('tokens' in part)) }] : tokens
      return { tokens: [], operation: 'and', tokenGroups: [...rest, ...ofTime, ofJob] }
    },
    fromQuery: (query) => readTokens(query),
    choices(rows, { query, job }, isOffered) {
      const asked = readQuery(query)
      const seen = new Map(sample.map(({ name, values }) => [name, new Set(values)]))
      for (const row of rows) collectValues(row, seen)
      const fields = new Set([
        ...OFFERED,
        ...[...seen.keys()].filter((name) => !name.startsWith('connectivity.')),
        ...(asked.error ? [] : asked.fields.map(queriedField)),
      ])
      const offered = [...fields].filter((field) => isOffered(field) || (!asked.error && asked.fields.includes(field)))
      return {
        properties: offered.map(propertyOf),
        options: offered.flatMap((field) =>
          [
            ...new Set([
              ...(VALUES[field] ?? []),
              ...(field === JOB ? chosenJob(job) : []),
              ...(seen.get(field) ?? []),
              ...(canExist(field) ? ['*'] : []),
            ]),
          ].map((value) => ({ propertyKey: field, value, label: valueLabel(field, value) })),
        ),
      }
    },
  }
}

/** Whether tokens say all of it: a group of tokens has no groups in it, which what stands beside a job may take. */
export function isInTokens(filter: ThingsFilter): boolean {
  const { operation, conditions } = conditionsOf(filter) ?? NO_CONDITION
  return filter.job === undefined || operation === 'and' || conditions.length < 2 || conditions.every(isCondition)
}

/** The statuses of a job, once one was named. */
function chosenJob(job: string | undefined): readonly string[] {
  const read = job === undefined ? undefined : readJob(job)
  return read ? jobChoices(read.jobId) : []
}

const canExist = (field: string) =>
  !Object.hasOwn(VALUES, field) &&
  !['thingName', 'thingId', JOB, ANY].includes(field) &&
  field !== 'connectivity.timestamp'

const isCondition = (part: Condition | ConditionGroup): part is Condition => !isGroup(part)

const tokenOf = ({ field, operator, value }: Condition): PropertyFilterProps.Token => ({
  propertyKey: field === undefined ? ANY : queriedField(field),
  operator,
  value,
})

type Part = PropertyFilterProps.Token | PropertyFilterProps.TokenGroup

/** Tokens as a query. Of spans the last counts; where any of the tokens is enough, a span becomes a moment. */
function readTokens({ operation, tokens, tokenGroups = tokens }: PropertyFilterProps.Query): {
  query: string | undefined
  within: ThingsFilter['within']
  meant: ThingsFilter['meant']
  job: ThingsFilter['job']
} {
  let within: ThingsFilter['within']
  let job: ThingsFilter['job']
  const read = (part: Part): readonly (Condition | ConditionGroup)[] => {
    if ('tokens' in part) {
      const conditions = part.tokens.flatMap(read).flatMap((each) => (isGroup(each) ? each.conditions : [each]))
      return conditions.length < 2 ? conditions : [{ operation: part.operation, conditions }]
    }
    if (part.propertyKey === WITHIN) {
      const span = SPANS.find((each) => each === part.value)
      if (span === undefined) return []
      if (operation === 'or') return [changedWithin(span, serverNow())]
      within = span
      return []
    }
    if (part.propertyKey === JOB) {
      job = String(part.value).trim() || undefined
      return []
    }
    return conditionsOfToken(part)
  }
  const conditions = tokenGroups.flatMap(read)
  const query = formatConditions({ operation, conditions })
  return { query: query === '' ? undefined : query, within, meant: meantOf(conditions), job }
}

function conditionsOfToken({
  propertyKey,
  operator,
  value,
}: PropertyFilterProps.Token): readonly (Condition | ConditionGroup)[] {
  const text = String(value).trim()
  if (text === '') return []
  if (propertyKey === undefined) return readFreeText(text)
  const known = ALL_OPERATORS.find((each) => each === operator) ?? '='
  const field = propertyKey === ANY ? undefined : propertyKey
  return [{ field, operator: known, value: field === 'connectivity.timestamp' ? momentOf(text) : text }]
}

/** Text without a field is a part of a name, unless it is a query that names some: `shadow.reported.battery < 20`. */
function readFreeText(text: string): readonly (Condition | ConditionGroup)[] {
  const read = readQuery(text)
  if (!read.error && read.fields.length > 0 && read.fields.every(isField)) {
    const { operation, conditions } = readConditions(text) ?? NO_CONDITION
    if (conditions.length > 0) return operation === 'and' ? conditions : [{ operation, conditions }]
  }
  return [{ field: 'thingName', operator: ':', value: text }]
}

/** AWS counts in ms; people write dates. What is neither is for AWS to refuse. */
function momentOf(text: string): string {
  if (/^\d{11,}$/.test(text)) return text
  const atMs = Date.parse(text)
  return Number.isNaN(atMs) ? text : String(atMs)
}

/** Of what is no field of the index. */
const OWN_LABELS: Readonly<Record<string, string>> = {
  [WITHIN]: 'Connection changed within',
  [ANY]: 'Any field',
  [JOB]: 'Job',
}

function propertyOf(field: string): PropertyFilterProps.FilteringProperty {
  const operators = OPERATORS[field] ?? ALL_OPERATORS
  const group = field.startsWith('attributes.')
    ? 'attributes'
    : field.startsWith('shadow.')
      ? 'shadows'
      : field === ANY || field === JOB || field.startsWith('deviceDefender.')
        ? 'others'
        : undefined
  const label = OWN_LABELS[field] ?? fieldLabel(field)
  return {
    key: field,
    propertyLabel: label,
    groupValuesLabel: `Values of ${label}`,
    operators: operators.map((operator) => ({ operator, format: (value: string) => valueLabel(field, String(value)) })),
    ...(operators[0] !== '=' && operators[0] !== undefined && { defaultOperator: operators[0] }),
    ...(group !== undefined && { group }),
  }
}

function collectValues(row: ThingRow, seen: Map<string, Set<string>>): void {
  const add = (field: string, value: string) => {
    const values = seen.get(field) ?? new Set()
    seen.set(field, values.add(value))
  }
  add('thingName', row.thingName)
  if (row.thingTypeName !== undefined) add('thingTypeName', row.thingTypeName)
  for (const group of row.thingGroupNames ?? []) add('thingGroupNames', group)
  for (const [name, value] of Object.entries(row.attributes)) add(`attributes.${name}`, value)
  for (const [field, value] of Object.entries(row.values ?? {})) add(field, value)
}
