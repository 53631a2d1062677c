import type { Clock } from '../../../../shared/mqtt/clock.ts'
import type { MqttMessage } from '../../../../shared/mqtt/message.ts'
import type { Gap } from '../../../../shared/recording/gap.ts'
import { LineBuffer } from '../../../../shared/recording/line-buffer.ts'
import { endLine, gapLine, headerLine, type RecordingHeader } from '../../../../shared/recording/recording-format.ts'
import { fileNameFor } from '../../protocol/file-name.ts'
import type { Recording, RecordingStatus } from '../../protocol/record.ts'
import type { StreamListener } from '../stream/stream.ts'
import type { RecordingTarget } from './recording-target.ts'

const ENCODER = new TextEncoder()
/** Lines are handed on in batches so large, or so old. As much is lost when the tab crashes. */
const BATCH_BYTES = 256 * 1024
const BATCH_MS = 200

/** Writes what a stream takes in to a recording, as it comes. */
export class Recorder implements StreamListener {
  readonly #clock: Clock
  readonly #target: RecordingTarget
  readonly #startedAtMs: number
  readonly #lines = new LineBuffer(BATCH_BYTES)
  #inLines = { messages: 0, gaps: 0, lastAtMs: 0 }
  #cancelTimer: (() => void) | undefined
  #messages = 0
  #gaps = 0
  #endedBecause: string | undefined

  constructor(clock: Clock, { startedAtMs, ...source }: RecordingHeader, target: RecordingTarget) {
    this.#clock = clock
    this.#target = target
    this.#startedAtMs = startedAtMs
    this.#lines.line(headerLine({ startedAtMs, ...source }))
    this.#written()
  }

  message(message: MqttMessage): void {
    if (this.#endedBecause !== undefined) return
    this.#messages += 1
    this.#inLines.messages += 1
    this.#inLines.lastAtMs = message.receivedAtMs
    this.#lines.message(message)
    this.#written()
  }

  gap(gap: Gap): void {
    if (this.#endedBecause !== undefined) return
    this.#gaps += 1
    this.#inLines.gaps += 1
    this.#lines.line(gapLine(gap))
    this.#written()
  }

  status(): RecordingStatus {
    const { fileBytes, isNotStoredBecause } = this.#target
    return {
      startedAtMs: this.#startedAtMs,
      messages: this.#messages,
      fileBytes,
      ...(this.#endedBecause === undefined ? {} : { endedBecause: this.#endedBecause }),
      ...(isNotStoredBecause === undefined ? {} : { notStoredBecause: isNotStoredBecause }),
    }
  }

  async finish(): Promise<Recording> {
    this.#flush()
    const line = endLine({ atMs: this.#clock.nowMs(), messages: this.#messages, gaps: this.#gaps })
    const blob = await this.#target.finish(ENCODER.encode(`${line}\n`))
    const fileName = fileNameFor('recording', this.#startedAtMs)
    return { blob, fileName, messages: this.#messages, gaps: this.#gaps }
  }

  /** The stream ended without anybody asking for the recording. */
  abandon(): void {
    this.#flush()
    this.#target.abandon()
  }

  async discard(): Promise<void> {
    this.#cancelTimer?.()
    await this.#target.discard()
  }

  async settled(): Promise<void> {
    this.#flush()
    await this.#target.settled()
  }

  #flush(): void {
    if (this.#lines.usedBytes === 0) return
    this.#target.append({ bytes: this.#lines.take(), ...this.#inLines })
    this.#inLines = { messages: 0, gaps: 0, lastAtMs: this.#inLines.lastAtMs }
    this.#endedBecause ??= this.#target.isFullBecause
  }

  #written(): void {
    if (this.#lines.usedBytes >= BATCH_BYTES) this.#flush()
    // After a full batch the timer runs on, for what comes next: clearing and setting one for each shows in profiles.
    this.#cancelTimer ??= this.#clock.after(BATCH_MS, () => {
      this.#cancelTimer = undefined
      this.#flush()
    })
  }
}
