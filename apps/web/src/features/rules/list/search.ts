import { type ListSearch, listSearch } from '../../../shared/list/list-search.ts'
import { choiceParam, defined, type RawSearch, textParam } from '../../../shared/search-params.ts'

export const RULE_STATES = ['enabled', 'disabled'] as const
export type RuleState = (typeof RULE_STATES)[number]

export interface RulesFilter {
  /** A part of the name or of the topic filter. */
  readonly name?: string
  readonly state?: RuleState
}

export interface RulesSearch extends RulesFilter, ListSearch {
  /** Where this topic goes is shown. */
  readonly topic?: string
}

export const validateRulesSearch = (raw: RawSearch): RulesSearch =>
  defined({
    name: textParam(raw.name),
    state: choiceParam(raw.state, RULE_STATES),
    topic: textParam(raw.topic),
    ...listSearch(raw),
  })
