import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { PACKAGE_TABS, type PackageTabId } from '../../shared/page-tabs.ts'
import { choiceParam, defined, type RawSearch } from '../../shared/search-params.ts'

export const validatePackagesSearch = (raw: RawSearch): ListSearch => listSearch(raw)

export interface PackageSearch extends ListSearch {
  /** Left out: its versions. */
  readonly tab?: PackageTabId
}

export const validatePackageSearch = (raw: RawSearch): PackageSearch =>
  defined({ tab: choiceParam(raw.tab, PACKAGE_TABS), ...listSearch(raw) })
