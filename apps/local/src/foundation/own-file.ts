import type { ControlPlaneNeed } from './control-plane-needs.ts'
import { withOwnS3 } from './own-s3.ts'
import type { SessionCredentials } from './role-sessions.ts'
import type { ServiceContext } from './service.ts'

/** Where a file lies, as AWS IoT's operations have it. */
export interface FilePlace {
  readonly bucket: string
  readonly key: string
  readonly version?: string | undefined
}

export class FileTooLarge extends Error {
  /** How many bytes it has, as far as S3 said. */
  readonly size: string

  /** @param mostBytes how many it may have */
  constructor({ bucket, key }: FilePlace, mostBytes: number, size?: string) {
    super(`s3://${bucket}/${key} has more than ${mostBytes} bytes`)
    this.name = 'FileTooLarge'
    this.size = size ?? `more than ${mostBytes}`
  }
}

/** As far as it is needed here, what S3 answers to `GetObject` of a range. */
export interface RangeAnswer {
  readonly Body?: { transformToByteArray(): Promise<Uint8Array> } | undefined
  readonly ContentRange?: string | undefined
}

/**
 * A file of S3, of which no more is asked for than it may have and a byte, however large it is. Whatever is sent is read: a
 * body that nobody reads ends the process when it is given up.
 * @param get `GetObject` with this range
 * @throws {FileTooLarge}, and what S3 says
 */
export async function readBounded(
  place: FilePlace,
  mostBytes: number,
  get: (range: string) => Promise<RangeAnswer>,
): Promise<Uint8Array> {
  try {
    const { Body, ContentRange } = await get(`bytes=0-${mostBytes}`)
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array()
    if (bytes.length > mostBytes) throw new FileTooLarge(place, mostBytes, ContentRange?.split('/')[1])
    return bytes
  } catch (error) {
    if (error instanceof Error && error.name === 'InvalidRange') return new Uint8Array() // it has no byte to begin with
    throw error
  }
}

/**
 * A file of this server's S3: see {@link readBounded}.
 * @throws {FileTooLarge}, and what S3 says
 */
export async function readOwnFile(
  context: Pick<ServiceContext, 'account' | 'ownUrl'>,
  credentials: SessionCredentials,
  place: FilePlace,
  mostBytes: number,
): Promise<Uint8Array> {
  return withOwnS3(context, credentials, (s3, { GetObjectCommand }) =>
    readBounded(place, mostBytes, (Range) => s3.send(new GetObjectCommand({ ...objectOf(place), Range }))),
  )
}

/** As operations of S3 name it. */
export const objectOf = ({ bucket: Bucket, key: Key, version: VersionId }: FilePlace) => ({
  Bucket,
  Key,
  ...(VersionId !== undefined && { VersionId }),
})

interface NamedFile {
  readonly bucket?: string | undefined
  readonly key?: string | undefined
}

/** What policies are asked where an operation has a file of S3 read; nothing where none is named. */
export const readsFile = ({ bucket, key }: NamedFile = {}): Pick<ControlPlaneNeed, 'readFiles'> =>
  bucket !== undefined && key !== undefined ? { readFiles: [`arn:aws:s3:::${bucket}/${key}`] } : {}
