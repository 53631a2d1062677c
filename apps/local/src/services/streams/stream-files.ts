import { type FilePlace, objectOf } from '../../foundation/own-file.ts'
import { withOwnS3 } from '../../foundation/own-s3.ts'
import { RoleSessions } from '../../foundation/role-sessions.ts'
import { IOT_SERVICE } from '../../foundation/roles.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import type { StreamedFile } from './stream-table.ts'

/** Of files that are held: more than one image that a fleet fetches at once, less than a device would notice. */
const HELD_BYTES = 96 * 1024 * 1024
/** A file is asked for again after so long: it may have been replaced in S3, or the role may not read it any more. */
const HELD_MS = 60_000
/** Of files that are read at once; others wait. */
const READS_AT_ONCE = 4
const SESSION_SECONDS = 3_600

/** Why a file could not be read, in the codes of file delivery. */
export type FileFault = 'Unauthorized' | 'ETagMismatch' | 'ResourceNotFound' | 'InvalidRequest' | 'InternalError'

export class FileError extends Error {
  readonly fault: FileFault

  constructor(fault: FileFault, message: string) {
    super(message)
    this.name = 'FileError'
    this.fault = fault
  }
}

interface HeldFile {
  readonly bytes: Promise<Uint8Array>
  readonly sizeBytes: number
  readonly untilMs: number
}

/**
 * Reads the files of streams from this server's S3, by the role of each stream. A fleet asks for the same file at once:
 * it is read as a whole, by one request however many wait for it, and held for a while.
 */
export class StreamFiles {
  readonly #context: ServiceContext
  readonly #sessions: RoleSessions
  /** By role, place and content; those that were asked for last are the last. */
  readonly #held = new Map<string, HeldFile>()
  #heldBytes = 0
  #reading = 0
  readonly #waiting: (() => void)[] = []

  constructor(context: ServiceContext) {
    this.#context = context
    this.#sessions = new RoleSessions(context, IOT_SERVICE.value)
  }

  /** Size and content of a file. @throws {FileError} */
  async look(roleArn: string, place: FilePlace): Promise<Pick<StreamedFile, 'sizeBytes' | 'etag'>> {
    return this.#withS3(roleArn, place, async (s3, { HeadObjectCommand }) => {
      const { ContentLength = 0, ETag = '' } = await s3.send(new HeadObjectCommand(objectOf(place)))
      return { sizeBytes: ContentLength, etag: ETag }
    })
  }

  /** A file as it was when the stream was made. @throws {FileError} */
  async read(roleArn: string, file: StreamedFile): Promise<Uint8Array> {
    const key = JSON.stringify([roleArn, file.bucket, file.key, file.version, file.etag])
    const nowMs = this.#context.clock()
    const held = this.#held.get(key)
    if (held) this.#letGo(key, held)
    const now = held && held.untilMs > nowMs ? held : this.#hold(roleArn, file, nowMs)
    this.#held.set(key, now)
    this.#heldBytes += now.sizeBytes
    for (const [oldKey, old] of this.#held) {
      if (this.#heldBytes <= HELD_BYTES || oldKey === key) break
      this.#letGo(oldKey, old)
    }
    try {
      return await now.bytes
    } catch (error) {
      if (this.#held.get(key) === now) this.#letGo(key, now) // the next one tries again
      throw error
    }
  }

  forget(): void {
    this.#held.clear()
    this.#heldBytes = 0
  }

  #hold(roleArn: string, file: StreamedFile, nowMs: number): HeldFile {
    return { bytes: this.#fetch(roleArn, file), sizeBytes: file.sizeBytes, untilMs: nowMs + HELD_MS }
  }

  #letGo(key: string, file: HeldFile): void {
    this.#held.delete(key)
    this.#heldBytes -= file.sizeBytes
  }

  async #fetch(roleArn: string, file: StreamedFile): Promise<Uint8Array> {
    await this.#turn()
    try {
      return await this.#withS3(roleArn, file, async (s3, { GetObjectCommand }) => {
        const { Body } = await s3.send(new GetObjectCommand({ ...objectOf(file), IfMatch: file.etag }))
        return (await Body?.transformToByteArray()) ?? new Uint8Array()
      })
    } finally {
      this.#reading -= 1
      this.#waiting.shift()?.()
    }
  }

  async #turn(): Promise<void> {
    while (this.#reading >= READS_AT_ONCE) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#waiting.push(resolve)
      await promise
    }
    this.#reading += 1
  }

  async #withS3<T>(roleArn: string, place: FilePlace, work: Parameters<typeof withOwnS3<T>>[2]): Promise<T> {
    const untrusted = this.#sessions.whyNotTrusted(roleArn)
    if (untrusted !== undefined) throw new FileError('Unauthorized', untrusted)
    const credentials = this.#sessions.issue(roleArn, 'stream', SESSION_SECONDS)
    try {
      return await withOwnS3(this.#context, credentials, work)
    } catch (error) {
      throw error instanceof FileError ? error : faultOf(error, place)
    }
  }
}

/** HEAD is answered without a body, so that its errors have no names but their status. */
function faultOf(error: unknown, { bucket, key }: FilePlace): FileError {
  const { name, message, $metadata } = error as {
    name?: string
    message?: string
    $metadata?: { httpStatusCode?: number }
  } // as the SDK makes them
  const status = $metadata?.httpStatusCode
  if (status === 403) return new FileError('Unauthorized', `The role may not read s3://${bucket}/${key}`)
  if (status === 404) return new FileError('ResourceNotFound', `There is no file s3://${bucket}/${key}`)
  if (status === 412)
    return new FileError('ETagMismatch', 'The file in S3 is another one than it was when the stream was made')
  if (status === 501 || status === 400)
    return new FileError('InvalidRequest', `s3://${bucket}/${key}: ${name}: ${message}`)
  return new FileError('InternalError', `s3://${bucket}/${key} could not be read: ${message}`)
}
