import { type IoTClient, paginateListCertificates } from '@aws-sdk/client-iot'
import {
  CERTIFICATE_WHYS,
  type CertificateRow,
  type CertificateWhy,
  type FoundCertificates,
  MOST_FOUND_CERTIFICATES,
} from '@thingdeck/contract'
import type { Clock } from '../../clock.ts'
import { orUnread, type Unread } from '../why-unread.ts'
import type { CertificateLooks } from './certificate-looks.ts'
import { rowOf } from './certificate-rows.ts'

/** So many are looked at; with a new one every fifth of a second that takes seven minutes the first time. */
const MOST_CERTIFICATES = 2_000
/** What was found serves for ten times as long as it took to find: where there are few, a new one is soon counted. */
const KEPT_PER_LOOK = 10
const LEAST_KEPT_MS = 20_000
const MOST_KEPT_MS = 10 * 60_000
const FAILED_KEPT_MS = 30_000
/** Nobody asked for so long: the rest is not looked at. */
const LEFT_MS = 30_000

/** All that was found by now. */
export type Watched = ({ readonly outcome: 'read' } | Unread) &
  Pick<FoundCertificates, 'looked' | 'listed' | 'isOver' | 'isAll' | 'lookedAt'> & {
    readonly rows: readonly CertificateRow[]
  }

const NOTHING = { looked: 0, listed: 0, isOver: false, isAll: false, rows: [] }

/**
 * Looks through the active certificates of the account while somebody wants to know: AWS tells when one expires, and
 * what it is attached to, of one at a time. What was found so far is there at once.
 */
export class CertificateWatch {
  readonly #iot: IoTClient
  readonly #clock: Clock
  readonly #looks: CertificateLooks
  #finished: { readonly found: Watched; readonly atMs: number; readonly tookMs: number } | undefined
  #running: Looking | undefined
  #askedMs = 0

  constructor(iot: IoTClient, clock: Clock, looks: CertificateLooks) {
    this.#iot = iot
    this.#clock = clock
    this.#looks = looks
  }

  /** What is known by now; errors are AWS's own, and are told once. */
  async look(): Promise<Watched> {
    const nowMs = this.#clock.nowMs()
    this.#askedMs = nowMs
    if (!this.#running && !this.#isFresh(nowMs)) this.#begin()
    const running = this.#running
    if (this.#finished && this.#finished.found.outcome === 'read') return this.#finished.found
    if (!running) return this.#finished?.found ?? { outcome: 'read', ...NOTHING }
    await running.begun
    return this.#finished?.found ?? running.sofar()
  }

  /** A certificate was changed: what was found of it is not true any more, and all is looked through anew when asked. */
  forget(certificateId: string): void {
    this.#looks.forget(certificateId)
    if (!this.#finished) return
    const { found, tookMs } = this.#finished
    const rows = found.rows.filter((row) => row.certificateId !== certificateId)
    this.#finished = { found: { ...found, rows }, atMs: Number.NEGATIVE_INFINITY, tookMs }
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
    const end = (found: Watched | undefined) => {
      this.#running = undefined
      const atMs = this.#clock.nowMs()
      if (found) this.#finished = { found, atMs, tookMs: atMs - begunMs }
    }
    const all = orUnread(() => this.#lookThrough(running), { ...NOTHING })
    running.begun = Promise.race([running.listed, all.then(() => {})])
    // Whoever waits for the list is told of the failure; who comes later begins anew.
    all.then(end, () => end(undefined))
  }

  async #lookThrough(running: Looking): Promise<Watched | undefined> {
    const certificates = await this.#list(running)
    for (const row of certificates) {
      if (this.#clock.nowMs() - this.#askedMs > LEFT_MS) return undefined
      const looked = await this.#looks.look(row.certificateId, row.certificateArn)
      running.add(looked === 'gone' ? undefined : { ...row, ...looked })
    }
    return { ...running.sofar(), isOver: true, lookedAt: new Date(this.#clock.nowMs()).toISOString() }
  }

  async #list(running: Looking): Promise<CertificateRow[]> {
    const active: CertificateRow[] = []
    let listed = 0
    let isAll = true
    for await (const { certificates = [], nextMarker } of paginateListCertificates(
      { client: this.#iot, pageSize: 250 },
      {},
    )) {
      listed += certificates.length
      // Those that are not active do nothing until somebody activates them.
      active.push(...certificates.filter(({ status }) => status === 'ACTIVE').map(rowOf))
      if (nextMarker !== undefined && listed >= MOST_CERTIFICATES) {
        isAll = false
        break
      }
    }
    running.begin(active.length, isAll)
    return active
  }
}

/** One look through the certificates, as far as it is. */
class Looking {
  readonly #rows: CertificateRow[] = []
  #looked = 0
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

  /** @param row undefined: it was deleted since it was listed */
  add(row: CertificateRow | undefined): void {
    this.#looked++
    if (row) this.#rows.push(row)
  }

  sofar(): Watched {
    return {
      outcome: 'read',
      looked: this.#looked,
      listed: this.#size,
      isOver: this.#looked === this.#size,
      isAll: this.#isAll,
      rows: [...this.#rows],
    }
  }
}

const endOf = ({ look }: CertificateRow): string => look?.notAfter ?? '9999'

/** Those of the rows that somebody should look at for this reason, the one that ends first first. */
export const rowsWith = (rows: readonly CertificateRow[], why: CertificateWhy): CertificateRow[] =>
  rows.filter(({ look }) => look?.whys.includes(why)).sort((one, other) => endOf(one).localeCompare(endOf(other)))

interface Wanted {
  readonly why?: CertificateWhy
  /** `2027-03`, UTC. */
  readonly month?: string
}

/** What was found, for a page that asks for a part of it. */
export function foundCertificates({ rows, ...seen }: Watched, { why, month }: Wanted): FoundCertificates {
  const monthOf = ({ look }: CertificateRow) => look?.notAfter?.slice(0, 7)
  const ends = new Map<string, number>()
  for (const row of rows) {
    const end = monthOf(row)
    if (end !== undefined) ends.set(end, (ends.get(end) ?? 0) + 1)
  }
  const meant = rows
    .filter(
      (row) => (why === undefined || row.look?.whys.includes(why)) && (month === undefined || monthOf(row) === month),
    )
    .sort((one, other) => endOf(one).localeCompare(endOf(other)))
  return {
    ...seen,
    counts: CERTIFICATE_WHYS.map((each) => ({ why: each, count: rowsWith(rows, each).length })),
    months: [...ends].sort(([one], [other]) => one.localeCompare(other)).map(([end, count]) => ({ month: end, count })),
    certificates: meant.slice(0, MOST_FOUND_CERTIFICATES),
    leftOut: Math.max(0, meant.length - MOST_FOUND_CERTIFICATES),
  }
}
