import { type ComponentProps, lazy, Suspense } from 'react'
import { Loading } from '../ui/loading.tsx'

/** What reads certificates is large, and needed on this tab alone. */
const DecodedCertificate = lazy(async () => ({
  default: (await import('./decoded-certificate.tsx')).DecodedCertificate,
}))

/** A tab that has a certificate as it says itself. */
export const CertificateTab = (props: ComponentProps<typeof DecodedCertificate>) => (
  <Suspense fallback={<Loading what="certificate" />}>
    <DecodedCertificate {...props} />
  </Suspense>
)
