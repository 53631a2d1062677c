import { RULE_TABS, type RuleTabId } from '../../../shared/page-tabs.ts'
import { choiceParam, defined, type RawSearch, textParam, timeParam } from '../../../shared/search-params.ts'
import { type RuleTraceSearch, ruleTraceParams } from '../trace/search.ts'

export interface RuleSearch extends RuleTraceSearch {
  /** Left out: the overview. */
  readonly tab?: RuleTabId
  /** Of the rehearsal: the message that is meant, by its topic, who published it, and when (ISO 8601). */
  readonly topic?: string
  readonly client?: string
  readonly at?: string
}

export const validateRuleSearch = (raw: RawSearch): RuleSearch =>
  defined({
    tab: choiceParam(raw.tab, RULE_TABS),
    topic: textParam(raw.topic),
    client: textParam(raw.client),
    at: timeParam(raw.at),
    ...ruleTraceParams(raw),
  })
