import { CERTIFICATE_STATUSES, CERTIFICATE_WHYS, type CertificateRow, type CertificateWhy } from '@thingdeck/contract'
import { certificateIdParam } from '../../shared/certificate/certificate-id.ts'
import { createFilter } from '../../shared/list/list-filter.ts'
import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { choiceParam, defined, type RawSearch, textParam } from '../../shared/search-params.ts'

type Status = (typeof CERTIFICATE_STATUSES)[number]

export interface CertificatesFilter {
  readonly status?: Status
  /** Id of the CA certificate that signed them. */
  readonly ca?: string
  /** The whole of it: AWS finds certificates by nothing less. */
  readonly id?: string
  /** Active ones that somebody should look at for this reason. */
  readonly why?: CertificateWhy
  /** Active ones that end in this month, `2027-03`, UTC. */
  readonly month?: string
}

export interface CertificatesSearch extends CertificatesFilter, ListSearch {
  /** Left out: the list alone. */
  readonly view?: 'calendar'
}

export const validateCertificatesSearch = (raw: RawSearch): CertificatesSearch =>
  defined({
    status: choiceParam(raw.status, CERTIFICATE_STATUSES),
    ca: certificateIdParam(raw.ca),
    id: textParam(raw.id)?.trim().toLowerCase(),
    why: choiceParam(raw.why, CERTIFICATE_WHYS),
    month: /^\d{4}-(?:0[1-9]|1[0-2])$/.exec(textParam(raw.month) ?? '')?.[0],
    view: choiceParam(raw.view, ['calendar']),
    ...listSearch(raw, ['ends', 'created']),
  })

export const CERTIFICATES_FILTER = createFilter<CertificateRow, CertificatesFilter>({
  properties: [
    {
      key: 'status',
      label: 'Status',
      valuesLabel: 'Statuses',
      params: { '=': 'status' },
      values: CERTIFICATE_STATUSES,
    },
    {
      key: 'ca',
      label: 'CA certificate id',
      valuesLabel: 'CA certificates',
      params: { '=': 'ca' },
      seenIn: ({ look }) => look?.caCertificateId,
    },
    { key: 'id', label: 'Certificate id', valuesLabel: 'Certificate ids', params: { '=': 'id' } },
  ],
  freeText: { operator: '=', mean: (value) => ({ propertyKey: 'id', operator: '=', value }) },
  others: ['why', 'month'],
})

const CERTIFICATE_TABS = ['overview', 'decoded', 'changes'] as const

export interface CertificateSearch {
  readonly tab?: (typeof CERTIFICATE_TABS)[number]
}

export const validateCertificateSearch = (raw: RawSearch): CertificateSearch =>
  defined({ tab: choiceParam(raw.tab, CERTIFICATE_TABS) })

export interface CreateCertificateSearch {
  /** The thing that it is for. */
  readonly thing?: string
}

export const validateCreateCertificateSearch = (raw: RawSearch): CreateCertificateSearch =>
  defined({ thing: textParam(raw.thing) })
