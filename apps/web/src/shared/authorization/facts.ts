import { queryOptions } from '@tanstack/react-query'
import { type AuthorizationFacts, endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'

/** Prefix of the keys of what decides about principals. */
export const AUTHORIZATION = ['authorization'] as const

/**
 * All that decides about a principal.
 * @param principalId a certificate's id, or a Cognito identity's
 * @param clientId undefined: as over HTTPS
 */
export const factsQuery = (principalId: string, clientId: string | undefined) =>
  queryOptions({
    queryKey: [...AUTHORIZATION, 'facts', principalId, clientId ?? null],
    queryFn: ({ signal }) => api(endpoints.getAuthorizationFacts, { query: { principalId, clientId }, signal }),
    staleTime: 10_000, // ms
    retry: false, // that there is none is an answer
  })

export type PrincipalFacts = AuthorizationFacts['principal']

/** As {@link factsQuery} takes it. */
export const principalIdOf = (principal: PrincipalFacts): string =>
  principal.kind === 'certificate' ? principal.certificateId : principal.identityId

/** Why a principal may do nothing at all, whatever its policies say; undefined: it is good. */
export function whyPrincipalRefused(principal: PrincipalFacts, nowMs: number): string | undefined {
  if (principal.kind !== 'certificate') return undefined
  const { status, notBefore, notAfter } = principal
  if (status !== 'ACTIVE') return `The certificate is ${status}: AWS IoT refuses it before any policy is looked at.`
  if (notBefore !== undefined && Date.parse(notBefore) > nowMs)
    return `The certificate is not valid before ${notBefore}: the TLS handshake fails.`
  if (notAfter !== undefined && Date.parse(notAfter) <= nowMs)
    return `The certificate expired at ${notAfter}: the TLS handshake fails.`
  return undefined
}

/** A thing with its principals. */
export const thingQuery = (thingName: string) =>
  queryOptions({
    queryKey: [...AUTHORIZATION, 'thing', thingName],
    queryFn: ({ signal }) => api(endpoints.describeThing, { params: { thingName }, signal }),
    staleTime: 10_000, // ms
    retry: false, // that there is none is an answer
  })

/** A certificate's ARN as its id; the id of an identity stays. */
export const idOfPrincipal = (principal: string): string =>
  principal.includes(':cert/') ? principal.slice(principal.lastIndexOf('/') + 1) : principal
