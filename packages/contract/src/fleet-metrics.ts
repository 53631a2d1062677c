import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { ReadTags, Tags, TagsEdit } from './tags.ts'
import { NextToken } from './things.ts'

/** 1 to 128 of `a-zA-Z0-9_-.` (AWS IoT API reference, CreateFleetMetric). */
export const FleetMetricName = Type.String({ minLength: 1, maxLength: 128, pattern: '^[a-zA-Z0-9_.-]+$' })

/** What is computed of the things that a query finds (AWS IoT API reference, AggregationType). */
const AGGREGATION_TYPES = ['Statistics', 'Percentiles', 'Cardinality'] as const

export const FleetAggregation = Type.Object({
  name: oneOf(AGGREGATION_TYPES),
  values: Type.Array(Type.String({ pattern: '^[a-zA-Z0-9.]{1,12}$' }), {
    minItems: 1,
    maxItems: 8,
    description: 'Of Statistics which; of Percentiles numbers from 0 to 100; of Cardinality `cardinality`',
  }),
})
export type FleetAggregation = Static<typeof FleetAggregation>

/** AWS emits by the minute at most, and once a day at least. */
const PeriodSeconds = Type.Integer({ minimum: 60, maximum: 86_400, multipleOf: 60 })

const QueryString = Type.String({ minLength: 1, maxLength: 1_000 })
const Field = Type.String({ minLength: 1, maxLength: 1_024, description: 'Managed by the index, or custom' })
const Description = Type.Optional(Type.String({ maxLength: 1_024 }))
const Unit = Type.Optional(Type.String({ minLength: 1, maxLength: 32, description: "CloudWatch's word; absent: None" }))

/** What is computed, of what, how often. */
const definition = {
  queryString: QueryString,
  aggregationField: Field,
  aggregation: FleetAggregation,
  periodSeconds: PeriodSeconds,
  description: Description,
  unit: Unit,
}

export const FleetMetric = Type.Object({
  metricName: Type.String(),
  metricArn: Type.String(),
  queryString: Type.String(),
  aggregationField: Type.String(),
  aggregation: Type.Object({ name: Type.String(), values: Type.Array(Type.String()) }),
  periodSeconds: Type.Integer(),
  description: Type.Optional(Type.String()),
  unit: Type.Optional(Type.String()),
  version: Type.Integer({ description: 'One more with each change' }),
  createdAt: Type.Optional(Type.String({ format: 'date-time' })),
  changedAt: Type.Optional(Type.String({ format: 'date-time' })),
  tags: ReadTags,
})
export type FleetMetric = Static<typeof FleetMetric>

export const FleetMetricPage = Type.Object({
  metrics: Type.Array(Type.Object({ metricName: Type.String(), metricArn: Type.String() })),
  nextToken: Type.Optional(Type.String()),
})
export type FleetMetricPage = Static<typeof FleetMetricPage>

/** Fields of the index, by which things can be aggregated. */
export const FleetFields = Type.Object({
  isIndexed: Type.Boolean({ description: 'Without the fleet index there is nothing to aggregate' }),
  fields: Type.Array(
    Type.Object({
      name: Type.String(),
      type: Type.String({ description: "AWS's word: Number, String, Boolean" }),
      isCustom: Type.Boolean({ description: 'An admin has the index know it' }),
    }),
  ),
})
export type FleetFields = Static<typeof FleetFields>

/** What a metric would say now. A value that AWS does not give is absent, as where nothing matches. */
export const FleetPreview = Type.Object({
  values: Type.Array(Type.Object({ name: Type.String(), value: Type.Optional(Type.Number()) })),
})
export type FleetPreview = Static<typeof FleetPreview>

const params = Type.Object({ metricName: FleetMetricName })

export const fleetMetricEndpoints = defineEndpoints({
  listFleetMetrics: {
    method: 'GET',
    path: '/api/fleet-metrics',
    summary: 'A page of fleet metrics',
    access: 'viewer',
    query: Type.Object({
      nextToken: Type.Optional(NextToken),
      maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 250 })),
    }),
    answer: json(FleetMetricPage),
  },
  createFleetMetric: {
    method: 'POST',
    path: '/api/fleet-metrics',
    summary: 'Makes a fleet metric, which AWS IoT then emits to CloudWatch',
    access: 'admin',
    audit: 'CreateFleetMetric',
    body: Type.Object({ metricName: FleetMetricName, ...definition, tags: Type.Optional(Tags) }),
    answer: json(FleetMetric),
  },
  describeFleetMetric: {
    method: 'GET',
    path: '/api/fleet-metrics/:metricName',
    summary: 'A fleet metric with its tags',
    access: 'viewer',
    params,
    answer: json(FleetMetric),
  },
  updateFleetMetric: {
    method: 'PUT',
    path: '/api/fleet-metrics/:metricName',
    summary: 'Changes a fleet metric, unless somebody else did meanwhile',
    access: 'admin',
    audit: 'UpdateFleetMetric',
    params,
    body: Type.Object({ ...definition, tags: Type.Optional(TagsEdit), expectedVersion: Type.Integer({ minimum: 1 }) }),
    answer: json(FleetMetric),
  },
  deleteFleetMetric: {
    method: 'DELETE',
    path: '/api/fleet-metrics/:metricName',
    summary: 'Deletes a fleet metric; what CloudWatch has of it stays there',
    access: 'admin',
    audit: 'DeleteFleetMetric',
    params,
    query: Type.Object({ expectedVersion: Type.Integer({ minimum: 1 }) }),
    answer: EMPTY,
  },
  listFleetFields: {
    method: 'GET',
    path: '/api/fleet/fields',
    summary: 'The fields of the fleet index, by which things can be aggregated',
    access: 'viewer',
    answer: json(FleetFields),
  },
  previewFleetMetric: {
    method: 'GET',
    path: '/api/fleet/aggregation',
    summary: 'What a fleet metric would say now',
    access: 'viewer',
    query: Type.Object({
      queryString: QueryString,
      aggregationField: Field,
      aggregation: oneOf(AGGREGATION_TYPES),
      value: FleetAggregation.properties.values,
    }),
    answer: json(FleetPreview),
  },
})
