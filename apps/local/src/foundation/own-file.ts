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
  /** @param mostBytes how many it may have */
  constructor({ bucket, key }: FilePlace, mostBytes: number) {
    super(`s3://${bucket}/${key} has more than ${mostBytes} bytes`)
    this.name = 'FileTooLarge'
  }
}

/**
 * A file of this server's S3, of which no more is asked for than it may have and a byte, however large it is.
 * @throws {FileTooLarge}, and what S3 says
 */
export async function readOwnFile(
  context: Pick<ServiceContext, 'account' | 'ownUrl'>,
  credentials: SessionCredentials,
  place: FilePlace,
  mostBytes: number,
): Promise<Uint8Array> {
  const asked = objectOf(place)
  return withOwnS3(context, credentials, async (s3, { GetObjectCommand, HeadObjectCommand }) => {
    // No range is satisfiable in a file that is empty.
    const { ContentLength } = await s3.send(new HeadObjectCommand(asked))
    if (ContentLength === 0) return new Uint8Array()
    if (ContentLength !== undefined && ContentLength > mostBytes) throw new FileTooLarge(place, mostBytes)
    const { Body } = await s3.send(new GetObjectCommand({ ...asked, Range: `bytes=0-${mostBytes}` }))
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array()
    if (bytes.length > mostBytes) throw new FileTooLarge(place, mostBytes) // replaced by a larger one meanwhile
    return bytes
  })
}

/** As operations of S3 name it. */
export const objectOf = ({ bucket: Bucket, key: Key, version: VersionId }: FilePlace) => ({
  Bucket,
  Key,
  ...(VersionId !== undefined && { VersionId }),
})

/** What policies call a file of S3. */
export const fileArn = ({ bucket, key }: FilePlace): string => `arn:aws:s3:::${bucket}/${key}`
