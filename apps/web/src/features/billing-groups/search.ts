import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { BILLING_GROUP_TABS, type BillingGroupTabId } from '../../shared/paths.ts'
import { choiceParam, defined, type RawSearch, textParam } from '../../shared/search-params.ts'

export interface BillingGroupsFilter {
  /** A part of the name. */
  readonly name?: string
  /** Its beginning: AWS finds it itself, however many there are. */
  readonly begins?: string
}

export type BillingGroupsSearch = BillingGroupsFilter & ListSearch

export const validateBillingGroupsSearch = (raw: RawSearch): BillingGroupsSearch =>
  defined({ name: textParam(raw.name), begins: textParam(raw.begins), ...listSearch(raw) })

export interface BillingGroupSearch {
  readonly tab?: BillingGroupTabId
}

export const validateBillingGroupSearch = (raw: RawSearch): BillingGroupSearch =>
  defined({ tab: choiceParam(raw.tab, BILLING_GROUP_TABS) })
