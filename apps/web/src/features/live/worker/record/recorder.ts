import type { Clock } from '../../../../shared/mqtt/clock.ts'
import type { MqttMessage } from '../../../../shared/mqtt/message.ts'
import type { Gap } from '../../../../shared/recording/gap.ts'
import { GzipWriter } from '../../../../shared/recording/gzip-writer.ts'
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

/** A recording may not fill the machine: it then ends, and says so. */
const MAX_FILE_BYTES = 1024 * 1024 * 1024

/** Writes what a stream takes in to a recording, as it comes. */
export class Recorder implements StreamListener {
  readonly #clock: Clock
  readonly #writer = new GzipWriter()
  readonly #startedAtMs: number
  #messages = 0
  #gaps = 0
  #endedBecause: string | undefined

  constructor(clock: Clock, source: Omit<RecordingHeader, 'startedAtMs'>) {
    this.#clock = clock
    this.#startedAtMs = clock.nowMs()
    this.#writer.line(headerLine({ startedAtMs: this.#startedAtMs, ...source }))
  }

  message(message: MqttMessage): void {
    if (this.#endedBecause !== undefined) return
    this.#writer.line(messageLine(message))
    this.#messages += 1
    if (this.#writer.fileBytes >= MAX_FILE_BYTES) this.#endedBecause = 'The recording reached 1 GB.'
  }

  gap(gap: Gap): void {
    if (this.#endedBecause !== undefined) return
    this.#writer.line(gapLine(gap))
    this.#gaps += 1
  }

  status(): RecordingStatus {
    return {
      startedAtMs: this.#startedAtMs,
      messages: this.#messages,
      fileBytes: this.#writer.fileBytes,
      ...(this.#endedBecause === undefined ? {} : { endedBecause: this.#endedBecause }),
    }
  }

  async finish(): Promise<Recording> {
    this.#writer.line(endLine({ atMs: this.#clock.nowMs(), messages: this.#messages, gaps: this.#gaps }))
    const blob = await this.#writer.finish()
    const fileName = fileNameFor('recording', this.#startedAtMs)
    return { blob, fileName, messages: this.#messages, gaps: this.#gaps }
  }
}
