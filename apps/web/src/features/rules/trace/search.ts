import { choiceParam, listParam, type RawSearch, textParam } from '../../../shared/search-params.ts'
import { type TimeRange, timeRangeParams } from '../../../shared/time-range.ts'

/** The part of a rule's address that is of its trace. */
export interface RuleTraceSearch extends TimeRange {
  /** Those alone that failed. */
  readonly failures?: '1'
  /** An action as the log calls it: those alone that it ran for. */
  readonly action?: string
  /** New ones come by themselves. */
  readonly tail?: '1'
  /** The one that is looked at: its id. */
  readonly look?: readonly string[]
}

/** For the page's `validateSearch`. */
export const ruleTraceParams = (raw: RawSearch) => ({
  ...timeRangeParams(raw),
  failures: choiceParam(raw.failures, ['1']),
  action: textParam(raw.action),
  tail: choiceParam(raw.tail, ['1']),
  look: listParam(raw.look),
})
