import type { S3Location } from '@thingdeck/jobs'
import { withOwnS3 } from '../../foundation/own-s3.ts'
import type { SessionCredentials } from '../../foundation/role-sessions.ts'
import type { ServiceContext } from '../../foundation/service.ts'

/** The text of a file, read as AWS IoT itself. @throws what S3 says */
export async function readFile(
  context: Pick<ServiceContext, 'account' | 'ownUrl'>,
  { bucket: Bucket, key: Key }: S3Location,
  credentials: SessionCredentials,
): Promise<string> {
  return withOwnS3(context, credentials, async (s3, { GetObjectCommand }) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
    return (await Body?.transformToString('utf-8')) ?? ''
  })
}
