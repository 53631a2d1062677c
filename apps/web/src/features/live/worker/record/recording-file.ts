import { gzipMember } from '../../../../shared/recording/gzip-member.ts'
import { AppendFile, type FileHandle } from './append-file.ts'
import { formatTailHead } from './recording-tail.ts'

/** Lines of a recording, and how many messages and gaps they are. */
export interface RecordingBatch {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly messages: number
  readonly gaps: number
  /** When the last of them came. */
  readonly lastAtMs: number
}

/** What is compressed together, in bytes of text. A second of heavy traffic, half an hour of light. */
const MEMBER_BYTES = 1024 * 1024

/**
 * A recording in the browser's own storage, so written that what is there is a recording at any time: whole gzip members
 * in one file, and in a second one, the tail, the lines since the last member as they came. The tail's first line says
 * how long the first file was when the tail began, so that lines which got into a member are not read twice.
 */
export class RecordingFile {
  readonly #members: AppendFile
  readonly #tail: AppendFile
  #waiting: RecordingBatch[] = []
  #waitingBytes = 0
  #before = { messages: 0, gaps: 0, lastAtMs: 0 }
  #failure: unknown

  /** @param members @param tail both empty */
  constructor(members: FileHandle, tail: FileHandle) {
    this.#members = new AppendFile(members)
    this.#tail = new AppendFile(tail)
    this.#beginTail()
  }

  /** Compressed so far; what stands in the tail comes later. */
  get fileBytes(): number {
    return this.#members.bytes
  }

  /** Resolves once the lines outlive this tab. @throws when they do not; what was there before them does */
  async append(batch: RecordingBatch): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure
    this.#tail.append(batch.bytes)
    this.#waiting.push(batch)
    this.#waitingBytes += batch.bytes.length
    if (this.#waitingBytes < MEMBER_BYTES) return
    try {
      await this.#endMember()
    } catch (error) {
      this.#failure = error // these lines stand in the tail: it is the next that there is no room for
    }
  }

  /** The last line, which says that the recording is whole. It stays in the tail, where it is looked for. */
  end(line: Uint8Array<ArrayBuffer>): void {
    this.#tail.append(line)
  }

  close(): void {
    this.#tail.flush()
    this.#members.close()
    this.#tail.close()
  }

  async #endMember(): Promise<void> {
    const batches = this.#waiting
    this.#members.append(await gzipMember(batches.map(({ bytes }) => bytes)))
    this.#members.flush()
    const sum = (one: 'messages' | 'gaps') => batches.reduce((total, batch) => total + batch[one], this.#before[one])
    const lastAtMs = batches.at(-1)?.lastAtMs ?? this.#before.lastAtMs
    this.#before = { messages: sum('messages'), gaps: sum('gaps'), lastAtMs }
    this.#waiting = []
    this.#waitingBytes = 0
    this.#tail.empty()
    this.#beginTail()
  }

  #beginTail(): void {
    this.#tail.append(new TextEncoder().encode(formatTailHead({ ...this.#before, afterBytes: this.#members.bytes })))
  }
}
