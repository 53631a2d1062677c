import { addressOf, endpoints, type MqttWriter, type ReportedWrite, type WriteReport } from '@thingdeck/contract'
import { api } from '../api.ts'
import { ownHeaders } from '../http.ts'
import { KeptReports } from './kept-reports.ts'
import { type ReportNotice, ReportQueue } from './report-queue.ts'

/** Who wrote something, and when. */
export interface Written {
  /**
   * `useMqtt().status().writer`, or the same of the worker's session, taken when it was written and not when it is
   * reported: by then the connection may be another. Undefined: it was never connected, so nothing was written.
   */
  readonly writer: MqttWriter | undefined
  /** Epoch ms, of the first message. */
  readonly fromMs: number
  /** Of the last. */
  readonly toMs: number
}

/** A repeat or a replay that goes on. */
export interface OpenReport {
  /** The counts so far, with `end: 'left'`: they are sent when the page is left. A few times a second is enough. */
  update(write: ReportedWrite, toMs: number): void
  /** How it ended. Sends it, once. */
  close(write: ReportedWrite, toMs: number): void
}

const listeners = new Set<(notice: ReportNotice) => void>()
const open = new Map<string, WriteReport>()
const queue = new ReportQueue({
  send: (report) => api(endpoints.reportWrite, { body: report }),
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs)
    return () => clearTimeout(timer)
  },
  tell(notice) {
    for (const listener of listeners) listener(notice)
  },
  keep: () => keepAll(),
})
const kept = new KeptReports()

/** What has not arrived, and what is still open: after a crash of the tab it is known as far as the last update. */
const keepAll = () => kept.write([...queue.waiting, ...open.values()])

/**
 * Tells the audit trail of something that this page wrote over its MQTT session. Never throws and is never waited for:
 * reports wait in a queue that outlives the page, are tried again until the server has them, and are sent when it is left. One that is
 * refused, or does not arrive, is said above the page.
 *
 * What to send, by kind ({@link ReportedWrite}):
 * - `shadow-update`, `shadow-delete`: after the shadow service accepted it, with what changed.
 * - `publish`: each single message, once the broker acknowledged it (QoS 1), or it was handed to the connection (QoS 0).
 *   One that the broker refused is reported, too: `sent: 0, failed: 1` and its `refusal`. A publish to a shadow's
 *   `…/update` or `…/delete` topic is a `publish` like any other; the server makes a write to that shadow of it.
 * - `clear-retained`: retained messages that were cleared, however many at once, with their topics.
 * - `repeat`, `replay`: many messages are one report, with the counts at the end: {@link openReport}.
 *
 * {@link PublishTally} adds up topics, QoS, bytes and outcomes as they come, and gives what all kinds have in common:
 *
 *     const tally = new PublishTally()
 *     tally.count({ topic, qos, retain, bytes }, refusal)
 *     const counts = tally.counts()
 *     if (counts) reportWrite({ kind: 'publish', ...counts }, { writer, fromMs, toMs })
 */
export function reportWrite(write: ReportedWrite, { writer, fromMs, toMs }: Written): void {
  if (writer) queue.add(newReport(write, writer, fromMs, toMs))
}

/**
 * Begins the report of a repeat or a replay, when its first message went out. It is sent by `close`; or, with the
 * counts of the latest `update`, when the page is left before.
 *
 *     const report = openReport({ kind: 'repeat', ...counts, perSecond: 10, end: 'left' }, { writer, fromMs, toMs })
 *     report.update({ kind: 'repeat', ...counts, perSecond: 10, end: 'left' }, nowMs)
 *     report.close({ kind: 'repeat', ...counts, perSecond: 10, end: 'stopped' }, nowMs)
 */
export function openReport(write: ReportedWrite, { writer, fromMs, toMs }: Written): OpenReport {
  if (!writer) return { update() {}, close() {} }
  const first = newReport(write, writer, fromMs, toMs)
  open.set(first.reportId, first)
  keepAll()
  const latest = (now: ReportedWrite, atMs: number) => ({ ...first, write: now, to: new Date(atMs).toISOString() })
  return {
    update(now, atMs) {
      if (!open.has(first.reportId)) return
      open.set(first.reportId, latest(now, atMs))
      keepAll()
    },
    close(now, atMs) {
      if (open.delete(first.reportId)) queue.add(latest(now, atMs))
    },
  }
}

const newReport = (write: ReportedWrite, writer: MqttWriter, fromMs: number, toMs: number): WriteReport => ({
  reportId: crypto.randomUUID(),
  writer,
  from: new Date(fromMs).toISOString(),
  to: new Date(toMs).toISOString(),
  write,
})

/** Tells of reports that do not arrive. Answers what ends it. */
export function onReportNotice(listener: (notice: ReportNotice) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * From now on what waits, and what is still open, is sent when the page is left: by requests that outlive it, which
 * have the same headers as any other (a beacon has no `Origin` in every browser). Answers what ends it.
 */
export function followReports(): () => void {
  const onHide = () => {
    for (const report of [...queue.waiting, ...open.values()]) sendAtLast(report)
  }
  const onOnline = () => void queue.flush()
  addEventListener('pagehide', onHide)
  addEventListener('online', onOnline)
  void kept.takeLeft().then((left) => queue.add(...left))
  return () => {
    removeEventListener('pagehide', onHide)
    removeEventListener('online', onOnline)
  }
}

/** Tries what waits now: its person is back. */
export const retryReports = (): void => void queue.flush()

/** A person who signs out waits so long for the trail to have everything. */
const LONGEST_WAIT_MS = 3_000

/** Sends all that waits, and what is still open as it is: the session that may say so is about to end. Never throws. */
export async function sendReports(): Promise<void> {
  const left = [...open.values()]
  open.clear()
  queue.add(...left)
  const { promise: late, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, LONGEST_WAIT_MS)
  await Promise.race([queue.flush(), late])
  clearTimeout(timer)
}

function sendAtLast(report: WriteReport): void {
  void fetch(addressOf(endpoints.reportWrite), {
    method: endpoints.reportWrite.method,
    credentials: 'same-origin',
    headers: { ...ownHeaders(), 'content-type': 'application/json' },
    body: JSON.stringify(report),
    keepalive: true,
  }).catch(() => undefined) // the page is gone
}
