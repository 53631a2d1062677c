import type { Logger } from 'pino'
import type { Clock } from '../../foundation/clock.ts'
import type { LogSink } from '../../foundation/log-sink.ts'
import type { Metrics } from '../../foundation/metrics.ts'
import type { BufferFiles, SealedBuffer } from './buffer-files.ts'
import type { DeliveryStream } from './delivery-stream.ts'
import { slowDown } from './firehose-errors.ts'
import { DeliveryError, type S3Delivery } from './s3-delivery.ts'

export interface DeliveryParts {
  readonly clock: Clock
  readonly log: Logger
  readonly metrics: Metrics
  readonly sink: LogSink
  readonly files: BufferFiles
  readonly s3: S3Delivery
  /** Calls back once after so many milliseconds of the server's clock; the returned function cancels. */
  readonly after: (delayMs: number, callback: () => void) => () => void
  /** The stream as it is by now; undefined where it was deleted. */
  readonly find: (name: string) => DeliveryStream | undefined
  readonly arn: (name: string) => string
}

/** A buffer that records are added to. */
interface OpenBuffer {
  bytes: number
  sinceMs: number
  isDue: boolean
  cancelTimer: () => void
}

/** What waits of one stream. */
interface Waiting {
  readonly name: string
  open: OpenBuffer | undefined
  readonly puts: {
    readonly records: readonly Uint8Array[]
    readonly resolve: () => void
    readonly reject: (error: unknown) => void
  }[]
  readonly sealed: SealedBuffer[]
  /** Of everything that was taken and is not in the bucket yet. */
  bytes: number
  isWriting: boolean
  isDelivering: boolean
  cancelRetry: () => void
  tries: number
}

const MEBIBYTE = 1024 * 1024
/** S3 of this server takes 11 MiB at once; what comes last may be another 4. */
const MAX_OBJECT_BYTES = 6 * MEBIBYTE
/** Of one stream: what is more is refused, as when a bucket is not there. */
const MAX_WAITING_BYTES = 64 * MEBIBYTE
const MAX_RETRY_MS = 60_000
/** "Data delivery to your S3 bucket might fail … retries for up to 24 hours." @see its guide, "Data delivery" */
const MAX_AGE_MS = 24 * 3_600_000

/** Gathers the records of delivery streams, and puts them into their buckets by size and by time. */
export class Delivery {
  readonly #parts: DeliveryParts
  /** By the ids of streams. */
  readonly #waiting = new Map<string, Waiting>()
  #sealedCount = 0
  #isClosed = false

  constructor(parts: DeliveryParts) {
    this.#parts = parts
  }

  /**
   * Takes records; they outlive the process when this is fulfilled.
   * @throws {AwsError} ServiceUnavailableException where as much as may waits already
   */
  put(stream: DeliveryStream, records: readonly Uint8Array[]): Promise<void> {
    const waiting = this.#of(stream)
    const bytes = records.reduce((sum, { length }) => sum + length, 0)
    if (this.#isClosed || waiting.bytes + bytes > MAX_WAITING_BYTES) throw slowDown()
    waiting.bytes += bytes
    const dimensions = { DeliveryStreamName: stream.name }
    this.#record('IncomingRecords', dimensions, records.length)
    this.#record('IncomingBytes', dimensions, bytes, 'Bytes')
    return new Promise((resolve, reject) => {
      waiting.puts.push({ records, resolve, reject })
      if (!waiting.isWriting) void this.#write(stream.id, waiting)
    })
  }

  /** Takes up what an earlier process has left. */
  async recover(streams: readonly DeliveryStream[]): Promise<void> {
    const byId = new Map(streams.map((stream) => [stream.id, stream]))
    const { files } = this.#parts
    for (const { file, bytes, modifiedAtMs } of await files.left()) {
      const [id = '', key = ''] = file.split('.')
      const stream = byId.get(id)
      if (!stream) {
        await files.remove(files.pathOf(file))
        continue
      }
      const path = key === 'open' ? await files.seal(id, this.#nextKey(modifiedAtMs)) : files.pathOf(file)
      const sinceMs = key === 'open' ? modifiedAtMs : Number(key.split('-')[0])
      const waiting = this.#of(stream)
      waiting.sealed.push({ path, stream: stream.name, sinceMs, bytes })
      waiting.bytes += bytes
      this.#deliver(id, waiting)
    }
  }

  /** Forgets what waits of a stream. */
  drop(id: string): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    waiting?.cancelRetry()
    waiting?.open?.cancelTimer()
    this.#parts.files.removeAll(`${id}.`)
  }

  /** Forgets all that waits. */
  clear(): void {
    for (const id of [...this.#waiting.keys()]) this.drop(id)
    this.#parts.files.removeAll()
  }

  /** What waits stays in its files. */
  close(): void {
    this.#isClosed = true
    for (const waiting of this.#waiting.values()) {
      waiting.cancelRetry()
      waiting.open?.cancelTimer()
    }
  }

  #of({ id, name }: DeliveryStream): Waiting {
    let waiting = this.#waiting.get(id)
    if (!waiting) {
      const nothing = () => {}
      waiting = {
        name,
        open: undefined,
        puts: [],
        sealed: [],
        bytes: 0,
        isWriting: false,
        isDelivering: false,
        cancelRetry: nothing,
        tries: 0,
      }
      this.#waiting.set(id, waiting)
    }
    return waiting
  }

  /** Writes what has come, and meanwhile gathers what comes: many small records are one write. */
  async #write(id: string, waiting: Waiting): Promise<void> {
    waiting.isWriting = true
    while (waiting.puts.length > 0) {
      const puts: Waiting['puts'] = []
      let bytes = 0
      while (waiting.puts[0] && bytes < MEBIBYTE) {
        const put = waiting.puts.shift()
        if (!put) break
        puts.push(put)
        bytes += put.records.reduce((sum, { length }) => sum + length, 0)
      }
      try {
        await this.#parts.files.append(
          id,
          puts.flatMap(({ records }) => records),
        )
        this.#opened(id, waiting).bytes += bytes
        for (const { resolve } of puts) resolve()
      } catch (error) {
        waiting.bytes -= bytes
        for (const { reject } of puts) reject(error)
      }
      await this.#sealIfDue(id, waiting)
    }
    waiting.isWriting = false
  }

  #opened(id: string, waiting: Waiting): OpenBuffer {
    if (waiting.open) return waiting.open
    const { clock, find } = this.#parts
    const intervalSeconds = find(waiting.name)?.destination.intervalSeconds ?? 0
    const open: OpenBuffer = { bytes: 0, sinceMs: clock(), isDue: intervalSeconds === 0, cancelTimer: () => {} }
    if (intervalSeconds > 0) this.#makeDueAfter(intervalSeconds * 1_000, id, waiting, open)
    waiting.open = open
    return open
  }

  #makeDueAfter(delayMs: number, id: string, waiting: Waiting, open: OpenBuffer): void {
    open.cancelTimer = this.#parts.after(delayMs, () => {
      open.isDue = true
      if (!waiting.isWriting) void this.#sealAlone(id, waiting)
    })
  }

  /** While nothing is written. */
  async #sealAlone(id: string, waiting: Waiting): Promise<void> {
    waiting.isWriting = true
    await this.#sealIfDue(id, waiting)
    waiting.isWriting = false
    if (waiting.puts.length > 0) void this.#write(id, waiting)
  }

  async #sealIfDue(id: string, waiting: Waiting): Promise<void> {
    const { open, name } = waiting
    const stream = this.#parts.find(name)
    if (!open || stream?.id !== id) return
    const most = Math.min(stream.destination.sizeMb * MEBIBYTE, MAX_OBJECT_BYTES)
    if (!open.isDue && open.bytes < most) return
    open.cancelTimer()
    try {
      const path = await this.#parts.files.seal(id, this.#nextKey(open.sinceMs))
      waiting.open = undefined
      waiting.sealed.push({ path, stream: name, sinceMs: open.sinceMs, bytes: open.bytes })
      this.#deliver(id, waiting)
    } catch (error) {
      this.#parts.log.error({ err: error, stream: name }, 'a buffer of a delivery stream could not be put away yet')
      this.#makeDueAfter(MAX_RETRY_MS, id, waiting, open)
    }
  }

  /** One object after the other, the oldest first. */
  #deliver(id: string, waiting: Waiting): void {
    const [buffer] = waiting.sealed
    if (!buffer || waiting.isDelivering || this.#isClosed) return
    const stream = this.#parts.find(waiting.name)
    if (stream?.id !== id) return
    waiting.isDelivering = true
    void this.#deliverOne(stream, buffer, waiting).then((isDone) => {
      waiting.isDelivering = false
      if (this.#waiting.get(id) !== waiting || this.#isClosed) return // it was dropped meanwhile
      if (isDone) {
        waiting.sealed.shift()
        waiting.bytes -= buffer.bytes
        waiting.tries = 0
        this.#deliver(id, waiting)
        return
      }
      waiting.tries += 1
      const delayMs = Math.min(MAX_RETRY_MS, 1_000 * 2 ** (waiting.tries - 1))
      waiting.cancelRetry = this.#parts.after(delayMs, () => this.#deliver(id, waiting))
    })
  }

  /** @returns whether there is nothing more to do for the buffer */
  async #deliverOne(stream: DeliveryStream, buffer: SealedBuffer, waiting: Waiting): Promise<boolean> {
    const { files, s3, clock, log } = this.#parts
    const dimensions = { DeliveryStreamName: stream.name }
    try {
      await s3.deliver(stream, await files.content(buffer.path), buffer.sinceMs)
      await files.remove(buffer.path)
      this.#record('DeliveryToS3.Success', dimensions, 1)
      this.#record('DeliveryToS3.Bytes', dimensions, buffer.bytes, 'Bytes')
      return true
    } catch (error) {
      this.#record('DeliveryToS3.Success', dimensions, 0)
      const isTooOld = clock() - buffer.sinceMs > MAX_AGE_MS
      if (waiting.tries === 0 || isTooOld) {
        log.warn({ err: error, stream: stream.name, isLost: isTooOld }, 'a delivery stream could not deliver')
        this.#tell(stream, error)
      }
      if (isTooOld) await files.remove(buffer.path).catch(() => {})
      return isTooOld
    }
  }

  /** To the stream's own log, as Firehose does. */
  #tell({ name, version, destination }: DeliveryStream, error: unknown): void {
    const { sink, clock, arn } = this.#parts
    if (!destination.logging) return
    const { group, stream } = destination.logging
    const message = JSON.stringify({
      deliveryStreamARN: arn(name),
      destination: destination.bucketArn,
      deliveryStreamVersionId: version,
      message: error instanceof Error ? error.message : String(error),
      errorCode: error instanceof DeliveryError ? error.code : 'S3.InternalError',
    })
    sink.write(group, [{ timestamp: clock(), message }], stream)
  }

  #nextKey(sinceMs: number): string {
    this.#sealedCount += 1
    return `${Math.floor(sinceMs)}-${process.pid}-${this.#sealedCount}`
  }

  #record(
    name: string,
    dimensions: Readonly<Record<string, string>>,
    value: number,
    unit: 'Count' | 'Bytes' = 'Count',
  ) {
    this.#parts.metrics.record({ namespace: 'AWS/Firehose', name, dimensions, unit }, value)
  }
}
