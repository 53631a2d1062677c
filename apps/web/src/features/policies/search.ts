import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { POLICY_TABS, type PolicyTabId } from '../../shared/page-tabs.ts'
import { choiceParam, defined, type RawSearch, textParam, versionParam } from '../../shared/search-params.ts'

export interface PoliciesFilter {
  /** A part of the name. */
  readonly name?: string
}

export type PoliciesSearch = PoliciesFilter & ListSearch

export const validatePoliciesSearch = (raw: RawSearch): PoliciesSearch =>
  defined({ name: textParam(raw.name), ...listSearch(raw) })

export interface PolicySearch {
  /** Left out: the document. */
  readonly tab?: PolicyTabId
  /** Of the tab of versions: the one that is compared. */
  readonly version?: string
  /** What it is compared with; left out: the default version. */
  readonly with?: string
}

export const validatePolicySearch = (raw: RawSearch): PolicySearch =>
  defined({
    tab: choiceParam(raw.tab, POLICY_TABS),
    version: versionParam(raw.version),
    with: versionParam(raw.with),
  })
