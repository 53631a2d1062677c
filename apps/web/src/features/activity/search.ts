import { choiceParam, defined, listParam, textParam } from '../../shared/search-params.ts'
import { type TimeRange, timeRangeParams } from '../../shared/time-range.ts'

export const OUTCOMES = ['done', 'refused'] as const

/** What writes are looked for; everything given has to hold. */
export interface ActivityFilter extends TimeRange {
  readonly thing?: string
  readonly shadow?: string
  /** Name or id. */
  readonly person?: string
  readonly action?: string
  readonly outcome?: (typeof OUTCOMES)[number]
  readonly bulkChange?: string
}

/** The filter, the entry that is looked at beside the list, and whether the trail is to be verified: `1`. */
export interface ActivitySearch extends ActivityFilter {
  readonly look?: readonly string[]
  readonly verify?: '1'
}

export function validateActivitySearch(raw: Record<string, unknown>): ActivitySearch {
  return defined({
    thing: textParam(raw.thing),
    shadow: textParam(raw.shadow),
    person: textParam(raw.person),
    action: textParam(raw.action),
    outcome: choiceParam(raw.outcome, OUTCOMES),
    bulkChange: textParam(raw.bulkChange),
    ...timeRangeParams(raw),
    verify: choiceParam(raw.verify, ['1']),
    look: listParam(/^\d{1,15}-\d{1,15}$/.exec(textParam(raw.look) ?? '')?.[0]),
  })
}
