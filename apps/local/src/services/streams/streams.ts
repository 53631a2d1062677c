import type { StreamFile } from '@aws-sdk/client-iot'
import { AwsError } from '@thingdeck/aws-api'
import { arnOf } from '../../foundation/account.ts'
import { alreadyExists, invalidRequest, notFound } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import { parseRoleArn } from '../../foundation/roles.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import { FileError, type FileFault, type StreamFiles } from './stream-files.ts'
import type { Stream, StreamedFile, StreamTable } from './stream-table.ts'

/** AWS IoT's quotas, "MQTT-based file delivery". */
const MAX_STREAMS = 10_000
const MAX_FILES = 10
const MAX_FILE_BYTES = 24 * 1024 * 1024

/** What S3 said, as the control plane says it. */
const ERROR_NAMES: Readonly<Record<FileFault, string>> = {
  Unauthorized: 'UnauthorizedException',
  ETagMismatch: 'InvalidRequestException',
  ResourceNotFound: 'ResourceNotFoundException',
  InvalidRequest: 'InvalidRequestException',
  InternalError: 'InternalFailureException',
}

/** @see AWS IoT developer guide, "Managing a stream in the AWS Cloud" */
export class Streams {
  readonly #context: ServiceContext
  readonly #table: StreamTable
  readonly #files: StreamFiles

  constructor(context: ServiceContext, table: StreamTable, files: StreamFiles) {
    this.#context = context
    this.#table = table
    this.#files = files
    context.tags.addKind('stream', (streamId) => table.find(streamId) !== undefined)
  }

  arnOf(streamId: string): string {
    return arnOf(this.#context.account, 'iot', `stream/${streamId}`)
  }

  find(streamId: string): Stream | undefined {
    return this.#table.find(streamId)
  }

  /** @throws {AwsError} ResourceNotFoundException */
  require(streamId: string): Stream {
    const stream = this.find(streamId)
    if (!stream) throw notFound(`Stream ${streamId} does not exist`)
    return stream
  }

  /** @throws {AwsError} as AWS names what is wrong with the stream, its role or its files */
  async create(input: IotInput<'CreateStream'>): Promise<Stream> {
    const { streamId, description, roleArn, tags } = input
    this.#checkFree(streamId)
    const files = await this.#look(roleArn, input.files)
    const { database, clock } = this.#context
    return database.transaction(() => {
      this.#checkFree(streamId) // somebody else may have been faster than S3
      if (this.#table.count() >= MAX_STREAMS) {
        throw new AwsError('LimitExceededException', `No more than ${MAX_STREAMS} streams`)
      }
      const nowMs = clock()
      const times = { createdAtMs: nowMs, updatedAtMs: nowMs }
      this.#table.put({ streamId, streamVersion: 1, description, files, roleArn, ...times })
      this.#context.tags.create(this.arnOf(streamId), tags)
      return this.require(streamId)
    })
  }

  /** Looks at the files again, named anew or not: each update is a new version. @throws {AwsError} as {@link create} */
  async update(input: IotInput<'UpdateStream'>): Promise<Stream> {
    const { streamId, description } = input
    const before = this.require(streamId)
    const roleArn = input.roleArn ?? before.roleArn
    const files = await this.#look(roleArn, input.files ?? before.files.map(fileOf))
    return this.#context.database.transaction(() => {
      const now = this.require(streamId)
      this.#table.put({
        ...now,
        streamVersion: now.streamVersion + 1,
        description: description ?? now.description,
        ...{ files, roleArn, updatedAtMs: this.#context.clock() },
      })
      return this.require(streamId)
    })
  }

  /** @throws {AwsError} ResourceNotFoundException */
  delete(streamId: string): void {
    this.require(streamId)
    this.#context.database.transaction(() => {
      this.#table.delete(streamId)
      this.#context.tags.forget(this.arnOf(streamId))
    })
  }

  #checkFree(streamId: string): void {
    if (this.find(streamId)) throw alreadyExists(`Stream ${streamId} already exists`, streamId, this.arnOf(streamId))
  }

  async #look(roleArn: string, files: readonly StreamFile[]): Promise<StreamedFile[]> {
    if (!parseRoleArn(roleArn)) throw invalidRequest(`${roleArn} is not the ARN of a role`)
    if (files.length === 0) throw invalidRequest('A stream needs a file')
    if (files.length > MAX_FILES) {
      throw new AwsError('LimitExceededException', `A stream has at most ${MAX_FILES} files, not ${files.length}`)
    }
    const ids = files.map(({ fileId }) => fileId)
    if (new Set(ids).size < ids.length) throw invalidRequest('The files of a stream must have different fileIds')
    return Promise.all(files.map((file) => this.#lookAt(roleArn, file)))
  }

  async #lookAt(roleArn: string, { fileId, s3Location }: StreamFile): Promise<StreamedFile> {
    const { bucket, key, version } = s3Location ?? {}
    if (fileId === undefined || bucket === undefined || key === undefined) {
      throw invalidRequest('Each file needs a fileId, and an s3Location with bucket and key')
    }
    const place = { bucket, key, ...(version !== undefined && { version }) }
    const seen = await this.#files.look(roleArn, place).catch((error: unknown) => {
      throw error instanceof FileError ? new AwsError(ERROR_NAMES[error.fault], error.message) : error
    })
    if (seen.sizeBytes > MAX_FILE_BYTES) {
      throw invalidRequest(`s3://${bucket}/${key} has ${seen.sizeBytes} bytes; a file of a stream has at most 24 MB`)
    }
    return { fileId, ...place, ...seen }
  }
}

/** A file as the control plane names it. */
export const fileOf = ({ fileId, bucket, key, version }: StreamedFile): StreamFile => ({
  fileId,
  s3Location: { bucket, key, ...(version !== undefined && { version }) },
})
