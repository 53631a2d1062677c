import { type CborValue, encodeCbor } from '@thingdeck/aws-api'
import { formatReservedTopic, type PayloadFormat } from '@thingdeck/topics'
import type { Logger } from 'pino'
import type { ReservedTopicRequest } from '../../foundation/reserved-topics.ts'
import { blocksOf } from './blocks.ts'
import { type BlockRequest, DeliveryError, readBlockRequest, readRequest } from './delivery-request.ts'
import { FileError, type StreamFiles } from './stream-files.ts'
import type { Stream, StreamedFile } from './stream-table.ts'
import type { Streams } from './streams.ts'

type Say = (
  message: 'data' | 'description' | 'rejected',
  document: Readonly<Record<string, CborValue | undefined>>,
) => void

/**
 * Answers devices that describe a stream, or fetch blocks of a file: each block is a message of its own.
 * @see AWS IoT developer guide, "Using AWS IoT MQTT-based file delivery in devices"
 */
export class FileDelivery {
  readonly #streams: Streams
  readonly #files: StreamFiles
  readonly #log: Logger

  constructor(streams: Streams, files: StreamFiles, log: Logger) {
    this.#streams = streams
    this.#files = files
    this.#log = log
  }

  /** The answer to a get request follows once the file was read. */
  answer({ topic, message: { payload }, answer }: ReservedTopicRequest<'stream'>): void {
    const { message: asked, format, streamId } = topic
    if (asked !== 'get' && asked !== 'describe') return // whatever a client publishes to the answers' topics
    const say: Say = (message, document) =>
      answer.toAsker(formatReservedTopic({ ...topic, message }), encode(document, format))
    try {
      const request = readRequest(payload, format)
      const { clientToken } = request
      if (asked === 'describe') return void describe(this.#require(streamId, clientToken), clientToken, say)
      const blocks = readBlockRequest(request)
      const stream = this.#require(streamId, clientToken)
      const file = fileOf(stream, blocks, clientToken)
      this.#deliver(stream, file, blocks, clientToken, format, say)
        .catch((error: unknown) => this.#reject(error, clientToken, say))
        .catch((error: unknown) => this.#log.error({ err: error }, 'a device could not be answered'))
    } catch (error) {
      this.#reject(error, undefined, say)
    }
  }

  #require(streamId: string, clientToken: string | undefined): Stream {
    const stream = this.#streams.find(streamId)
    if (!stream) throw new DeliveryError('ResourceNotFound', `Stream ${streamId} does not exist`, clientToken)
    return stream
  }

  async #deliver(
    { roleArn }: Stream,
    file: StreamedFile,
    request: BlockRequest,
    clientToken: string | undefined,
    format: PayloadFormat,
    say: Say,
  ): Promise<void> {
    const blocks = blocksOf(request, file.sizeBytes)
    if (blocks.length === 0) {
      throw new DeliveryError(
        'ResourceNotFound',
        `File ${file.fileId} has none of the blocks that were asked for`,
        clientToken,
      )
    }
    const bytes = await this.#files.read(roleArn, file)
    for (const block of blocks) {
      const data = bytes.subarray(block * request.blockBytes, (block + 1) * request.blockBytes)
      const p = format === 'cbor' ? data : Buffer.from(data).toString('base64')
      say('data', { c: clientToken, f: file.fileId, l: data.byteLength, i: block, p })
    }
  }

  #reject(error: unknown, clientToken: string | undefined, say: Say): void {
    if (error instanceof DeliveryError) say('rejected', { o: error.code, m: error.message, c: error.clientToken })
    else if (error instanceof FileError) say('rejected', { o: error.fault, m: error.message, c: clientToken })
    else {
      this.#log.error({ err: error }, 'a stream could not be delivered')
      say('rejected', { o: 'InternalError', m: 'An internal error occurred', c: clientToken })
    }
  }
}

function describe({ streamVersion, description, files }: Stream, clientToken: string | undefined, say: Say): void {
  const r = files.map(({ fileId, sizeBytes }) => ({ f: fileId, z: sizeBytes }))
  say('description', { c: clientToken, s: streamVersion, d: description, r })
}

function fileOf(stream: Stream, request: BlockRequest, clientToken: string | undefined): StreamedFile {
  if (request.streamVersion !== undefined && request.streamVersion !== stream.streamVersion) {
    const message = `The stream is at version ${stream.streamVersion}, not ${request.streamVersion}`
    throw new DeliveryError('VersionMismatch', message, clientToken)
  }
  const file = stream.files.find(({ fileId }) => fileId === request.fileId)
  if (file) return file
  throw new DeliveryError('ResourceNotFound', `The stream has no file ${request.fileId}`, clientToken)
}

const encode = (document: Readonly<Record<string, CborValue | undefined>>, format: PayloadFormat): Uint8Array =>
  format === 'cbor' ? encodeCbor(document) : Buffer.from(JSON.stringify(document))
