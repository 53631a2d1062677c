import type { Clock } from '../../../../shared/mqtt/clock.ts'
import type { MqttMessage } from '../../../../shared/mqtt/message.ts'
import type { Gap } from '../../../../shared/recording/gap.ts'
import {
  endLine,
  gapLine,
  headerLine,
  messageLine,
  type RecordingHeader,
} from '../../../../shared/recording/recording-format.ts'
import { fileNameFor } from '../../protocol/file-name.ts'
import type { Recording, RecordingStatus } from '../../protocol/record.ts'
import type { StreamListener } from '../stream/stream.ts'
import type { RecordingTarget } from './recording-target.ts'

const ENCODER = new TextEncoder()
/** Lines are handed on in batches so large, in characters, or so old. As much is lost when the tab crashes. */
const BATCH_CHARACTERS = 64 * 1024
const BATCH_MS = 200

/** Writes what a stream takes in to a recording, as it comes. */
export class Recorder implements StreamListener {
  readonly #clock: Clock
  readonly #target: RecordingTarget
  readonly #startedAtMs: number
  #text = ''
  #inText = { messages: 0, gaps: 0, lastAtMs: 0 }
  #cancelTimer: (() => void) | undefined
  #messages = 0
  #gaps = 0
  #endedBecause: string | undefined

  constructor(clock: Clock, { startedAtMs, ...source }: RecordingHeader, target: RecordingTarget) {
    this.#clock = clock
    this.#target = target
    this.#startedAtMs = startedAtMs
    this.#line(headerLine({ startedAtMs, ...source }))
  }

  message(message: MqttMessage): void {
    if (this.#endedBecause !== undefined) return
    this.#messages += 1
    this.#inText.messages += 1
    this.#inText.lastAtMs = message.receivedAtMs
    this.#line(messageLine(message))
  }

  gap(gap: Gap): void {
    if (this.#endedBecause !== undefined) return
    this.#gaps += 1
    this.#inText.gaps += 1
    this.#line(gapLine(gap))
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
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
    if (this.#text === '') return
    this.#target.append({ bytes: ENCODER.encode(this.#text), ...this.#inText })
    this.#text = ''
    this.#inText = { messages: 0, gaps: 0, lastAtMs: this.#inText.lastAtMs }
    this.#endedBecause ??= this.#target.isFullBecause
  }

  #line(line: string): void {
    this.#text += `${line}\n`
    if (this.#text.length >= BATCH_CHARACTERS) this.#flush()
    else this.#cancelTimer ??= this.#clock.after(BATCH_MS, () => this.#flush())
  }
}
