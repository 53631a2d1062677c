import {
  type Certificate,
  DescribeCertificateCommand,
  type IoTClient,
  paginateListCertificates,
  paginateListPrincipalThings,
} from '@aws-sdk/client-iot'
import { type CertificatesOverview, EXPIRES_WITHIN_DAYS, type WatchedCertificate } from '@thingdeck/contract'
import { isNamed } from '../../aws/error-name.ts'
import { Pace } from '../../aws/pace.ts'
import { collected } from '../../aws/pages.ts'
import { orUnread } from '../../aws/why-unread.ts'
import type { Clock } from '../../clock.ts'

const DAY_MS = 86_400_000
/** AWS takes 10 DescribeCertificate and 10 ListPrincipalThings a second of an account: half of them are left to others. */
const PER_SECOND = 5
/** So many are looked at; with a new one every fifth of a second that takes seven minutes the first time. */
const MOST_CERTIFICATES = 2_000
/** What was found serves for ten times as long as it took to find: where there are few, a new one is soon counted. */
const KEPT_PER_LOOK = 10
const LEAST_KEPT_MS = 20_000
const MOST_KEPT_MS = 10 * 60_000
const FAILED_KEPT_MS = 30_000
/** Nobody asked for so long: the rest is not looked at. */
const LEFT_MS = 30_000

const NOTHING = { looked: 0, listed: 0, isOver: false, isAll: false, expired: [], expiring: [], onNothing: [] }

/**
 * Looks through the certificates of the account while somebody wants to know: AWS tells when one expires, and what it
 * is attached to, of one at a time. What was found so far is there at once.
 */
export class CertificateWatch {
  readonly #iot: IoTClient
  readonly #clock: Clock
  readonly #pace: Pace
  /** A certificate's end never changes: it is asked for once. */
  readonly #ends = new Map<string, string | undefined>()
  #finished: { readonly found: CertificatesOverview; readonly atMs: number; readonly tookMs: number } | undefined
  #running: Looking | undefined
  #askedMs = 0

  constructor(iot: IoTClient, clock: Clock) {
    this.#iot = iot
    this.#clock = clock
    this.#pace = new Pace(clock, PER_SECOND)
  }

  /** What is known by now; errors are AWS's own, and are told once. */
  async look(): Promise<CertificatesOverview> {
    const nowMs = this.#clock.nowMs()
    this.#askedMs = nowMs
    if (!this.#running && !this.#isFresh(nowMs)) this.#begin()
    const running = this.#running
    if (this.#finished && this.#finished.found.outcome === 'read') return this.#finished.found
    if (!running) return this.#finished?.found ?? { outcome: 'read', ...NOTHING }
    await running.begun
    return this.#finished?.found ?? running.sofar(nowMs)
  }

  #isFresh(nowMs: number): boolean {
    if (!this.#finished) return false
    const { found, atMs, tookMs } = this.#finished
    const keptMs = Math.min(MOST_KEPT_MS, Math.max(LEAST_KEPT_MS, tookMs * KEPT_PER_LOOK))
    return nowMs - atMs < (found.outcome === 'read' ? keptMs : FAILED_KEPT_MS)
  }

  #begin(): void {
    const running = new Looking()
    this.#running = running
    const begunMs = this.#clock.nowMs()
    const end = (found: CertificatesOverview | undefined) => {
      this.#running = undefined
      const atMs = this.#clock.nowMs()
      if (found) this.#finished = { found, atMs, tookMs: atMs - begunMs }
    }
    const all = orUnread(() => this.#lookThrough(running), { ...NOTHING })
    running.begun = Promise.race([running.listed, all.then(() => {})])
    // Whoever waits for the list is told of the failure; who comes later begins anew.
    all.then(end, () => end(undefined))
  }

  async #lookThrough(running: Looking): Promise<CertificatesOverview | undefined> {
    const certificates = await this.#list(running)
    for (const certificate of certificates) {
      if (this.#clock.nowMs() - this.#askedMs > LEFT_MS) return undefined
      await this.#pace.turn()
      running.add(await this.#describe(certificate))
    }
    const nowMs = this.#clock.nowMs()
    return { ...running.sofar(nowMs), isOver: true, lookedAt: new Date(nowMs).toISOString() }
  }

  async #list(running: Looking): Promise<Certificate[]> {
    const listed: Certificate[] = []
    let isAll = true
    for await (const { certificates = [], nextMarker } of paginateListCertificates(
      { client: this.#iot, pageSize: 250 },
      {},
    )) {
      listed.push(...certificates)
      if (nextMarker !== undefined && listed.length >= MOST_CERTIFICATES) {
        isAll = false
        break
      }
    }
    // Those that are not active do nothing until somebody activates them.
    const active = listed.filter(({ status }) => status === 'ACTIVE')
    running.begin(active.length, isAll)
    return active
  }

  async #describe({ certificateId = '', certificateArn = '', status }: Certificate): Promise<WatchedCertificate> {
    try {
      const [notAfter, things] = await Promise.all([
        this.#endOf(certificateId),
        collected(
          paginateListPrincipalThings({ client: this.#iot }, { principal: certificateArn }),
          (page) => page.things,
        ),
      ])
      return { certificateId, status: status ?? 'UNKNOWN', things, ...(notAfter !== undefined && { notAfter }) }
    } catch (error) {
      if (!isNamed(error, 'ResourceNotFoundException')) throw error
      return { certificateId, status: status ?? 'UNKNOWN' } // deleted since it was listed
    }
  }

  async #endOf(certificateId: string): Promise<string | undefined> {
    if (this.#ends.has(certificateId)) return this.#ends.get(certificateId)
    const { certificateDescription } = await this.#iot.send(new DescribeCertificateCommand({ certificateId }))
    const notAfter = certificateDescription?.validity?.notAfter?.toISOString()
    if (this.#ends.size >= 2 * MOST_CERTIFICATES) this.#ends.clear()
    this.#ends.set(certificateId, notAfter)
    return notAfter
  }
}

/** One look through the certificates, as far as it is. */
class Looking {
  readonly #found: WatchedCertificate[] = []
  #size = 0
  #isAll = false
  readonly #list = Promise.withResolvers<void>()
  /** Until it is known how many there are, or that this cannot be known. */
  begun: Promise<void> = this.#list.promise

  get listed(): Promise<void> {
    return this.#list.promise
  }

  begin(size: number, isAll: boolean): void {
    this.#size = size
    this.#isAll = isAll
    this.#list.resolve()
  }

  add(certificate: WatchedCertificate): void {
    this.#found.push(certificate)
  }

  sofar(nowMs: number): CertificatesOverview {
    const ending = this.#found
      .filter(({ notAfter }) => notAfter !== undefined && Date.parse(notAfter) < nowMs + EXPIRES_WITHIN_DAYS * DAY_MS)
      .sort((one, other) => Date.parse(one.notAfter ?? '') - Date.parse(other.notAfter ?? ''))
    const isOver = ({ notAfter }: WatchedCertificate) => Date.parse(notAfter ?? '') <= nowMs
    return {
      outcome: 'read',
      looked: this.#found.length,
      listed: this.#size,
      isOver: this.#found.length === this.#size,
      isAll: this.#isAll,
      expired: ending.filter(isOver),
      expiring: ending.filter((certificate) => !isOver(certificate)),
      onNothing: this.#found.filter(({ things }) => things?.length === 0),
    }
  }
}
