import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { choiceParam, defined, type RawSearch } from '../../shared/search-params.ts'

export const WHYS = ['expired', 'expiring', 'onNothing'] as const
export type Why = (typeof WHYS)[number]

export interface CertificatesSearch extends ListSearch {
  /** Absent: for whichever reason. */
  readonly why?: Why
}

export const validateCertificatesSearch = (raw: RawSearch): CertificatesSearch =>
  defined({ why: choiceParam(raw.why, WHYS), ...listSearch(raw, ['ends']) })
