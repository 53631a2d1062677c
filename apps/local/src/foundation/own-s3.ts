import type { S3Client } from '@aws-sdk/client-s3'
import type { SessionCredentials } from './role-sessions.ts'
import type { ServiceContext } from './service.ts'

type S3Sdk = typeof import('@aws-sdk/client-s3')

/**
 * Has a service of this server use its S3, by its own endpoint.
 * @param work gets a client, which lasts as long as the work, and the SDK that it is of
 * @throws what S3 says
 */
export async function withOwnS3<Result>(
  { account, ownUrl }: Pick<ServiceContext, 'account' | 'ownUrl'>,
  credentials: SessionCredentials,
  work: (s3: S3Client, sdk: S3Sdk) => Promise<Result>,
): Promise<Result> {
  const sdk = await import('@aws-sdk/client-s3') // large, and seldom needed
  const s3 = new sdk.S3Client({ region: account.region, endpoint: ownUrl, forcePathStyle: true, credentials })
  try {
    return await work(s3, sdk)
  } finally {
    s3.destroy()
  }
}
