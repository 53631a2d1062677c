import type { CertificateRow, CertificatesOverview, WatchedCertificate } from '@thingdeck/contract'
import { rowsWith, type Watched } from '../../aws/certificates/certificate-watch.ts'

/** What the overview says of the certificates that were looked at. */
export const certificatesOverview = ({ rows, ...seen }: Watched): CertificatesOverview => ({
  ...seen,
  expired: rowsWith(rows, 'expired').map(watched),
  expiring: rowsWith(rows, 'expiring').map(watched),
  onNothing: rowsWith(rows, 'onNothing').map(watched),
})

const watched = ({ certificateId, status, look }: CertificateRow): WatchedCertificate => ({
  certificateId,
  status,
  ...(look?.notAfter !== undefined && { notAfter: look.notAfter }),
  ...(look && { things: look.things.map(({ thingName }) => thingName) }),
})
