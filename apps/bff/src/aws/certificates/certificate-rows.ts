import {
  type Certificate,
  type IoTClient,
  ListCertificatesByCACommand,
  ListCertificatesCommand,
} from '@aws-sdk/client-iot'
import type { CertificatePage, CertificateRow } from '@thingdeck/contract'
import type { CertificateLooks } from './certificate-looks.ts'

/** Pages of AWS may hold nothing that is meant: for so long one request goes on by itself. */
const SEARCH_MS = 2_000
/** AWS's own where nothing is asked for (AWS IoT API reference, ListCertificates). */
const PAGE_SIZE = 25

export interface CertificatesFilter {
  readonly nextToken?: string
  readonly maxResults?: number
  readonly status?: string
  readonly caCertificateId?: string
}

/** What AWS lists of a certificate. */
export const rowOf = ({
  certificateId = '',
  certificateArn = '',
  status,
  creationDate,
}: Certificate): CertificateRow => ({
  certificateId,
  certificateArn,
  status: status ?? 'UNKNOWN',
  ...(creationDate && { createdAt: creationDate.toISOString() }),
})

/**
 * A page of certificates, the newest first, with what is known of each by now; AWS lists by nothing but a CA, so other
 * statuses are left out here, and a page may be short. Errors are AWS's own.
 */
export async function listCertificates(
  iot: IoTClient,
  looks: CertificateLooks,
  { nextToken, maxResults, status, caCertificateId }: CertificatesFilter,
): Promise<CertificatePage> {
  const untilMs = performance.now() + SEARCH_MS
  const found: CertificateRow[] = []
  let marker = nextToken
  do {
    const page = { marker, pageSize: maxResults ?? PAGE_SIZE, ascendingOrder: false }
    const { certificates = [], nextMarker } =
      caCertificateId === undefined
        ? await iot.send(new ListCertificatesCommand(page))
        : await iot.send(new ListCertificatesByCACommand({ ...page, caCertificateId }))
    found.push(...certificates.map(rowOf).filter((row) => status === undefined || row.status === status))
    marker = nextMarker
  } while (marker && found.length === 0 && performance.now() < untilMs)
  // The newest wish is seen to first: the first rows are asked for last.
  const looked = found.toReversed().map((row) => ({ row, looked: looks.ask(row.certificateId, row.certificateArn) }))
  return {
    certificates: looked
      .reverse()
      .flatMap(({ row, looked }) => (looked === 'gone' ? [] : [looked === undefined ? row : { ...row, ...looked }])),
    ...(marker && { nextToken: marker }),
  }
}
