import { useMutation, useQuery } from '@tanstack/react-query'
import { type Authorizer, type AuthorizerTestResult, type DomainConfiguration, endpoints } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import {
  authorizerQuery,
  defaultAuthorizerQuery,
  domainConfigurationsQuery,
} from '../../../shared/authorizers/authorizer-queries.ts'
import { deviceEndpointQuery } from '../../../shared/device-package/device-queries.ts'
import { isNotFound } from '../../../shared/http.ts'
import type { TrialSearch } from '../search.ts'
import type { SignatureVerdict } from './check-signature.ts'
import { signatureQuery } from './check-signature.ts'
import { type Choice, chooseAuthorizer, noSuchAuthorizer } from './choose-authorizer.ts'
import type { ClientCertificate } from './client-certificate.ts'
import { functionEvent, SOME_CERTIFICATE, testRequest } from './function-event.ts'
import { type Presented, presentedBy, type Sent } from './sent.ts'

/** What comes of credentials, as far as it is known. */
export interface Trial {
  readonly domains: readonly DomainConfiguration[] | undefined
  readonly domain: DomainConfiguration | undefined
  /** Where the client connects. */
  readonly host: string | undefined
  readonly presented: Presented
  /** Undefined while it is read. */
  readonly choice: Choice | undefined
  readonly authorizer: Authorizer | undefined
  /** Why something could not be read. */
  readonly error: Error | null
  readonly refetch: () => void
  readonly signature: SignatureVerdict | undefined
  /** The domain wants a certificate of the client besides. */
  readonly isCertificateToo: boolean
  readonly event: object
  /** Of exactly these credentials; undefined: they were not tested. */
  readonly answer: AuthorizerTestResult | undefined
  readonly test: { readonly isBusy: boolean; readonly error: Error | null; readonly run: () => void }
}

/**
 * Follows credentials through custom authentication.
 * @param certificate that the client comes with, where it needs one besides
 */
export function useTrial(
  { domain: domainName, host: asked }: TrialSearch,
  sent: Sent,
  certificate: ClientCertificate | undefined,
): Trial {
  const configurations = useQuery(domainConfigurationsQuery)
  const accountDefault = useQuery(defaultAuthorizerQuery)
  const endpoint = useQuery(deviceEndpointQuery)
  const domains = configurations.data?.domainConfigurations
  const domain = domains?.find((each) =>
    domainName === undefined
      ? asked !== undefined && each.domainType !== 'ENDPOINT' && each.domainName === asked
      : each.domainConfigurationName === domainName,
  )
  const named = presentedBy(sent, undefined).authorizerName?.value
  const decided =
    domains &&
    accountDefault.data &&
    chooseAuthorizer({ transport: sent.transport, domain, named, accountDefault: accountDefault.data.authorizerName })
  const chosen = decided?.kind === 'chosen' ? decided.authorizerName : undefined
  const authorizer = useQuery({ ...authorizerQuery(chosen ?? ''), enabled: chosen !== undefined })
  const isGone = isNotFound(authorizer.error)
  const choice = chosen !== undefined && isGone ? noSuchAuthorizer(chosen) : decided
  const known = chosen === undefined ? undefined : authorizer.data
  const presented = presentedBy(sent, known?.tokenKeyName)
  const signature = useQuery({ ...signatureQuery(known, presented), enabled: known !== undefined })
  const isCertificateToo = domain?.authenticationType === 'CUSTOM_AUTH_X509'
  const host = domain?.domainName ?? endpoint.data?.host
  const facts = { sent, presented, serverName: host }
  const request = testRequest(facts)
  const key = JSON.stringify([chosen, request])
  const test = useMutation({
    mutationFn: async (asked: string) => {
      const answer = await api(endpoints.testInvokeAuthorizer, {
        params: { authorizerName: chosen ?? '' },
        body: request,
      })
      return { asked, answer }
    },
    gcTime: 0, // what was sent are credentials
  })
  return {
    domains,
    domain,
    host,
    presented,
    choice,
    authorizer: known,
    error: configurations.error ?? accountDefault.error ?? (chosen === undefined || isGone ? null : authorizer.error),
    refetch: () => {
      void configurations.refetch()
      void accountDefault.refetch()
      void authorizer.refetch()
    },
    signature: signature.data,
    isCertificateToo,
    event: functionEvent({
      ...facts,
      isVerified: signature.data?.kind === 'verified',
      ...(isCertificateToo && { certificate: certificate ?? SOME_CERTIFICATE }),
    }),
    answer: test.data?.asked === key ? test.data.answer : undefined,
    test: { isBusy: test.isPending, error: test.variables === key ? test.error : null, run: () => test.mutate(key) },
  }
}
