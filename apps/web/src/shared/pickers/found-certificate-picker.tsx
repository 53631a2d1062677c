import Autosuggest from '@cloudscape-design/components/autosuggest'
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { type CertificateRow, endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'
import { shortCertificateId } from '../certificate/certificate-id.ts'
import { CERTIFICATES } from '../certificate/certificates-key.ts'
import { lookOn } from '../certificate/look-on.ts'

/** As many as AWS gives at once (AWS IoT API reference, ListCertificates). */
const PAGE_SIZE = 250

const candidatesQuery = infiniteQueryOptions({
  queryKey: [...CERTIFICATES, 'candidates'],
  queryFn: ({ signal, pageParam: nextToken }) =>
    api(endpoints.listCertificates, { query: { maxResults: PAGE_SIZE, nextToken }, signal }),
  initialPageParam: '',
  getNextPageParam: ({ nextToken }) => nextToken,
  staleTime: 30_000, // ms
  refetchInterval: ({ state }) => lookOn(state.data?.pages),
})

interface FoundCertificatePickerProps {
  /** Accessible name, where no field around it has one. */
  readonly label?: string
  /** A certificate id, or what was written so far. */
  readonly value: string
  /** Ids that are not offered. */
  readonly without?: ReadonlySet<string | undefined>
  readonly onChange: (text: string) => void
  readonly onBlur?: () => void
}

/** The id of a certificate, written whole or found by a part of it, its subject or its things. */
export function FoundCertificatePicker({ label, value, without, onChange, onBlur }: FoundCertificatePickerProps) {
  const { data, error, isFetching, hasNextPage, fetchNextPage } = useInfiniteQuery(candidatesQuery)
  const rows = (data?.pages ?? [])
    .flatMap(({ certificates }) => certificates)
    .filter(({ certificateId }) => without?.has(certificateId) !== true)
  return (
    <Autosuggest
      {...(label !== undefined && { ariaLabel: label })}
      value={value}
      enteredTextLabel={(text) => `Use ${text}`}
      options={rows.map(optionOf)}
      filteringType="auto"
      placeholder="Id, or a part of its id, subject or things"
      empty="No certificate is like this among those that were read."
      statusType={error ? 'error' : isFetching ? 'loading' : hasNextPage ? 'pending' : 'finished'}
      loadingText="Reading certificates"
      errorText={error?.message ?? ''}
      recoveryText="Try again"
      onLoadItems={() => {
        if (hasNextPage && !isFetching) void fetchNextPage()
      }}
      onChange={({ detail }) => onChange(detail.value.trim())}
      {...(onBlur && { onBlur })}
    />
  )
}

const optionOf = ({ certificateId, status, look }: CertificateRow) => ({
  value: certificateId,
  label: shortCertificateId(certificateId),
  description: [look?.subject, status.toLowerCase()].filter((part) => part !== undefined).join(' · '),
  tags: (look?.things ?? []).map(({ thingName }) => thingName),
  filteringTags: (look?.things ?? []).map(({ thingName }) => thingName),
})
