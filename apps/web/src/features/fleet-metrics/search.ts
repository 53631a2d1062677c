import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { choiceParam, defined, type RawSearch, textParam } from '../../shared/search-params.ts'

export const validateFleetMetricsSearch = (raw: RawSearch): ListSearch => listSearch(raw)

export interface CreateFleetMetricSearch {
  /** The query to begin with, of a search for things. */
  readonly query?: string
}

export const validateCreateFleetMetricSearch = (raw: RawSearch): CreateFleetMetricSearch =>
  defined({ query: textParam(raw.query) })

/** How far back the chart goes. */
export const CHART_LASTS = ['1h', '24h', '7d'] as const
export type ChartLast = (typeof CHART_LASTS)[number]

export interface FleetMetricSearch {
  /** Left out: a day. */
  readonly last?: ChartLast
}

export const validateFleetMetricSearch = (raw: RawSearch): FleetMetricSearch =>
  defined({ last: choiceParam(raw.last, CHART_LASTS) })
