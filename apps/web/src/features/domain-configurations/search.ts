import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { choiceParam, defined, type RawSearch } from '../../shared/search-params.ts'

export const validateDomainConfigurationsSearch = (raw: RawSearch): ListSearch => listSearch(raw)

const TABS = ['overview', 'tags'] as const
export interface DomainConfigurationSearch {
  readonly tab?: (typeof TABS)[number]
}

export const validateDomainConfigurationSearch = (raw: RawSearch): DomainConfigurationSearch =>
  defined({ tab: choiceParam(raw.tab, TABS) })
