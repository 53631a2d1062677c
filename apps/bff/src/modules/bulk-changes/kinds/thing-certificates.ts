import { type IoTClient, paginateListPrincipalThings, paginateListThingPrincipals } from '@aws-sdk/client-iot'
import type { AuditChange } from '@thingdeck/contract'
import type { Arns } from '../../../aws/arns.ts'
import { certificateResource } from '../../../aws/certificates/certificate-change.ts'
import { certificateIdOf } from '../../../aws/certificates/certificate-id.ts'
import { collected } from '../../../aws/pages.ts'
import { unlessGone } from '../../../aws/unless-gone.ts'
import type { KindContext, Prepared, Written } from './kind.ts'

export interface CertificateParts {
  readonly iot: IoTClient
  readonly arns: Arns
  readonly certificates: { readonly watch: { forget(certificateId: string): void } }
}

/** What a change would make of one certificate. */
export interface CertificateChangePlan {
  readonly certificateIds: readonly string[]
}

/** Why a certificate stays as it is, though it is not so yet: `is REVOKED`. */
export interface Staying {
  readonly stays: string
}

/** The ids of a thing's certificates. Errors are AWS's own. */
async function certificatesOf(iot: IoTClient, thingName: string): Promise<string[]> {
  const principals = await collected(
    paginateListThingPrincipals({ client: iot }, { thingName }),
    (page) => page.principals,
  )
  return principals.flatMap((principal) => certificateIdOf(principal) ?? [])
}

/** The things that a certificate is attached to; none where it is gone. Errors are AWS's own. */
async function thingsOf({ iot, arns }: CertificateParts, certificateId: string): Promise<string[]> {
  const pages = paginateListPrincipalThings({ client: iot }, { principal: arns.certificate(certificateId) })
  return (await unlessGone(collected(pages, (page) => page.things))) ?? []
}

/**
 * What a change makes of a thing's certificates. One that several of the things share is changed once, with the first;
 * whoever else has it is told of.
 * @param changeOf what becomes other at a certificate; undefined: it is so already. Its own requests take their turns.
 */
export async function prepareCertificates(
  parts: CertificateParts,
  thingName: string,
  { turn, take, only, isChosen }: KindContext,
  changeOf: (certificateId: string) => Promise<AuditChange | Staying | undefined>,
): Promise<Prepared<CertificateChangePlan>> {
  await turn()
  const all = await certificatesOf(parts.iot, thingName)
  const meant = only ? all.filter((id) => only.includes(id)) : all
  if (meant.length === 0)
    return {
      outcome: 'left-out',
      message: only ? 'It has none of the certificates that were changed any more.' : 'It has no certificate.',
    }
  const changes: AuditChange[] = []
  const certificateIds: string[] = []
  const notes: string[] = []
  let others = 0
  let staying = 0
  for (const certificateId of meant) {
    const change = await changeOf(certificateId)
    if (!change) continue
    if ('stays' in change) {
      staying += 1
      notes.push(`Its certificate ${shortCertificateId(certificateId)} ${change.stays}, and stays so.`)
      continue
    }
    const takenBy = take(change.path, thingName)
    if (takenBy !== undefined) {
      notes.push(`Its certificate ${shortCertificateId(certificateId)} is counted with ${takenBy}.`)
      continue
    }
    await turn()
    const sharing = (await thingsOf(parts, certificateId)).filter((name) => name !== thingName)
    if (sharing.length > 0) notes.push(`${shortCertificateId(certificateId)} is also of ${namesInWords(sharing)}.`)
    // Those that are chosen themselves are told of in their own lines.
    others += sharing.filter((name) => !isChosen(name)).length
    changes.push(change)
    certificateIds.push(certificateId)
  }
  if (staying > 0 && staying === meant.length) return { outcome: 'left-out', message: notes.join(' ') }
  const message = notes.length > 0 ? { message: notes.join(' ') } : {}
  if (changes.length === 0) return { outcome: 'unchanged', ...message }
  const effects = { certificates: certificateIds.length, ...(others > 0 && { 'other-things': others }) }
  return { outcome: 'would-change', changes, effects, plan: { certificateIds }, ...message }
}

/** As messages name a certificate: `5f2c91ab…`. */
export const shortCertificateId = (certificateId: string): string => `${certificateId.slice(0, 8)}…`

const namesInWords = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`

/** The certificate that a change is of; undefined: of none. */
const certificateOfPath = (path: string): string | undefined =>
  /^\$\.certificates(?:\.|\[")([0-9a-f]{64})/.exec(path)?.[1]

/** Those that changes are of, each as often as it is in them. */
export const certificatesIn = (changes: readonly AuditChange[]): string[] =>
  changes.flatMap(({ path }) => certificateOfPath(path) ?? [])

/** For the trail, an entry for each certificate. */
export function writtenToCertificates(
  { arns }: CertificateParts,
  action: string,
  changes: readonly AuditChange[],
): Written[] {
  return changes.flatMap((change) => {
    const certificateId = certificateOfPath(change.path)
    if (certificateId === undefined) return []
    const path = change.path.replace(/^\$\.certificates(?:\.[0-9a-f]{64}|\["[0-9a-f]{64}"\])/, '$')
    return [{ action, resource: certificateResource({ arns }, certificateId), changes: [{ ...change, path }] }]
  })
}
