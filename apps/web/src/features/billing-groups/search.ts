import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { type NameFilter, nameFilterParams } from '../../shared/list/name-filter.ts'
import { BILLING_GROUP_TABS, type BillingGroupTabId } from '../../shared/page-tabs.ts'
import { choiceParam, defined, type RawSearch } from '../../shared/search-params.ts'

export type BillingGroupsSearch = NameFilter & ListSearch

export const validateBillingGroupsSearch = (raw: RawSearch): BillingGroupsSearch =>
  defined({ ...nameFilterParams(raw), ...listSearch(raw) })

export interface BillingGroupSearch {
  readonly tab?: BillingGroupTabId
}

export const validateBillingGroupSearch = (raw: RawSearch): BillingGroupSearch =>
  defined({ tab: choiceParam(raw.tab, BILLING_GROUP_TABS) })
