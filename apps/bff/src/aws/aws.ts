import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { CognitoIdentityClient } from '@aws-sdk/client-cognito-identity'
import { IAMClient } from '@aws-sdk/client-iam'
import { IoTClient } from '@aws-sdk/client-iot'
import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import { IoTJobsDataPlaneClient } from '@aws-sdk/client-iot-jobs-data-plane'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { S3Client } from '@aws-sdk/client-s3'
import { STSClient } from '@aws-sdk/client-sts'
import { SYSTEM_CLOCK } from '../clock.ts'
import type { Config } from '../config.ts'
import { type Arns, createArns } from './arns.ts'
import { CallGovernor } from './calls/govern.ts'
import type { Answered, CallingClient, PrepareClient } from './calls/sdk-clients.ts'
import { OwnTokenBuckets, type TokenBuckets } from './calls/token-buckets.ts'
import { traceCalls } from './calls/traced-calls.ts'
import { CertificateLooks } from './certificates/certificate-looks.ts'
import { CertificateWatch } from './certificates/certificate-watch.ts'
import { type CloudWatch, createCloudWatch } from './cloudwatch/cloudwatch.ts'
import { createDataPlaneEndpoint, type DataPlaneEndpoint } from './endpoint.ts'
import { createIotLogs, type IotLogs } from './iot-logs/iot-logs.ts'
import { createOpenConnections, type OpenConnections } from './open-connections.ts'
import { Pace } from './pace.ts'
import { PolicyLooks } from './policy-looks.ts'
import { createShadows, type Shadows } from './shadows.ts'
import { createThings, type Things } from './things.ts'

/** AWS takes 10 DescribeCertificate and 10 ListPrincipalThings a second of an account: half of them are left to others. */
const LOOKS_PER_SECOND = 5

/** AWS as modules know it: the SDK's clients, and what more than one of them asks of these. */
export interface Aws {
  readonly iot: IoTClient
  /** Of what is done anew each time that it is asked for: it repeats no request by itself. */
  readonly iotOnce: IoTClient
  readonly data: IoTDataPlaneClient
  /** The same, which repeats no request by itself. */
  readonly dataOnce: IoTDataPlaneClient
  /** Which sends commands. */
  readonly jobsData: IoTJobsDataPlaneClient
  /** Where input files of registration tasks lie. */
  readonly s3: S3Client
  readonly cognito: CognitoIdentityClient
  /** Roles that rules and provisioning templates act with. */
  readonly iam: IAMClient
  /** Sessions that may less than the console itself. */
  readonly sts: STSClient
  /** Functions of authorizers and hooks. It repeats no request by itself: a function would run a second time. */
  readonly lambda: LambdaClient
  /** Logs of functions; AWS IoT's own is {@link iotLogs}. */
  readonly logs: CloudWatchLogsClient
  /** A client of a service that one module alone asks, made as all of these are. */
  client<Client, Input extends object, Output extends Answered>(
    make: (options: Omit<SdkOptions, 'prepare'>) => Client & CallingClient<Input, Output>,
  ): Client
  readonly endpoint: DataPlaneEndpoint
  readonly arns: Arns
  readonly connections: OpenConnections
  readonly certificates: { readonly looks: CertificateLooks; readonly watch: CertificateWatch }
  readonly things: Things
  readonly shadows: Shadows
  readonly policyLooks: PolicyLooks
  readonly iotLogs: IotLogs
  readonly cloudWatch: CloudWatch
}

/** For whoever has no environment to say it; the SDK reads the standard variables otherwise. */
export interface SdkOptions {
  readonly endpoint?: string
  readonly region?: string
  readonly credentials?: Credentials | (() => Promise<Credentials>)
  /** Done to each client once it is made. */
  readonly prepare?: PrepareClient
}

interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly expiration?: Date
}

/** @param buckets those of all consoles, where they share some */
export function createAws(
  config: Config,
  { prepare = () => {}, ...sdk }: SdkOptions = {},
  buckets: TokenBuckets = new OwnTokenBuckets(SYSTEM_CLOCK),
): Aws {
  const calls = new CallGovernor({ clock: SYSTEM_CLOCK, rates: config.apiRates, buckets })
  function made<Client, Input extends object, Output extends Answered>(
    client: Client & CallingClient<Input, Output>,
  ): Client {
    prepare(client)
    return traceCalls(client)
  }
  // The SDK puts a call's middleware together once for each operation, and not for each call: nothing is added to these
  // clients later. S3's is not to be shared by calls: it keeps the endpoint there, which depends on the bucket.
  const iotSdk = { ...sdk, cacheMiddleware: true }
  const iot = calls.govern(made(new IoTClient(iotSdk)))
  const endpoint = createDataPlaneEndpoint(config, iot)
  // The data plane's host is the account's own; the SDK cannot know it from the region.
  const dataPlane = { ...iotSdk, endpoint: async () => ({ url: await endpoint.rest() }) }
  const data = calls.govern(made(new IoTDataPlaneClient(dataPlane)))
  const looks = new CertificateLooks({ iot, data }, SYSTEM_CLOCK, new Pace(SYSTEM_CLOCK, LOOKS_PER_SECOND))
  return {
    iot,
    iotOnce: calls.govern(made(new IoTClient({ ...iotSdk, maxAttempts: 1 }))),
    data,
    dataOnce: calls.govern(made(new IoTDataPlaneClient({ ...dataPlane, maxAttempts: 1 }))),
    jobsData: calls.govern(
      made(new IoTJobsDataPlaneClient({ ...iotSdk, endpoint: async () => ({ url: await endpoint.jobs() }) })),
    ),
    // A bucket in the host's name would have to be a name of the endpoint's, which AWS's alone is.
    s3: made(new S3Client({ ...sdk, forcePathStyle: true })),
    certificates: { looks, watch: new CertificateWatch(iot, SYSTEM_CLOCK, looks) },
    cognito: made(new CognitoIdentityClient(sdk)),
    iam: made(new IAMClient(sdk)),
    sts: made(new STSClient(sdk)),
    lambda: calls.govern(made(new LambdaClient({ ...sdk, maxAttempts: 1 }))),
    logs: calls.govern(made(new CloudWatchLogsClient(sdk))),
    client: (make) => made(make(sdk)),
    endpoint,
    arns: createArns(config),
    connections: createOpenConnections(data),
    things: createThings(iot),
    shadows: createShadows(data),
    policyLooks: new PolicyLooks(iot, SYSTEM_CLOCK),
    // Throttled reads are the reader's own to repeat, in its pace.
    iotLogs: createIotLogs(calls.govern(made(new CloudWatchLogsClient({ ...sdk, maxAttempts: 1 }))), iot),
    cloudWatch: createCloudWatch(calls.govern(made(new CloudWatchClient(sdk)))),
  }
}
