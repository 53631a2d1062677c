import { choiceParam, defined, listParam, textParam } from '../../shared/search-params.ts'

export const OUTCOMES = ['done', 'refused'] as const
/** How far back from now. */
export const SPANS = ['15m', '1h', '24h', '7d'] as const
export type Span = (typeof SPANS)[number]

/** What writes are looked for; everything given has to hold. */
export interface ActivityFilter {
  readonly thing?: string
  readonly shadow?: string
  /** Name or id. */
  readonly person?: string
  readonly action?: string
  readonly outcome?: (typeof OUTCOMES)[number]
  readonly bulkChange?: string
  readonly last?: Span
  /** ISO 8601; of no account beside `last`. */
  readonly from?: string
  readonly to?: string
}

/** The filter, and the entry that is looked at beside the list. */
export interface ActivitySearch extends ActivityFilter {
  readonly look?: readonly string[]
}

export function validateActivitySearch(raw: Record<string, unknown>): ActivitySearch {
  return defined({
    thing: textParam(raw.thing),
    shadow: textParam(raw.shadow),
    person: textParam(raw.person),
    action: textParam(raw.action),
    outcome: choiceParam(raw.outcome, OUTCOMES),
    bulkChange: textParam(raw.bulkChange),
    last: choiceParam(raw.last, SPANS),
    from: timeParam(raw.from),
    to: timeParam(raw.to),
    look: listParam(/^\d{1,15}-\d{1,15}$/.exec(textParam(raw.look) ?? '')?.[0]),
  })
}

function timeParam(value: unknown): string | undefined {
  const atMs = Date.parse(textParam(value) ?? '')
  return Number.isNaN(atMs) ? undefined : new Date(atMs).toISOString()
}
