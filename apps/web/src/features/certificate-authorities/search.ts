import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { choiceParam, defined, type RawSearch } from '../../shared/search-params.ts'

export const validateCertificateAuthoritiesSearch = (raw: RawSearch): ListSearch => listSearch(raw)
export const validateTransfersSearch = (raw: RawSearch): ListSearch => listSearch(raw)

const TABS = ['overview', 'decoded', 'tags'] as const

export interface CertificateAuthoritySearch {
  readonly tab?: (typeof TABS)[number]
}

export const validateCertificateAuthoritySearch = (raw: RawSearch): CertificateAuthoritySearch =>
  defined({ tab: choiceParam(raw.tab, TABS) })
