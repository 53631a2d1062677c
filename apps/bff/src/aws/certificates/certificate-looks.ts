import {
  type CertificateDescription,
  DescribeCertificateCommand,
  type IoTClient,
  ListPrincipalThingsV2Command,
  paginateListAttachedPolicies,
} from '@aws-sdk/client-iot'
import type { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import type { CertificateDetail, CertificateLook, CertificateThing } from '@thingdeck/contract'
import type { Clock } from '../../clock.ts'
import { connectedThings, hasConnections } from '../connected-things.ts'
import { isNamed } from '../error-name.ts'
import { KeptAnswers } from '../kept-answers.ts'
import { KeptReads } from '../kept-reads.ts'
import type { Pace } from '../pace.ts'
import { collected, pagesOf } from '../pages.ts'
import { type CertificateFacts, readCertificateFacts } from './certificate-facts.ts'
import { whysOf } from './certificate-whys.ts'

/** Of a row, so many things are named. */
const THINGS_OF_A_ROW = 5
/** Of so many things it is asked whether they are connected, which may cost a question each. */
const MOST_CONNECTIONS = 20
/** What may change serves for so long. */
const KEPT_MS = 60_000
const MOST_KEPT = 4_000
/** That the fleet is indexed changes seldom. */
const INDEX_KEPT_MS = 30_000
/** A failure is not repeated at once. */
const FAILED_KEPT_MS = 20_000
/** Who wanted to know has left. */
const LEFT_MS = 15_000

/** What never changes of a certificate. */
type Lasting = Pick<CertificateLook, 'notBefore' | 'notAfter' | 'caCertificateId'> & {
  readonly facts: CertificateFacts | undefined
  readonly createdAt: Date | undefined
}

/** What came of looking at one. `gone`: it was deleted since it was listed. */
export type Looked = { readonly look: CertificateLook } | { readonly unread: string } | 'gone'

type Clients = { readonly iot: IoTClient; readonly data: IoTDataPlaneClient }

/**
 * What AWS tells of one certificate at a time, for whoever looks at many: at a pace that leaves AWS's rates to others,
 * and kept for a while.
 */
export class CertificateLooks {
  readonly #clients: Clients
  readonly #clock: Clock
  readonly #pace: Pace
  readonly #lasting = new Map<string, Lasting>()
  readonly #kept: KeptAnswers<Looked>
  readonly #isIndexed: KeptReads<boolean>
  /** When somebody last wanted to know; the newest wish is seen to first. */
  readonly #wanted = new Map<string, { readonly arn: string; readonly atMs: number }>()
  #isLooking = false

  constructor(clients: Clients, clock: Clock, pace: Pace) {
    this.#clients = clients
    this.#clock = clock
    this.#pace = pace
    this.#kept = new KeptAnswers(clock, MOST_KEPT)
    this.#isIndexed = new KeptReads(clock, INDEX_KEPT_MS)
  }

  /** What is known by now; undefined: it is being looked at, and known before long. */
  ask(certificateId: string, certificateArn: string): Looked | undefined {
    const kept = this.#kept.get(certificateId)
    if (kept !== undefined) return kept
    this.#wanted.set(certificateId, { arn: certificateArn, atMs: this.#clock.nowMs() })
    if (!this.#isLooking) void this.#lookOn()
    return undefined
  }

  /** It was changed: what was known of it is not true any more. */
  forget(certificateId: string): void {
    this.#kept.drop(certificateId)
  }

  /** Looks at one now, in its turn. Errors are AWS's own, but that there is none such is an answer. */
  async look(certificateId: string, certificateArn: string): Promise<Exclude<Looked, { unread: string }>> {
    await this.#pace.turn()
    try {
      const lasting = this.#lasting.get(certificateId) ?? this.#keepLasting(await this.#describe(certificateId))
      const look = await this.#lookAt(certificateArn, lasting, THINGS_OF_A_ROW)
      this.#kept.put(certificateId, { look }, KEPT_MS)
      return { look }
    } catch (error) {
      if (!isNamed(error, 'ResourceNotFoundException')) throw error
      this.#kept.put(certificateId, 'gone', KEPT_MS)
      return 'gone'
    }
  }

  /** One whole with all of its things, out of turn: somebody is looking at it. Errors are AWS's own. */
  async inspect(certificateId: string): Promise<CertificateDetail> {
    const found = await this.#describe(certificateId)
    const { certificateArn = '', status = 'UNKNOWN', certificatePem = '', certificateMode: mode } = found
    const look = await this.#lookAt(certificateArn, this.#keepLasting(found), Number.POSITIVE_INFINITY)
    this.forget(certificateId)
    return {
      certificateId,
      certificateArn,
      status,
      certificatePem,
      ...(found.creationDate && { createdAt: found.creationDate.toISOString() }),
      look,
      ...(mode && { mode }),
      ...(found.lastModifiedDate && { changedAt: found.lastModifiedDate.toISOString() }),
      ...(found.ownedBy && { ownedBy: found.ownedBy }),
      ...(found.previousOwnedBy && { previousOwnedBy: found.previousOwnedBy }),
    }
  }

  async #lookOn(): Promise<void> {
    this.#isLooking = true
    for (;;) {
      const [certificateId, wish] = [...this.#wanted].at(-1) ?? []
      if (certificateId === undefined || wish === undefined) break
      this.#wanted.delete(certificateId)
      if (this.#clock.nowMs() - wish.atMs > LEFT_MS) continue
      try {
        await this.look(certificateId, wish.arn)
      } catch (error) {
        const unread = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
        this.#kept.put(certificateId, { unread }, FAILED_KEPT_MS)
      }
    }
    this.#isLooking = false
  }

  async #describe(certificateId: string): Promise<CertificateDescription> {
    const { certificateDescription } = await this.#clients.iot.send(new DescribeCertificateCommand({ certificateId }))
    return certificateDescription ?? {}
  }

  #keepLasting(found: CertificateDescription): Lasting {
    const { certificateId = '', certificatePem, validity, caCertificateId, creationDate } = found
    const lasting: Lasting = {
      ...(validity?.notBefore && { notBefore: validity.notBefore.toISOString() }),
      ...(validity?.notAfter && { notAfter: validity.notAfter.toISOString() }),
      ...(caCertificateId && { caCertificateId }),
      facts: certificatePem === undefined ? undefined : readCertificateFacts(certificatePem),
      createdAt: creationDate,
    }
    if (this.#lasting.size >= MOST_KEPT) this.#lasting.clear()
    this.#lasting.set(certificateId, lasting)
    return lasting
  }

  async #lookAt(principal: string, { facts, createdAt, ...validity }: Lasting, most: number): Promise<CertificateLook> {
    const { iot } = this.#clients
    const [attached, policyNames] = await Promise.all([
      collected(
        pagesOf((nextToken) => iot.send(new ListPrincipalThingsV2Command({ principal, nextToken }))),
        ({ principalThingObjects }) => principalThingObjects,
      ),
      collected(paginateListAttachedPolicies({ client: iot }, { target: principal }), ({ policies = [] }) =>
        policies.flatMap(({ policyName }) => policyName ?? []),
      ),
    ])
    const shown = attached.slice(0, most)
    const names = shown.slice(0, MOST_CONNECTIONS).flatMap(({ thingName }) => thingName ?? [])
    const isIndexed = () => this.#isIndexed.read('', () => hasConnections(iot))
    const { things: connections, toldBy } = await connectedThings(
      this.#clients,
      this.#pace,
      names,
      undefined,
      isIndexed,
    )
    const things = shown.map(
      ({ thingName = '', thingPrincipalType: type }, index): CertificateThing => ({
        ...connections[index],
        thingName,
        ...(type && { type }),
      }),
    )
    const known = { ...validity, things, thingCount: attached.length, toldBy }
    return {
      ...known,
      ...(facts && { subject: facts.subject, issuer: facts.issuer, key: facts.key }),
      ...(facts?.signature !== undefined && { signature: facts.signature }),
      policyNames: policyNames.sort(),
      whys: whysOf({ ...known, createdAt }, facts, this.#clock.nowMs()),
    }
  }
}
