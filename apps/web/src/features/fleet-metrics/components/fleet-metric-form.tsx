import Alert from '@cloudscape-design/components/alert'
import Multiselect from '@cloudscape-design/components/multiselect'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { type FleetAggregation, type FleetMetric, FleetMetricName } from '@thingdeck/contract'
import { FieldRow, SelectField, TextField } from '../../../shared/form/fields.tsx'
import { type Pair, pairsOf, pairsRule, recordOf } from '../../../shared/form/pairs-field.tsx'
import { limitsOf } from '../../../shared/form/text-limits.ts'
import type { Form, Rule } from '../../../shared/form/use-form.ts'
import { ownTags, TAG_RULES } from '../../../shared/tags/tag-rules.ts'
import { TagsField } from '../../../shared/tags/tags-field.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import {
  aggregationsOf,
  MOST_PERCENTILES,
  PERIODS,
  parsePercentiles,
  periodInWords,
  statisticsOf,
  typeOf,
  UNITS,
} from '../aggregation-choices.ts'
import { fleetFieldsQuery } from '../api.ts'
import { Preview } from './preview.tsx'

/** What the form holds; numbers and lists as their fields have them. */
export interface FleetMetricValues {
  metricName: string
  queryString: string
  aggregationField: string
  aggregationName: FleetAggregation['name']
  statistics: readonly string[]
  percentiles: string
  period: string
  unit: string
  description: string
  tags: readonly Pair[]
}

/** What a new one begins with: how many things there are. */
export const NEW: FleetMetricValues = {
  metricName: '',
  queryString: 'thingName:*',
  aggregationField: 'registry.version',
  aggregationName: 'Statistics',
  statistics: ['count'],
  percentiles: '50, 90, 99',
  period: '60',
  unit: 'None',
  description: '',
  tags: [],
}

export function valuesOf(metric: FleetMetric): FleetMetricValues {
  const { aggregation } = metric
  return {
    metricName: metric.metricName,
    queryString: metric.queryString,
    aggregationField: metric.aggregationField,
    aggregationName:
      (['Percentiles', 'Cardinality'] as const).find((name) => name === aggregation.name) ?? 'Statistics',
    statistics: aggregation.name === 'Statistics' ? aggregation.values : ['count'],
    percentiles: aggregation.name === 'Percentiles' ? aggregation.values.join(', ') : NEW.percentiles,
    period: String(metric.periodSeconds),
    unit: metric.unit ?? 'None',
    description: metric.description ?? '',
    tags: pairsOf(ownTags(metric.tags)),
  }
}

/** What is computed, as the API takes it; undefined: it is not complete. */
function aggregationOf({ aggregationName, statistics, percentiles }: FleetMetricValues): FleetAggregation | undefined {
  if (aggregationName === 'Cardinality') return { name: 'Cardinality', values: ['cardinality'] }
  const values = aggregationName === 'Statistics' ? statistics : parsePercentiles(percentiles)
  return values && values.length > 0 ? { name: aggregationName, values: [...values] } : undefined
}

/** The definition as the API takes it. */
export function definitionOf(values: FleetMetricValues) {
  const { queryString, aggregationField, period, unit, description } = values
  return {
    queryString,
    aggregationField,
    aggregation: aggregationOf(values) ?? { name: 'Statistics' as const, values: [...values.statistics] },
    periodSeconds: Number(period),
    ...(unit !== 'None' && { unit }),
    ...(description !== '' && { description }),
    tags: recordOf(values.tags),
  }
}

export const LIMITS = {
  metricName: limitsOf(FleetMetricName, 'letters, digits, dots, _ and -'),
  queryString: { isRequired: true, maxLength: 1_000 },
  description: { maxLength: 1_024 },
}

type Rules = { readonly [K in keyof FleetMetricValues]?: Rule<FleetMetricValues[K], FleetMetricValues> }
export const RULES: Rules = {
  statistics: (chosen, { aggregationName }) =>
    aggregationName === 'Statistics' && chosen.length === 0 ? 'Choose at least one statistic.' : undefined,
  percentiles: (text, { aggregationName }) =>
    aggregationName === 'Percentiles' && !parsePercentiles(text)
      ? `Write up to ${MOST_PERCENTILES} numbers from 0 to 100, e.g. 50, 90, 99.`
      : undefined,
  tags: pairsRule(TAG_RULES),
}

export const FIELDS_OF_CODES = {
  ResourceAlreadyExistsException: 'metricName',
  InvalidQueryException: 'queryString',
  InvalidAggregationException: 'aggregationField',
} as const

interface FleetMetricFieldsProps {
  readonly form: Form<FleetMetricValues>
  readonly isNew: boolean
}

export function FleetMetricFields({ form, isNew }: FleetMetricFieldsProps) {
  const fields = useQuery(fleetFieldsQuery)
  const { values, change } = form
  const known = fields.data?.fields ?? []
  const type = typeOf(known, values.aggregationField)
  const names = new Set([values.aggregationField, ...known.map(({ name }) => name)])
  const statistics = statisticsOf(type)
  const periods = new Set([...PERIODS.map(([seconds]) => seconds), Number(values.period)])
  return (
    <SpaceBetween size="l">
      {fields.error && (
        <ErrorAlert
          error={fields.error}
          what="The fields of the index could not be asked for"
          onRetry={() => void fields.refetch()}
        />
      )}
      {fields.data?.isIndexed === false && (
        <Alert type="warning" header="The fleet index is off">
          A fleet metric is computed of the fleet index. An admin turns it on from the list of things.
        </Alert>
      )}
      {isNew && <TextField field={form.field('metricName')} label="Name" />}
      <TextField
        field={form.field('queryString')}
        label="Query"
        description="Which things it is about, in the query syntax of fleet indexing; thingName:* is all of them."
        rows={2}
      />
      <SelectField
        field={{
          ...form.field('aggregationField'),
          set: (aggregationField) => change({ aggregationField, ...fitting(values, typeOf(known, aggregationField)) }),
        }}
        label="Field"
        description="What is computed of each thing: a field that the index manages, or a custom one."
        options={[...names].map((name) => {
          const of = typeOf(known, name)
          return { value: name, label: name, ...(of !== undefined && { description: of }) }
        })}
      />
      <SelectField
        field={form.field('aggregationName')}
        label="Aggregation"
        options={aggregationsOf(type).map((value) => ({ value, label: value, description: ABOUT[value] }))}
      />
      {values.aggregationName === 'Statistics' && (
        <FieldRow field={form.field('statistics')} label="Statistics">
          <Multiselect
            options={statistics.map((value) => ({ value, label: value }))}
            selectedOptions={values.statistics.map((value) => ({ value, label: value }))}
            onChange={({ detail }) =>
              form
                .field('statistics')
                .set(statistics.filter((each) => detail.selectedOptions.some(({ value }) => value === each)))
            }
            placeholder="Choose statistics"
          />
        </FieldRow>
      )}
      {values.aggregationName === 'Percentiles' && (
        <TextField
          field={form.field('percentiles')}
          label="Percentiles"
          constraint="Numbers from 0 to 100, with commas between them."
        />
      )}
      <Preview {...values} aggregation={aggregationOf(values)} />
      <SelectField
        field={form.field('period')}
        label="Computed every"
        options={[...periods]
          .sort((one, other) => one - other)
          .map((seconds) => ({ value: String(seconds), label: periodInWords(seconds) }))}
      />
      <SelectField
        field={form.field('unit')}
        label="Unit"
        options={[...new Set([...UNITS, values.unit])].map((value) => ({ value, label: value }))}
      />
      <TextField field={form.field('description')} label="Description" rows={2} />
      <TagsField field={form.field('tags')} />
    </SpaceBetween>
  )
}

const ABOUT: Readonly<Record<FleetAggregation['name'], string>> = {
  Statistics: 'count, average, minimum, maximum …',
  Percentiles: 'below which so many percent of the values lie',
  Cardinality: 'how many different values there are, about',
}

/** What of the choices made so far another type of field has no place for. */
function fitting(
  { aggregationName, statistics }: FleetMetricValues,
  type: string | undefined,
): Partial<FleetMetricValues> {
  const possible = statisticsOf(type)
  const kept = statistics.filter((each) => possible.includes(each))
  return {
    statistics: kept.length === 0 ? ['count'] : kept,
    aggregationName: aggregationsOf(type).includes(aggregationName) ? aggregationName : 'Statistics',
  }
}
