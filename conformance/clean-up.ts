import * as iot from '@aws-sdk/client-iot'
import type { Clients } from './clients.ts'
import { keyOfCertificate } from './guard.ts'
import type { LedgerEntry } from './ledger.ts'
import { type Found, findByPrefix, isListed } from './listing.ts'
import { REMOVALS, unlessMissing } from './removal.ts'
import { RESOURCE_KINDS } from './resource-kind.ts'

export interface CleanUpOptions {
  readonly clients: Clients
  readonly prefix: string
  /** What a ledger has beside what is found by the prefix. */
  readonly entries: readonly LedgerEntry[]
  /** How long it goes on trying: a thing type can be deleted five minutes after it was deprecated. */
  readonly patienceMs: number
  readonly tell: (line: string) => void
}

/** What became of it. */
export interface CleanUpResult {
  readonly removed: number
  /** What the account still has, each with why it could not be removed. */
  readonly left: readonly (Found & { readonly why: string })[]
  /** Certificates that may be of the run: AWS made their keys, so that nothing tells. They are not removed. */
  readonly doubtful: readonly string[]
}

/** Longest pause between two rounds, in milliseconds. */
const LONGEST_PAUSE_MS = 15_000
/** How much later than its call left a certificate may say that it was made; clocks differ, too. */
const CERTIFICATE_WINDOW_MS = 120_000

/** Removes what a run made, and looks whether anything is left. */
export async function cleanUp(options: CleanUpOptions): Promise<CleanUpResult> {
  const { clients, prefix, entries, patienceMs, tell } = options
  const certificates = await resolveCertificates(clients, entries)
  const known = entries.filter(({ kind, name }) => kind !== 'certificate' && name !== '')
  const all = [...known, ...certificates.found, ...(await findByPrefix(clients, prefix))]
  const deadlineMs = Date.now() + patienceMs
  let removed = 0
  let waiting = inOrder(all)
  let why = new Map<Found, string>()
  for (let pauseMs = 1_000; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    why = new Map()
    for (const found of waiting) {
      try {
        if (await unlessMissing(REMOVALS[found.kind](clients, found.name))) removed += 1
      } catch (error) {
        why.set(found, (error as Error).message)
      }
    }
    waiting = await whatIsThere(options, [...why.keys()])
    if (waiting.length === 0 || Date.now() + pauseMs > deadlineMs) break
    tell(`${waiting.length} cannot be removed yet, ${describe(waiting[0])} among them: ${why.get(waiting[0] as Found)}`)
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  const left = inOrder([...(await findByPrefix(clients, prefix)), ...(await stillThere(clients, certificates.found))])
  const reasons = new Map([...why].map(([found, reason]) => [describe(found), reason]))
  return {
    removed,
    left: left.map((found) => ({
      ...found,
      why: reasons.get(describe(found)) ?? 'it was removed, and is listed still',
    })),
    doubtful: certificates.doubtful,
  }
}

const describe = (found: Found | undefined) => `${found?.kind} ${found?.name}`

/** Each once; what uses something before what it uses, and of one kind the latest first. */
function inOrder(all: readonly Found[]): Found[] {
  const unique = new Map(all.map(({ kind, name }) => [`${kind} ${name}`, { kind, name }]))
  return RESOURCE_KINDS.flatMap((kind) => [...unique.values()].filter((found) => found.kind === kind).reverse())
}

/** A name that AWS does not take is refused for ever, and nothing has it. */
async function whatIsThere({ clients, prefix }: CleanUpOptions, waiting: readonly Found[]): Promise<Found[]> {
  if (waiting.length === 0) return []
  const listed = new Set((await findByPrefix(clients, prefix)).map(describe))
  return waiting.filter((found) => !isListed(found.kind) || listed.has(describe(found)))
}

/** The certificates of a ledger, those among them whose id it does not know. */
async function resolveCertificates(clients: Clients, entries: readonly LedgerEntry[]) {
  const all = entries.filter(({ kind }) => kind === 'certificate')
  const named = all.filter(({ name }) => name !== '')
  const keys = new Set(named.map(({ publicKey }) => publicKey))
  const open = all.filter(({ name, publicKey }) => name === '' && publicKey !== undefined && !keys.has(publicKey))
  // What follows the call that lets AWS make a key is its answer.
  const isOpen = ({ name, publicKey }: LedgerEntry, index: number) =>
    name === '' && publicKey === undefined && (all[index + 1]?.name ?? '') === ''
  const madeByAws = all.filter(isOpen)
  const found: Found[] = named.map(({ name }) => ({ kind: 'certificate', name }))
  const doubtful: string[] = []
  const sinceMs = Math.min(...[...open, ...madeByAws].map(({ atMs }) => atMs))
  if (!Number.isFinite(sinceMs)) return { found, doubtful }
  const ids = new Set(named.map(({ name }) => name))
  const wanted = new Set(open.map(({ publicKey }) => publicKey))
  for await (const { id, atMs } of certificatesSince(clients, sinceMs - CERTIFICATE_WINDOW_MS)) {
    if (ids.has(id)) continue
    const { certificateDescription } = await clients.iot.send(new iot.DescribeCertificateCommand({ certificateId: id }))
    const key = keyOfCertificate(certificateDescription?.certificatePem ?? '')
    const isNear = (entry: LedgerEntry) => Math.abs(entry.atMs - atMs) < CERTIFICATE_WINDOW_MS
    if (wanted.has(key)) found.push({ kind: 'certificate', name: id })
    else if (madeByAws.some(isNear)) doubtful.push(id)
  }
  return { found, doubtful }
}

/** The latest first. */
async function* certificatesSince({ iot: client }: Clients, sinceMs: number) {
  let marker: string | undefined
  do {
    const page = await client.send(new iot.ListCertificatesCommand({ marker, pageSize: 100, ascendingOrder: false }))
    for (const { certificateId: id = '', creationDate } of page.certificates ?? []) {
      const atMs = creationDate?.getTime() ?? 0
      if (atMs < sinceMs) return
      yield { id, atMs }
    }
    marker = page.nextMarker
  } while (marker)
}

async function stillThere({ iot: client }: Clients, certificates: readonly Found[]): Promise<Found[]> {
  const there: Found[] = []
  for (const found of certificates) {
    const call = client.send(new iot.DescribeCertificateCommand({ certificateId: found.name }))
    if (await unlessMissing(call)) there.push(found)
  }
  return there
}
