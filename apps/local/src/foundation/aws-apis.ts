import * as cognitoIdentity from '@aws-sdk/client-cognito-identity'
import * as iot from '@aws-sdk/client-iot'
import * as iotData from '@aws-sdk/client-iot-data-plane'
import * as iotJobsData from '@aws-sdk/client-iot-jobs-data-plane'
import { COGNITO_IDENTITY, IOT, IOT_DATA, IOT_JOBS_DATA, type ServiceTraits } from '@thingdeck/aws-api'

/** An API of AWS that this server has, apart from what answers it. */
export interface AwsApiEntry {
  readonly traits: ServiceTraits
  /** The module namespace of its SDK package. */
  readonly sdk: object
  /** Its name in the actions and ARNs of policies. */
  readonly actionPrefix: string
  /** Who decides: IAM policies alone, or the same policies as for MQTT. */
  readonly plane: 'control' | 'data'
  /** Paths that mean this API where a device with a client certificate calls, which signs nothing. */
  readonly devicePaths?: RegExp
}

/** The APIs that several services answer together, each by its own operations. */
export const AWS_APIS = {
  iot: { traits: IOT, sdk: iot, actionPrefix: 'iot', plane: 'control' },
  iotJobsData: {
    traits: IOT_JOBS_DATA,
    sdk: iotJobsData,
    actionPrefix: 'iotjobsdata',
    plane: 'control',
    devicePaths: /^\/things\/[^/]+\/jobs/,
  },
  /** Whatever devices call that no other API has. */
  iotData: { traits: IOT_DATA, sdk: iotData, actionPrefix: 'iot', plane: 'data', devicePaths: /^/ },
  cognitoIdentity: {
    traits: COGNITO_IDENTITY,
    sdk: cognitoIdentity,
    actionPrefix: 'cognito-identity',
    plane: 'control',
  },
} as const satisfies Readonly<Record<string, AwsApiEntry>>
