import { COGNITO_IDENTITY, IAM, IOT, IOT_DATA, IOT_JOBS_DATA, type ServiceTraits, STS } from '@thingdeck/aws-api'

/** An API of AWS that this server has, apart from what answers it. */
export interface AwsApiEntry {
  readonly traits: ServiceTraits
  /** Loads its SDK package, when the first request for it comes. */
  readonly load: () => Promise<object>
  /** Its name in the actions and ARNs of policies. */
  readonly actionPrefix: string
  /** Of all regions: its ARNs name none, and requests may be signed for any. */
  readonly isGlobal?: boolean
  /** Who decides: IAM policies alone, or the same policies as for MQTT. */
  readonly plane: 'control' | 'data'
  /**
   * Paths that mean this API where a device with a client certificate calls, which signs nothing; `others` are those
   * that mean no other API.
   */
  readonly devicePaths?: RegExp | 'others'
}

/** The APIs that several services answer together, each by its own operations. */
export const AWS_APIS = {
  iot: {
    traits: IOT,
    load: () => import('@aws-sdk/client-iot'),
    actionPrefix: 'iot',
    plane: 'control',
  },
  iotData: {
    traits: IOT_DATA,
    load: () => import('@aws-sdk/client-iot-data-plane'),
    actionPrefix: 'iot',
    plane: 'data',
    devicePaths: 'others',
  },
  iotJobsData: {
    traits: IOT_JOBS_DATA,
    load: () => import('@aws-sdk/client-iot-jobs-data-plane'),
    actionPrefix: 'iotjobsdata',
    plane: 'data',
    devicePaths: /^\/things\/[^/]+\/jobs/,
  },
  cognitoIdentity: {
    traits: COGNITO_IDENTITY,
    load: () => import('@aws-sdk/client-cognito-identity'),
    actionPrefix: 'cognito-identity',
    plane: 'control',
  },
  sts: {
    traits: STS,
    load: () => import('@aws-sdk/client-sts'),
    actionPrefix: 'sts',
    isGlobal: true,
    plane: 'control',
  },
  iam: {
    traits: IAM,
    load: () => import('@aws-sdk/client-iam'),
    actionPrefix: 'iam',
    isGlobal: true,
    plane: 'control',
  },
} as const satisfies Readonly<Record<string, AwsApiEntry>>
