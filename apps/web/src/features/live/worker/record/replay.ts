import { validateTopicName } from '@thingdeck/topics'
import type { Clock } from '../../../../shared/mqtt/clock.ts'
import type { ReplayOptions, ReplayPlan } from '../../protocol/record.ts'
import { Outbox, type Outlet } from '../publish/outbox.ts'
import type { LiveStream } from '../stream/stream.ts'
import type { Task } from '../tasks/task.ts'
import { sequencesOf } from './scope.ts'

/** As fast as a hundred a second allow (AWS IoT quotas: publish requests per second per connection). */
const FASTEST_MS = 10

/** Why a message cannot be published to a topic; undefined when it can. */
function whyNot(target: string): string | undefined {
  const problem = validateTopicName(target)
  if (problem) return `${problem.message}.`
  // What $aws topics do is AWS's: shadows would change, jobs would move. A prefix makes plain topics of them.
  return target.startsWith('$') ? 'Topics that begin with $ are reserved: choose a prefix.' : undefined
}

/** Asked once per topic. */
function rememberWhyNot(prefix: string): (topic: string) => string | undefined {
  const known = new Map<string, string | undefined>()
  return (topic) => {
    if (!known.has(topic)) known.set(topic, whyNot(prefix + topic))
    return known.get(topic)
  }
}

/** What was planned, with all that doing it takes. */
export interface PlannedReplay {
  readonly stream: LiveStream
  readonly options: ReplayOptions
  /** Of the messages to be published, oldest first. */
  readonly sequences: readonly number[]
  readonly plan: ReplayPlan
}

/** What a replay would do. Nothing is published. */
export function planReplay(id: string, stream: LiveStream, options: ReplayOptions): PlannedReplay {
  const topics = new Map<string, number>()
  const left = new Map<string, number>()
  const seconds = new Map<number, number>()
  const reasonFor = rememberWhyNot(options.topicPrefix)
  const sequences: number[] = []
  let bytes = 0
  let firstMs: number | undefined
  let lastMs = 0
  for (const sequence of sequencesOf(stream, options.scope)) {
    const row = stream.ring.get(sequence)
    if (row?.kind !== 'message') continue
    const isLeft = reasonFor(row.topic) !== undefined
    const counts = isLeft ? left : topics
    counts.set(row.topic, (counts.get(row.topic) ?? 0) + 1)
    if (isLeft) continue
    firstMs ??= row.receivedAtMs
    lastMs = Math.max(lastMs, row.receivedAtMs)
    const offsetMs = options.speed > 0 ? (row.receivedAtMs - firstMs) / options.speed : sequences.length * FASTEST_MS
    const second = Math.floor(offsetMs / 1_000)
    seconds.set(second, (seconds.get(second) ?? 0) + 1)
    sequences.push(sequence)
    bytes += row.payload.length
  }
  const messages = sequences.length
  const durationMs = options.speed > 0 ? (lastMs - (firstMs ?? lastMs)) / options.speed : messages * FASTEST_MS
  const plan = {
    id,
    source: { name: sourceName(stream), fromMs: firstMs ?? lastMs, toMs: lastMs },
    messages,
    bytes,
    durationMs,
    peakPerSecond: seconds.values().reduce((most, count) => Math.max(most, count), 0),
    topics: mostFirst(topics).map(([topic, count]) => ({
      topic,
      target: options.topicPrefix + topic,
      messages: count,
    })),
    left: mostFirst(left).map(([topic, count]) => ({
      topic,
      reason: reasonFor(topic) ?? '',
      messages: count,
    })),
  }
  return { stream, options, sequences, plan }
}

const mostFirst = (counts: ReadonlyMap<string, number>) => [...counts].sort(([, a], [, b]) => b - a)

function sourceName(stream: LiveStream): string {
  const { origin } = stream
  if (origin.kind === 'recording') return origin.fileName
  return `live messages of ${stream
    .configuration()
    .subscriptions.map(({ filter }) => filter)
    .join(', ')}`
}

/** Publishes what was planned, in the order and rhythm in which it came. What is paused goes on with its rhythm. */
export async function replay(
  { stream, options, sequences }: PlannedReplay,
  { task, outlet, clock }: { readonly task: Task; readonly outlet: Outlet; readonly clock: Clock },
): Promise<void> {
  const outbox = new Outbox(outlet, clock, task)
  task.progress(0, sequences.length)
  let gone = 0
  let sent = 0
  /** When the message with offset 0 was, or would have been, published. */
  let beginMs = clock.nowMs()
  let firstMs: number | undefined

  for (const sequence of sequences) {
    const row = stream.ring.get(sequence)
    if (row?.kind !== 'message') {
      gone += 1
      continue
    }
    const topic = options.topicPrefix + row.topic
    firstMs ??= row.receivedAtMs
    const offsetMs = options.speed > 0 ? Math.max(0, row.receivedAtMs - firstMs) / options.speed : sent * FASTEST_MS
    // The ring may take the row's memory again while this waits.
    const payload = row.payload.slice()
    while (!task.signal.aborted) {
      const nowMs = clock.nowMs()
      if (task.isPaused) {
        await task.until(Number.POSITIVE_INFINITY)
        beginMs += clock.nowMs() - nowMs
      } else if (beginMs + offsetMs > nowMs) await task.until(beginMs + offsetMs)
      else break
    }
    if (task.signal.aborted) break
    const { qos, retain, properties } = row
    const request = { topic, payload, qos, retain: retain && options.keepRetain, ...(properties ? { properties } : {}) }
    const heldUpMs = clock.nowMs()
    if (!(await outbox.send(request))) {
      task.fail('The MQTT session was not connected for ten seconds.')
      return
    }
    beginMs += Math.max(0, clock.nowMs() - heldUpMs)
    sent += 1
  }
  await outbox.settled()
  const had = gone === 1 ? 'One message had' : `${gone} messages had`
  task.finish(gone > 0 ? `${had} aged out before their turn.` : undefined)
}
