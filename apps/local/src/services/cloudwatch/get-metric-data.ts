import { setImmediate } from 'node:timers/promises'
import type * as sdk from '@aws-sdk/client-cloudwatch'
import type { Input } from '@thingdeck/aws-api'
import type { Account } from '../../foundation/account.ts'
import { invalidNextToken, validationFailed } from './cloudwatch-errors.ts'
import { MetricQueries, type QueryResult } from './metric-queries.ts'
import type { MetricReader } from './metric-reader.ts'
import { secondsOf } from './period.ts'

const MAX_QUERIES = 500
/** "The maximum number of data points the request should return before paginating", API Reference. */
const MAX_DATAPOINTS = 100_800
/** Whoever computes for so long lets others have their turn. */
const TURN_MS = 10

type GetMetricDataInput = Input<typeof sdk, 'GetMetricData'>

/**
 * `GetMetricData`: the results of all queries that return data, in their order, so many data points a page.
 * @throws {AwsError} ValidationException, InvalidNextToken
 */
export async function getMetricData(reader: MetricReader, account: Account, input: GetMetricDataInput) {
  const { MetricDataQueries = [], ScanBy = 'TimestampDescending', MaxDatapoints = MAX_DATAPOINTS, NextToken } = input
  const range = { startSeconds: secondsOf(input.StartTime), endSeconds: secondsOf(input.EndTime) }
  if (range.startSeconds === range.endSeconds) {
    throw validationFailed('The parameter StartTime must not equal parameter EndTime.')
  }
  if (range.startSeconds > range.endSeconds) {
    throw validationFailed('The parameter EndTime must be greater than StartTime.')
  }
  if (MaxDatapoints > MAX_DATAPOINTS) {
    throw validationFailed(`The parameter MaxDatapoints must not be greater than ${MAX_DATAPOINTS}.`)
  }
  if (MetricDataQueries.length === 0) throw validationFailed('The parameter MetricDataQueries is required.')
  if (MetricDataQueries.length > MAX_QUERIES) {
    throw validationFailed(`The collection MetricDataQueries must not have a size greater than ${MAX_QUERIES}.`)
  }
  const queries = new MetricQueries(
    reader,
    {
      accountId: account.id,
      region: account.region,
      range,
      offsetMinutes: offsetOf(input.LabelOptions?.Timezone),
      parameter: 'MetricDataQueries',
    },
    MetricDataQueries,
  )
  const from = NextToken === undefined ? 0 : readToken(NextToken)
  reader.refresh()
  const { results, isMore } = await pageOf(queries.results(), from, MaxDatapoints, ScanBy === 'TimestampAscending')
  return {
    MetricDataResults: results,
    Messages: [],
    ...(isMore && { NextToken: writeToken(from + MaxDatapoints) }),
  }
}

/** The data points from one on, counted through all results. */
async function pageOf(all: Iterable<QueryResult>, from: number, count: number, isAscending: boolean) {
  let before = 0
  let turnSinceMs = performance.now()
  const results = []
  for (const { id, label, series } of all) {
    if (performance.now() - turnSinceMs > TURN_MS) {
      await setImmediate()
      turnSinceMs = performance.now()
    }
    const points = isAscending ? [...series.values] : [...series.values].reverse()
    const onPage = points.slice(Math.max(0, from - before), Math.max(0, from + count - before))
    const end = before + points.length
    // One without data is told of once, on the page on which it would have begun.
    if (onPage.length > 0 || (points.length === 0 && before >= from && before < from + count)) {
      results.push({
        Id: id,
        Label: label,
        Timestamps: onPage.map(([at]) => new Date(at * 1000)),
        Values: onPage.map(([, value]) => value),
        StatusCode: end > from + count ? ('PartialData' as const) : ('Complete' as const),
      })
    }
    before = end
    if (before > from + count) break
  }
  return { results, isMore: before > from + count }
}

/** `+0130` → 90. */
function offsetOf(timezone: string | undefined): number {
  if (timezone === undefined) return 0
  const [, sign, hours, minutes] = /^([+-])(\d\d)([0-5]\d)$/.exec(timezone) ?? []
  if (sign === undefined) {
    throw validationFailed(`The parameter LabelOptions.Timezone must be one such as +0130, not ${timezone}.`)
  }
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

const writeToken = (from: number): string => Buffer.from(`GetMetricData ${from}`).toString('base64url')

function readToken(token: string): number {
  const from = /^GetMetricData (\d{1,15})$/.exec(Buffer.from(token, 'base64url').toString())?.[1]
  if (from === undefined) throw invalidNextToken()
  return Number(from)
}
