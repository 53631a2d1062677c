import { RULE_TABS, type RuleTabId } from '../../../shared/paths.ts'
import { choiceParam, defined, type RawSearch } from '../../../shared/search-params.ts'

export interface RuleSearch {
  /** Left out: the overview. */
  readonly tab?: RuleTabId
}

export const validateRuleSearch = (raw: RawSearch): RuleSearch => defined({ tab: choiceParam(raw.tab, RULE_TABS) })
