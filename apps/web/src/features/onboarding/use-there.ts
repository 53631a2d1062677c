import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import { endpoints, type Policy, type ThingDetail } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { thingQuery } from '../../shared/authorization/facts.ts'
import { certificateDetailQuery } from '../../shared/certificate/certificate-detail-query.ts'
import { isCertificateId } from '../../shared/certificate/certificate-id.ts'
import { isNotFound } from '../../shared/http.ts'
import { isSameDocument } from '../../shared/policy-editor/document-text.ts'
import { isThingName } from '../../shared/things/is-thing-name.ts'
import { useDebounced } from '../../shared/use-debounced.ts'
import type { Known, NewDevice } from './new-device.ts'

/** What there is of a name. */
export interface ThereIs<State extends string> {
  /** `unknown`: it is not asked yet, or could not be read. */
  readonly state: State | 'free' | 'unknown'
  readonly error: Error | undefined
}

export interface ThereIsThing extends ThereIs<'there'> {
  readonly thing: ThingDetail | undefined
}

/** Whether a policy of that name says the same, or something else. */
export type ThereIsPolicy = ThereIs<'same' | 'other'>

export interface ThereIsCertificate {
  /** Why it cannot be used. */
  readonly whyNot: string | undefined
  readonly status: string | undefined
}

interface There {
  readonly thing: ThereIsThing
  readonly policy: ThereIsPolicy
  readonly certificate: ThereIsCertificate
}

const policyNamedQuery = (policyName: string) =>
  queryOptions({
    queryKey: ['policies', 'named', policyName],
    queryFn: ({ signal }) => api(endpoints.describePolicy, { params: { policyName }, signal }),
    staleTime: 5_000, // ms
    retry: false, // that there is none is an answer
  })

/** What is there already of what is wanted: it is used, and not made again. */
export function useThere(wanted: NewDevice): There {
  const thingName = useDebounced(wanted.thingName, 300)
  const policyName = useDebounced(wanted.policyName, 300)
  const certificateId = wanted.certificateId.trim().toLowerCase()
  const thing = useQuery({ ...thingQuery(thingName), enabled: isThingName(thingName) })
  const policy = useQuery({
    ...policyNamedQuery(policyName),
    enabled: wanted.policy !== 'existing' && /^[\w+=,.@-]{1,128}$/.test(policyName),
  })
  const certificate = useQuery({
    ...certificateDetailQuery(certificateId),
    enabled: wanted.way === 'existing' && isCertificateId(certificateId),
    retry: false,
  })
  const isThingAsked = thingName === wanted.thingName
  const isPolicyAsked = policyName === wanted.policyName
  return {
    thing: {
      state: !isThingAsked ? 'unknown' : thing.data ? 'there' : isNotFound(thing.error) ? 'free' : 'unknown',
      error: thing.error && !isNotFound(thing.error) ? thing.error : undefined,
      thing: isThingAsked ? thing.data : undefined,
    },
    policy: {
      state: !isPolicyAsked ? 'unknown' : policyState(policy.data, policy.error, wanted.policyDocument),
      error: policy.error && !isNotFound(policy.error) ? policy.error : undefined,
    },
    certificate: {
      status: wanted.way === 'existing' ? certificate.data?.status : undefined,
      whyNot: wanted.way === 'existing' ? whyNotThis(certificate.data?.status, certificate.error) : undefined,
    },
  }
}

/** The same as of now, whatever was typed since it was asked last. Errors are AWS's own. */
export async function readThere(client: QueryClient, wanted: NewDevice): Promise<Known> {
  const { way, thingName, policy, policyName, policyDocument } = wanted
  const orNone = async <T>(read: Promise<T>): Promise<T | undefined> => {
    try {
      return await read
    } catch (error) {
      if (isNotFound(error)) return undefined
      throw error
    }
  }
  const certificateId = wanted.certificateId.trim().toLowerCase()
  const [thing, there, certificate] = await Promise.all([
    orNone(client.fetchQuery({ ...thingQuery(thingName), staleTime: 0 })),
    policy === 'existing' ? undefined : orNone(client.fetchQuery({ ...policyNamedQuery(policyName), staleTime: 0 })),
    way === 'existing' ? client.fetchQuery(certificateDetailQuery(certificateId)) : undefined,
  ])
  return {
    isThing: thing !== undefined,
    isPolicy: there !== undefined && isSameDocument(there.policyDocument, policyDocument),
    ...(certificate && { certificateStatus: certificate.status }),
  }
}

function policyState(there: Policy | undefined, error: Error | null, document: string): ThereIsPolicy['state'] {
  if (there) return isSameDocument(there.policyDocument, document) ? 'same' : 'other'
  return isNotFound(error) ? 'free' : 'unknown'
}

function whyNotThis(status: string | undefined, error: Error | null): string | undefined {
  if (isNotFound(error)) return 'There is no certificate of this id in this account and region.'
  if (error) return `The certificate could not be read: ${error.message}`
  if (status === undefined || status === 'ACTIVE' || status === 'INACTIVE') return undefined
  return `The certificate is ${status}: no device can connect with it.`
}
