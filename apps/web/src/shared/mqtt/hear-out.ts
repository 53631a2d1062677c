import type { MqttWriter } from '@thingdeck/contract'
import type { Clock } from './clock.ts'
import type { Line } from './line.ts'
import type { LineSubscriptions } from './line-subscriptions.ts'

/** A connection, or the place of one that is being opened: messages may come before `line` is here. */
export interface Place {
  line?: Line
  writer?: MqttWriter
  subscriptions?: LineSubscriptions
  /** When its last message came; noted while it is heard out. */
  heardAtMs?: number
  /** What it brings waited for this page, which had stood still since then. */
  waitedSinceMs?: number
}

/**
 * A broker promises no order between what it answers and what it delivers (AWS IoT developer guide, "MQTT"): a connection
 * has said its last when it was answered that it is subscribed to nothing, and then was silent for so long.
 */
const SILENCE_MS = 1_000

/** Until a connection has said what was under way: it is subscribed to nothing any more, and ended then. */
async function sayItsLast(old: Place, clock: Clock): Promise<void> {
  await old.subscriptions?.want([])
  for (let quietMs = 0; quietMs < SILENCE_MS; quietMs = clock.nowMs() - (old.heardAtMs ?? 0)) {
    await passed(Math.max(1, SILENCE_MS - quietMs), clock)
  }
  old.line?.end()
}

/**
 * Hears a connection out that another has replaced. What it says comes on the new one as well, until a round trip on that
 * is over: once this is resolved, nothing comes twice. Never rejects: a connection that ended says nothing more.
 */
export async function hearOut(old: Place, successor: Place, clock: Clock): Promise<void> {
  try {
    await sayItsLast(old, clock)
  } catch {
    // It ended by itself.
  }
  try {
    await successor.line?.roundTrip()
    await passed(SILENCE_MS, clock)
  } catch {
    // The new one ended, and with it what was to come twice.
  }
}

const passed = (ms: number, clock: Clock) => new Promise<void>((resolve) => clock.after(ms, resolve))
