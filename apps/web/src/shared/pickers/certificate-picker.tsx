import Autosuggest from '@cloudscape-design/components/autosuggest'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'
import { idOfPrincipal, thingQuery } from '../authorization/facts.ts'
import { isCertificateId } from '../certificate/certificate-id.ts'
import { CERTIFICATES } from '../certificate/certificates-key.ts'
import { isThingName } from '../things/is-thing-name.ts'
import { useDebounced } from '../use-debounced.ts'

/** A person stops for about as long between words. */
const TYPING_MS = 200
const MOST = 50

interface CertificatePickerProps {
  /** Whose certificates are offered; `''`: the newest of the account. */
  readonly thingName: string
  /** A certificate id. */
  readonly value: string
  readonly onChange: (certificateId: string) => void
  readonly onBlur?: () => void
}

/** The id of a certificate, written or chosen of those of a thing: nobody knows 64 digits by heart. */
export function CertificatePicker({ thingName, value, onChange, onBlur }: CertificatePickerProps) {
  const asked = useDebounced(thingName.trim(), TYPING_MS)
  const isOfThing = isThingName(asked)
  const thing = useQuery({ ...thingQuery(asked), enabled: isOfThing })
  const newest = useQuery({
    queryKey: [...CERTIFICATES, 'picked'],
    queryFn: ({ signal }) => api(endpoints.listCertificates, { query: { maxResults: MOST }, signal }),
    enabled: asked === '',
    staleTime: 10_000, // ms
  })
  const { error, isFetching } = isOfThing ? thing : newest
  const options = isOfThing
    ? (thing.data?.principals ?? [])
        .map(idOfPrincipal)
        .filter(isCertificateId)
        .map((id) => ({ value: id, description: `Of ${asked}` }))
    : (newest.data?.certificates ?? []).map(({ certificateId, status }) => ({
        value: certificateId,
        description: status,
      }))
  return (
    <Autosuggest
      value={value}
      placeholder="64 hexadecimal digits, or a part of them"
      enteredTextLabel={(text) => `Use ${text}`}
      options={options}
      statusType={error ? 'error' : isFetching ? 'loading' : 'finished'}
      loadingText="Reading certificates"
      errorText={error?.message ?? ''}
      empty={
        isOfThing ? 'This thing has no certificate.' : asked === '' ? 'There is none yet.' : 'No thing is named so.'
      }
      onChange={({ detail }) => onChange(detail.value)}
      {...(onBlur && { onBlur })}
    />
  )
}
