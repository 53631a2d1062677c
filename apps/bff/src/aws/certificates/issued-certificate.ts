import {
  CreateCertificateFromCsrCommand,
  DescribeCertificateCommand,
  type IoTClient,
  ListCertificatesCommand,
} from '@aws-sdk/client-iot'
import { pagesOf } from '../pages.ts'
import { unlessGone } from '../unless-gone.ts'
import { isOfKey } from './certificate-request.ts'

/** How much our clock and AWS's may differ. */
const SKEW_MS = 120_000

export interface IssuedCertificate {
  readonly certificateId: string
  readonly certificatePem: string
}

export interface IssuingParts {
  readonly iot: IoTClient
  /** Repeats nothing by itself: a certificate is made anew each time that it is asked for. */
  readonly iotOnce: IoTClient
  /** Waits for one's turn before each request. */
  readonly turn: () => Promise<void>
}

/** A new certificate of the key in a request. Errors are AWS's own. */
export async function issueCertificate(
  { iotOnce, turn }: IssuingParts,
  certificateSigningRequest: string,
  setAsActive: boolean,
): Promise<IssuedCertificate> {
  await turn()
  const { certificateId = '', certificatePem = '' } = await iotOnce.send(
    new CreateCertificateFromCsrCommand({ certificateSigningRequest, setAsActive }),
  )
  return { certificateId, certificatePem }
}

/**
 * The certificate of a key that was made since then, though nobody noted it. Errors are AWS's own.
 * @param status that it was made with
 * @param known ids of certificates that are certainly others
 */
export async function findIssued(
  { iot, turn }: IssuingParts,
  publicKey: Buffer,
  sinceMs: number,
  status: 'ACTIVE' | 'INACTIVE',
  known: ReadonlySet<string> = new Set(),
): Promise<IssuedCertificate | undefined> {
  const pages = pagesOf(async (marker) => {
    await turn()
    const page = await iot.send(new ListCertificatesCommand({ pageSize: 100, marker, ascendingOrder: false }))
    return { ...page, nextToken: page.nextMarker }
  })
  for await (const { certificates = [] } of pages) {
    for (const { certificateId = '', creationDate, status: found } of certificates) {
      if (creationDate && creationDate.getTime() < sinceMs - SKEW_MS) return undefined
      if (found !== status || known.has(certificateId)) continue
      await turn()
      const described = await unlessGone(iot.send(new DescribeCertificateCommand({ certificateId })))
      const certificatePem = described?.certificateDescription?.certificatePem
      if (certificatePem !== undefined && isOfKey(certificatePem, publicKey)) return { certificateId, certificatePem }
    }
  }
  return undefined
}
