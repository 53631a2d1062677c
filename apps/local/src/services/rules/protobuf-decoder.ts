import type { Type } from 'protobufjs'
import { FileTooLarge, objectOf, type RangeAnswer, readBounded } from '../../foundation/own-file.ts'
import type { AwsClients } from './actions/aws-clients.ts'
import { S3 } from './actions/aws-storage.ts'

/** "The descriptor file has at most 32 KiB", kept for 15 minutes (AWS IoT developer guide, "Decoding protobuf message payloads"). */
const MAX_DESCRIPTOR_BYTES = 32 * 1024
const KEPT_MS = 15 * 60_000

/** What `decode(…, 'proto', …)` is asked. */
export interface ProtobufRequest {
  readonly bytes: Uint8Array
  readonly bucket: string
  readonly key: string
  /** Of the file in the descriptor set, without `.proto`. */
  readonly fileName: string
  readonly messageType: string
}

/** Reads messages of Protocol Buffers by descriptor sets that lie in S3. Rules name them, so that they are few. */
export class ProtobufDecoder {
  readonly #clients: AwsClients
  readonly #clock: () => number
  readonly #kept = new Map<string, { readonly untilMs: number; readonly descriptor: Promise<Uint8Array> }>()
  readonly #types = new WeakMap<Uint8Array, Map<string, Type>>()

  constructor(clients: AwsClients, clock: () => number) {
    this.#clients = clients
    this.#clock = clock
  }

  /**
   * @returns the message as ProtoJSON, which is how Protocol Buffers writes JSON
   * @throws {Error} whose sentence says what is wrong: the object, the descriptor set, the type or the message
   */
  async decode({ bytes, bucket, key, fileName, messageType }: ProtobufRequest): Promise<string> {
    const { toJsonString } = await import('protobufjs/ext/protojson.js')
    const descriptor = await this.#descriptor(bucket, key)
    const types = this.#types.get(descriptor) ?? new Map<string, Type>()
    this.#types.set(descriptor, types)
    const name = JSON.stringify([fileName, messageType])
    const type = types.get(name) ?? (await typeOf(descriptor, `s3://${bucket}/${key}`, fileName, messageType))
    types.set(name, type)
    try {
      return toJsonString(type, type.decode(bytes))
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      throw new Error(`the payload is no message of the type ${messageType}: ${why}`, { cause: error })
    }
  }

  #descriptor(bucket: string, key: string): Promise<Uint8Array> {
    const name = JSON.stringify([bucket, key])
    const kept = this.#kept.get(name)
    const now = this.#clock()
    if (kept && now < kept.untilMs) return kept.descriptor
    const descriptor = this.#read(bucket, key)
    descriptor.catch(() => this.#kept.delete(name))
    this.#kept.set(name, { untilMs: now + KEPT_MS, descriptor })
    return descriptor
  }

  async #read(bucket: string, key: string): Promise<Uint8Array> {
    const client = await this.#clients.mustHave(S3, undefined)
    const { GetObjectCommand } = await import('@aws-sdk/client-s3')
    const abortSignal = AbortSignal.timeout(this.#clients.timeoutOf(S3))
    const place = { bucket, key }
    try {
      return await readBounded(place, MAX_DESCRIPTOR_BYTES, (Range) =>
        client.send<RangeAnswer>(new GetObjectCommand({ ...objectOf(place), Range }), { abortSignal }),
      )
    } catch (error) {
      if (!(error instanceof FileTooLarge)) throw error
      throw new Error(
        `s3://${bucket}/${key} has ${error.size} bytes: a descriptor set may have ${MAX_DESCRIPTOR_BYTES}`,
        { cause: error },
      )
    }
  }
}

async function typeOf(bytes: Uint8Array, place: string, fileName: string, messageType: string): Promise<Type> {
  const { default: protobuf } = await import('protobufjs')
  const { default: descriptor } = await import('protobufjs/ext/descriptor.js')
  let root: InstanceType<typeof protobuf.Root>
  let file: { readonly package?: string | null } | undefined
  try {
    const set = descriptor.FileDescriptorSet.toObject(descriptor.FileDescriptorSet.decode(bytes)) as {
      file?: { name?: string; package?: string }[]
    }
    file = set.file?.find(({ name = '' }) => name === `${fileName}.proto` || name.endsWith(`/${fileName}.proto`))
    root = protobuf.Root.fromDescriptor(bytes)
  } catch (error) {
    throw new Error(`${place} is no descriptor set: protoc writes one with --include_imports --descriptor_set_out`, {
      cause: error,
    })
  }
  if (!file) throw new Error(`${place} has no file ${fileName}.proto`)
  const names = file.package ? [`${file.package}.${messageType}`, messageType] : [messageType]
  for (const name of names) {
    try {
      return root.lookupType(name)
    } catch {
      // The other name, or what is said below.
    }
  }
  throw new Error(`${fileName}.proto of ${place} has no message ${messageType}`)
}
