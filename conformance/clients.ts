import { IAMClient } from '@aws-sdk/client-iam'
import { IoTClient } from '@aws-sdk/client-iot'
import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import { IoTJobsDataPlaneClient } from '@aws-sdk/client-iot-jobs-data-plane'
import { S3Client } from '@aws-sdk/client-s3'
import type { Target } from './target.ts'

/** The official clients of one account. */
export interface Clients extends Disposable {
  readonly iot: IoTClient
  readonly data: IoTDataPlaneClient
  readonly jobs: IoTJobsDataPlaneClient
  readonly iam: IAMClient
  readonly s3: S3Client
}

/** What the stacks of all clients have in common: who looks at every call hangs in here. */
export type AnyClient = IoTClient | IoTDataPlaneClient | IoTJobsDataPlaneClient | IAMClient | S3Client

export function makeClients({ region, data, jobs }: Pick<Target, 'region' | 'data' | 'jobs'>): Clients {
  const clients = {
    iot: new IoTClient({ region }),
    data: new IoTDataPlaneClient({ region, ...(data !== undefined && { endpoint: data }) }),
    jobs: new IoTJobsDataPlaneClient({ region, ...(jobs !== undefined && { endpoint: jobs }) }),
    iam: new IAMClient({ region }),
    s3: new S3Client({ region, forcePathStyle: true }),
  }
  return {
    ...clients,
    [Symbol.dispose]: () => {
      for (const client of Object.values(clients)) client.destroy()
    },
  }
}
