import * as cloudwatch from '@aws-sdk/client-cloudwatch'
import * as cognitoIdentity from '@aws-sdk/client-cognito-identity'
import * as iam from '@aws-sdk/client-iam'
import * as iot from '@aws-sdk/client-iot'
import * as iotData from '@aws-sdk/client-iot-data-plane'
import * as iotJobsData from '@aws-sdk/client-iot-jobs-data-plane'
import * as sts from '@aws-sdk/client-sts'
import { AwsQueryProtocol } from '@aws-sdk/core/protocols'
import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor'
import { NormalizedSchema } from '@smithy/core/schema'
import {
  COGNITO_IDENTITY,
  IAM,
  IOT,
  IOT_DATA,
  IOT_JOBS_DATA,
  type Protocol,
  type ServiceTraits,
  STS,
} from '../src/index.ts'

/** A client of any of the services, told only what all of them have. */
export interface AnyClient {
  send(command: object): Promise<object>
  destroy(): void
}

interface ClientConfig {
  endpoint: string
  region: string
  credentials: { accessKeyId: string; secretAccessKey: string }
  maxAttempts: number
}

export interface SdkService {
  readonly title: string
  readonly sdk: object
  readonly traits: ServiceTraits & Required<Pick<ServiceTraits, 'constraints'>>
  /** In which the client speaks, where that is not the first of the service. */
  readonly protocol?: Protocol
  readonly connect: (config: ClientConfig) => AnyClient
}

/** Its clients choose among three protocols, by their age and language. */
const CLOUDWATCH = {
  signingNames: ['monitoring'],
  protocol: 'awsJson1_0',
  otherProtocols: ['rpcV2Cbor', 'awsQuery'],
  targetPrefix: 'GraniteServiceVersion20100801',
  xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
  validationError: 'ValidationException',
  constraints: {},
} as const

export const SDK_SERVICES: readonly SdkService[] = [
  { title: 'iot', sdk: iot, traits: IOT, connect: (config) => new iot.IoTClient(config) },
  { title: 'iot-data', sdk: iotData, traits: IOT_DATA, connect: (config) => new iotData.IoTDataPlaneClient(config) },
  {
    title: 'iot-jobs-data',
    sdk: iotJobsData,
    traits: IOT_JOBS_DATA,
    connect: (config) => new iotJobsData.IoTJobsDataPlaneClient(config),
  },
  {
    title: 'cognito-identity',
    sdk: cognitoIdentity,
    traits: COGNITO_IDENTITY,
    connect: (config) => new cognitoIdentity.CognitoIdentityClient(config),
  },
  { title: 'sts', sdk: sts, traits: STS, connect: (config) => new sts.STSClient(config) },
  { title: 'iam', sdk: iam, traits: IAM, connect: (config) => new iam.IAMClient(config) },
  {
    title: 'cloudwatch in AWS JSON',
    sdk: cloudwatch,
    traits: CLOUDWATCH,
    connect: (config) => new cloudwatch.CloudWatchClient(config),
  },
  {
    title: 'cloudwatch in CBOR',
    sdk: cloudwatch,
    traits: CLOUDWATCH,
    protocol: 'rpcV2Cbor',
    connect: (config) => new cloudwatch.CloudWatchClient({ ...config, protocol: SmithyRpcV2CborProtocol }),
  },
  {
    title: 'cloudwatch in Query',
    sdk: cloudwatch,
    traits: CLOUDWATCH,
    protocol: 'awsQuery',
    connect: (config) => new cloudwatch.CloudWatchClient({ ...config, protocol: AwsQueryProtocol }),
  },
]

export interface OperationSchemas {
  readonly name: string
  readonly input: NormalizedSchema
  readonly output: NormalizedSchema
}

/** Operations by the SDK's schemas, read without the code under test: tuples, of whose members no type says anything. */
export function operationsOf(sdk: object): OperationSchemas[] {
  return schemasOf(sdk, 9).map((schema) => ({
    name: String(schema[2]),
    input: NormalizedSchema.of(schema[4] as never),
    output: NormalizedSchema.of(schema[5] as never),
  }))
}

/**
 * Modelled errors; not the service's base class, which is in another namespace, and none whose code in awsQuery is the
 * name of another: where a service speaks that protocol too, clients go by the code and take it for the other.
 */
export function errorsOf(sdk: object): NormalizedSchema[] {
  const errors = schemasOf(sdk, -3)
    .filter((schema) => !String(schema[1]).startsWith('smithy.ts.sdk.synthetic'))
    .map((schema) => NormalizedSchema.of(schema as never))
  const names = new Set(errors.map((schema) => schema.getName()))
  return errors.filter((schema) => {
    const { awsQueryError } = schema.getMergedTraits()
    const code: unknown = Array.isArray(awsQueryError) ? awsQueryError[0] : undefined
    return code === schema.getName() || !names.has(String(code))
  })
}

function schemasOf(sdk: object, tag: number): unknown[][] {
  return Object.values<unknown>({ ...sdk }).filter((value): value is unknown[] => {
    return Array.isArray(value) && value[0] === tag
  })
}

/** `new sdk.CreateThingCommand(input)` */
export function commandOf(sdk: object, operation: string, input: unknown): object {
  const Command: unknown = Reflect.get(sdk, `${operation}Command`)
  if (typeof Command !== 'function') throw new TypeError(`The SDK has no ${operation}Command`)
  return Reflect.construct(Command, [input])
}
