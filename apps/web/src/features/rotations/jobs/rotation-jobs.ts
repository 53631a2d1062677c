import { MOST_JOB_TARGETS, type NewJob, type RotationCertificates } from '@thingdeck/contract'
import { toBase64 } from '../../../shared/bytes-text.ts'

/**
 * How devices rotate by jobs, with keys that they make themselves. A first job asks each for a signing request, which it
 * answers in the details of its execution; a second one brings the certificates. No job has a private key: a document is
 * kept by AWS, and read by whoever may read jobs.
 *
 *     {"operation": "make-signing-request", "rotation": "ID"}
 *     → SUCCEEDED with {"csr": "base64 of the PKCS #10 request, DER, without line ends"}
 *     {"operation": "install-certificate", "rotation": "ID", "certificates": {"pump-7": "PEM"}}
 *     → SUCCEEDED once it is stored; the device connects with it from then on
 */
const REQUEST_OPERATION = 'make-signing-request'
const INSTALL_OPERATION = 'install-certificate'

/** Where a device puts its request: a detail has 1,024 characters at most, and one of a P-256 key takes some 400. */
const REQUEST_DETAIL = 'csr'

/** A certificate takes some 1,300 of the 32,768 characters that a document may have. */
const MOST_CERTIFICATES = 20

export type IssuedCertificate = RotationCertificates['certificates'][number]

/** A job that is to be made, with an id that is the same when it is made once more. */
type RotationJob = Pick<NewJob, 'jobId' | 'targets' | 'targetSelection' | 'document' | 'description'>

/** Asks things for signing requests: one job for as many as a job may have. */
export const requestJobs = (rotationId: string, thingNames: readonly string[]): Promise<RotationJob[]> =>
  Promise.all(
    batches(thingNames, MOST_JOB_TARGETS).map((names) =>
      jobOf(rotationId, 'requests', names, {
        description: 'Rotation of certificates: each device makes a key and a signing request',
        document: { operation: REQUEST_OPERATION, rotation: rotationId },
        sameAs: names,
      }),
    ),
  )

/** Brings certificates to their things. */
export const installJobs = (
  rotationId: string,
  issued: readonly IssuedCertificate[],
): Promise<(RotationJob & { readonly certificateIds: readonly string[] })[]> =>
  Promise.all(
    batches(issued, MOST_CERTIFICATES).map(async (batch) => {
      const certificateIds = batch.map(({ certificateId }) => certificateId)
      const certificates = Object.fromEntries(batch.map(({ thingName, certificatePem }) => [thingName, certificatePem]))
      const names = batch.map(({ thingName }) => thingName)
      const job = await jobOf(rotationId, 'certificates', names, {
        description: 'Rotation of certificates: each device takes its new one',
        document: { operation: INSTALL_OPERATION, rotation: rotationId, certificates },
        sameAs: certificateIds,
      })
      return { ...job, certificateIds }
    }),
  )

/** What the ids of the jobs of a rotation begin with. */
export const requestJobPrefix = (rotationId: string): string => `${prefixOf(rotationId)}-requests-`

/** The signing request that a device answered, as PEM; undefined where it answered none, or something else. */
export function requestIn(statusDetails: Readonly<Record<string, string>>): string | undefined {
  const text = statusDetails[REQUEST_DETAIL]
  if (text === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined
  const lines = text.match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE REQUEST-----\n${lines.join('\n')}\n-----END CERTIFICATE REQUEST-----\n`
}

interface Content {
  readonly description: string
  readonly document: object
  /** What makes it the same job. */
  readonly sameAs: readonly string[]
}

async function jobOf(
  rotationId: string,
  what: 'requests' | 'certificates',
  thingNames: readonly string[],
  { description, document, sameAs }: Content,
): Promise<RotationJob> {
  const bytes = new TextEncoder().encode(sameAs.toSorted().join('\n'))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).slice(0, 9)
  const word = toBase64(digest).replaceAll('+', '-').replaceAll('/', '_')
  return {
    jobId: `${prefixOf(rotationId)}-${what}-${word}`,
    targets: { thingNames: [...thingNames], thingGroupNames: [] },
    targetSelection: 'SNAPSHOT',
    document: JSON.stringify(document),
    description,
  }
}

/** A job id has 64 characters at most: a rotation's whole id would leave too few. */
const prefixOf = (rotationId: string): string => `rotation-${rotationId.replaceAll('-', '').slice(0, 16)}`

function batches<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size))
}
