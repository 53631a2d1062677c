import { queryOptions } from '@tanstack/react-query'
import { readCertificate } from './read-certificate.ts'

/** A certificate as it says itself, read in the browser. */
export const decodedCertificateQuery = (pem: string) =>
  queryOptions({
    queryKey: ['decoded certificate', pem],
    queryFn: () => readCertificate(pem),
    staleTime: Number.POSITIVE_INFINITY, // a certificate never changes
    retry: false,
  })
