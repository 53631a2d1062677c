import { RULE_ACTION_NAMES, type RuleActionName } from '@thingdeck/contract'
import { type ListSearch, listSearch } from '../../../shared/list/list-search.ts'
import { choiceParam, defined, type RawSearch, textParam } from '../../../shared/search-params.ts'

export const RULE_STATES = ['enabled', 'disabled'] as const

export interface RulesFilter {
  /** A part of the name or of the topic filter. */
  readonly name?: string
  readonly state?: (typeof RULE_STATES)[number]
  /** It has such an action, or such an error action. */
  readonly action?: RuleActionName
}

export interface RulesSearch extends RulesFilter, ListSearch {
  /** Where this topic goes is shown. */
  readonly topic?: string
}

export const validateRulesSearch = (raw: RawSearch): RulesSearch =>
  defined({
    name: textParam(raw.name),
    state: choiceParam(raw.state, RULE_STATES),
    action: choiceParam(raw.action, RULE_ACTION_NAMES),
    topic: textParam(raw.topic),
    ...listSearch(raw),
  })
