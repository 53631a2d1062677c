import { randomUUID } from 'node:crypto'
import type { Account } from '../../foundation/account.ts'
import type { Caller } from '../../foundation/caller.ts'
import type { AccessKeys } from '../../foundation/credentials.ts'
import type { WritingRoute } from '../../foundation/http-route.ts'
import { FileTooLarge, objectOf, readBounded } from '../../foundation/own-file.ts'
import type { CodeStore } from './code-store.ts'
import type { FunctionCode, FunctionVersion } from './function-version.ts'
import { invalidParameter, notHere } from './lambda-errors.ts'

/** What CreateFunction and UpdateFunctionCode say of the code. */
interface CodeInput {
  readonly ZipFile?: Uint8Array | undefined
  readonly S3Bucket?: string | undefined
  readonly S3Key?: string | undefined
  readonly S3ObjectVersion?: string | undefined
  readonly ImageUri?: string | undefined
  readonly S3ObjectStorageMode?: string | undefined
  readonly SourceKMSKeyArn?: string | undefined
}

export interface CodeSourceParts {
  readonly account: Account
  readonly ownUrl: string
  readonly s3Endpoint: string | undefined
  readonly accessKeys: AccessKeys
  readonly codes: CodeStore
}

/** "The maximum size of a deployment package when it's uploaded directly". @see AWS Lambda developer guide, quotas */
const MAX_ZIP_BYTES = 52_428_800
/** As long as AWS's presigned URLs are good. */
const LOCATION_MS = 10 * 60_000
const MAX_LOCATIONS = 1_000
const PATH = '/_lambda/code/{id}'

const tooLarge = () => invalidParameter(`Zipped size must be smaller than ${MAX_ZIP_BYTES} bytes`)

/** Where the code of functions comes from, and where it is handed out. */
export class CodeSource {
  readonly #parts: CodeSourceParts
  readonly #locations = new Map<string, { readonly sha256: string; readonly untilMs: number }>()

  constructor(parts: CodeSourceParts) {
    this.#parts = parts
  }

  /**
   * Takes the code from the request, or from S3 with the rights of whoever called.
   * @param use notes where it is used
   * @throws {AwsError} InvalidParameterValueException
   */
  async take<Result>(input: CodeInput, caller: Caller, use: (code: FunctionCode) => Result): Promise<Result> {
    if (input.ImageUri !== undefined) throw notHere('functions from images (ImageUri): they come in .zip files')
    if (input.S3ObjectStorageMode === 'REFERENCE')
      throw notHere('code that stays in S3 (S3ObjectStorageMode): it is COPY')
    if (input.SourceKMSKeyArn) throw notHere('KMS (SourceKMSKeyArn)')
    const zip = input.ZipFile ?? (await this.#fromS3(input, caller))
    if (zip.length > MAX_ZIP_BYTES) throw tooLarge()
    return this.#parts.codes.store(zip, use)
  }

  /** A URL that is good for ten minutes, as GetFunction answers it. */
  locationOf({ code }: FunctionVersion) {
    if (code.kind === 'folder') return { Location: `file://${code.root}` }
    const id = randomUUID()
    const [oldest] = this.#locations.keys()
    if (this.#locations.size >= MAX_LOCATIONS && oldest !== undefined) this.#locations.delete(oldest)
    this.#locations.set(id, { sha256: code.sha256, untilMs: Date.now() + LOCATION_MS })
    return { RepositoryType: 'S3', Location: new URL(PATH.replace('{id}', id), this.#parts.ownUrl).href }
  }

  /** Hands the code out under {@link locationOf}. */
  route(): WritingRoute {
    return {
      method: 'GET',
      path: PATH,
      handle: async (_, response, { parameters: { id = '' } }) => {
        const location = this.#locations.get(id)
        if (!location || location.untilMs < Date.now()) {
          response.writeHead(403, { 'content-type': 'text/plain' }).end('Request has expired\n')
          return
        }
        const zip = await this.#parts.codes.zipOf(location.sha256)
        response.writeHead(200, { 'content-type': 'application/zip', 'content-length': zip.length }).end(zip)
      },
    }
  }

  async #fromS3({ S3Bucket, S3Key, S3ObjectVersion }: CodeInput, caller: Caller): Promise<Uint8Array> {
    if (S3Bucket === undefined || S3Key === undefined) {
      throw invalidParameter('Please provide a source for function code.')
    }
    const { account, ownUrl, s3Endpoint, accessKeys } = this.#parts
    const key = 'accessKeyId' in caller ? accessKeys.lookup(caller.accessKeyId) : undefined
    const { GetObjectCommand, S3Client } = await import('@aws-sdk/client-s3')
    const s3 = new S3Client({
      region: account.region,
      endpoint: s3Endpoint ?? ownUrl,
      forcePathStyle: true,
      // An endpoint that the environment names has the environment's own credentials.
      ...(s3Endpoint === undefined &&
        key && {
          credentials: {
            accessKeyId: 'accessKeyId' in caller ? caller.accessKeyId : '',
            secretAccessKey: key.secretAccessKey,
            ...(key.sessionToken !== undefined && { sessionToken: key.sessionToken }),
          },
        }),
    })
    try {
      const place = { bucket: S3Bucket, key: S3Key, version: S3ObjectVersion || undefined }
      return await readBounded(place, MAX_ZIP_BYTES, (Range) =>
        s3.send(new GetObjectCommand({ ...objectOf(place), Range })),
      )
    } catch (error) {
      if (error instanceof FileTooLarge) throw tooLarge()
      if (!(error instanceof Error)) throw error
      throw invalidParameter(
        `Error occurred while GetObject. S3 Error Code: ${error.name}. S3 Error Message: ${error.message}`,
      )
    } finally {
      s3.destroy()
    }
  }
}
