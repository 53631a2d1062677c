import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  DetachPolicyCommand,
  DetachThingPrincipalCommand,
  paginateListAttachedPolicies,
  paginateListPrincipalThings,
  paginateListThingPrincipalsV2,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot'
import { certificateIdOf } from '../../aws/certificates/certificate-id.ts'
import { deactivateCertificate } from '../../aws/certificates/deactivate-certificate.ts'
import {
  findIssued,
  type IssuedCertificate,
  type IssuingParts,
  issueCertificate,
} from '../../aws/certificates/issued-certificate.ts'
import { isNamed } from '../../aws/error-name.ts'
import { collected } from '../../aws/pages.ts'
import { unlessGone } from '../../aws/unless-gone.ts'

export interface OldCertificates {
  /** Those that are active. */
  readonly certificateIds: readonly string[]
  readonly policyNames: readonly string[]
  readonly isExclusive: boolean
}

interface RotationAwsParts extends IssuingParts {
  readonly arnOf: (certificateId: string) => string
}

/**
 * What a rotation asks AWS IoT for, each request in its turn. All but {@link RotationAws.issue} may be asked again: what
 * is so already is no error. Errors are AWS's own.
 */
export class RotationAws {
  readonly #parts: RotationAwsParts

  constructor(parts: RotationAwsParts) {
    this.#parts = parts
  }

  /** @param newCertificateId is left out: it is none of the old ones */
  async oldCertificates(thingName: string, newCertificateId: string | undefined): Promise<OldCertificates> {
    const { iot } = this.#parts
    await this.#parts.turn()
    const principals = await collected(
      paginateListThingPrincipalsV2({ client: iot }, { thingName }),
      (page) => page.thingPrincipalObjects,
    )
    const certificateIds: string[] = []
    const policyNames = new Set<string>()
    let isExclusive = false
    for (const { principal = '', thingPrincipalType } of principals) {
      const certificateId = certificateIdOf(principal)
      if (certificateId === undefined || certificateId === newCertificateId) continue
      if ((await this.#describe(certificateId))?.status !== 'ACTIVE') continue
      certificateIds.push(certificateId)
      isExclusive ||= thingPrincipalType === 'EXCLUSIVE_THING'
      for (const policyName of await this.#policiesOf(certificateId)) policyNames.add(policyName)
    }
    return { certificateIds, policyNames: [...policyNames].sort(), isExclusive }
  }

  /** A new certificate of the key in a request. It is not active yet. */
  issue(certificateSigningRequest: string): Promise<IssuedCertificate> {
    return issueCertificate(this.#parts, certificateSigningRequest, false)
  }

  /**
   * The certificate of a key that was made since then, though nobody noted it.
   * @param known ids of certificates that are certainly others
   */
  findIssued(publicKey: Buffer, sinceMs: number, known: ReadonlySet<string>): Promise<IssuedCertificate | undefined> {
    return findIssued(this.#parts, publicKey, sinceMs, 'INACTIVE', known)
  }

  async attach(certificateId: string, thingName: string, old: Omit<OldCertificates, 'certificateIds'>): Promise<void> {
    const { iot, arnOf } = this.#parts
    for (const policyName of old.policyNames) {
      await this.#parts.turn()
      await iot.send(new AttachPolicyCommand({ policyName, target: arnOf(certificateId) }))
    }
    await this.#parts.turn()
    await iot.send(
      new AttachThingPrincipalCommand({
        thingName,
        principal: arnOf(certificateId),
        ...(old.isExclusive && { thingPrincipalType: 'EXCLUSIVE_THING' }),
      }),
    )
  }

  async activate(certificateId: string): Promise<void> {
    await this.#parts.turn()
    await this.#parts.iot.send(new UpdateCertificateCommand({ certificateId, newStatus: 'ACTIVE' }))
  }

  /** Whether it is inactive now: one that somebody revoked meanwhile stays so. */
  async deactivate(certificateId: string): Promise<boolean> {
    await this.#parts.turn()
    return deactivateCertificate(this.#parts.iot, certificateId)
  }

  /** Things that a certificate is attached to; none where it is gone. */
  async thingsOf(certificateId: string): Promise<string[]> {
    await this.#parts.turn()
    const { iot, arnOf } = this.#parts
    const pages = paginateListPrincipalThings({ client: iot }, { principal: arnOf(certificateId) })
    return (await unlessGone(collected(pages, (page) => page.things))) ?? []
  }

  /** Deactivates it, takes it off everything and deletes it, in the order that AWS demands. That it is gone is fine. */
  async remove(certificateId: string): Promise<void> {
    const { iot, arnOf } = this.#parts
    const principal = arnOf(certificateId)
    try {
      await this.deactivate(certificateId)
      for (const thingName of await this.thingsOf(certificateId)) {
        await this.#parts.turn()
        await iot.send(new DetachThingPrincipalCommand({ thingName, principal }))
      }
      for (const policyName of await this.#policiesOf(certificateId)) {
        await this.#parts.turn()
        await iot.send(new DetachPolicyCommand({ policyName, target: principal }))
      }
      await this.#parts.turn()
      await iot.send(new DeleteCertificateCommand({ certificateId }))
    } catch (error) {
      const isGone = isNamed(error, 'ResourceNotFoundException') && !(await this.#describe(certificateId))
      if (!isGone) throw error
    }
  }

  async #policiesOf(certificateId: string): Promise<string[]> {
    await this.#parts.turn()
    const pages = paginateListAttachedPolicies(
      { client: this.#parts.iot },
      { target: this.#parts.arnOf(certificateId) },
    )
    return collected(pages, ({ policies = [] }) => policies.flatMap(({ policyName }) => policyName ?? []))
  }

  /** Undefined: it is gone. */
  async #describe(certificateId: string) {
    await this.#parts.turn()
    const found = await unlessGone(this.#parts.iot.send(new DescribeCertificateCommand({ certificateId })))
    return found?.certificateDescription
  }
}
