import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import type { RawSearch } from '../../shared/search-params.ts'

export const validateRuleDestinationsSearch = (raw: RawSearch): ListSearch => listSearch(raw)
