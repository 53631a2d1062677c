import { queryOptions } from '@tanstack/react-query'
import { type CertificateAuthority, endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'
import { eachPage } from '../each-page.ts'
import { AUTHORITIES } from './certificates-key.ts'
import { isSignedBy } from './read-certificate.ts'

/** So many registered CA certificates are looked at; accounts have few. */
const MOST_LOOKED_AT = 50

export interface RegisteredSigner {
  /** That signed it; undefined: none of those that were looked at. */
  readonly authority?: CertificateAuthority
  readonly looked: number
  /** Whether these are all that are registered. */
  readonly isAll: boolean
}

/**
 * Which registered CA signed a certificate, by its signature and not by the name alone: several CAs may have one name.
 * Errors are the console server's and AWS's.
 */
export const registeredSignerQuery = (pem: string) =>
  queryOptions({
    queryKey: [...AUTHORITIES, 'signer', pem],
    queryFn: async ({ signal }): Promise<RegisteredSigner> => {
      let looked = 0
      const pages = eachPage((nextToken) =>
        api(endpoints.listCertificateAuthorities, { query: { maxResults: MOST_LOOKED_AT, nextToken }, signal }),
      )
      for await (const { authorities } of pages) {
        for (const { certificateId } of authorities) {
          if (looked === MOST_LOOKED_AT) return { looked, isAll: false }
          const authority = await api(endpoints.describeCertificateAuthority, { params: { certificateId }, signal })
          looked += 1
          if (await isSignedBy(pem, authority.certificatePem)) return { authority, looked, isAll: false }
        }
      }
      return { looked, isAll: true }
    },
    staleTime: 10_000, // ms
    retry: false,
  })
