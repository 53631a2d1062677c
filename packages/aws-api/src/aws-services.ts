import { COGNITO_IDENTITY_CONSTRAINTS } from './constraints/cognito-identity.ts'
import { IAM_CONSTRAINTS } from './constraints/iam.ts'
import { IOT_CONSTRAINTS } from './constraints/iot.ts'
import { IOT_DATA_CONSTRAINTS } from './constraints/iot-data.ts'
import { IOT_JOBS_DATA_CONSTRAINTS } from './constraints/iot-jobs-data.ts'
import { STS_CONSTRAINTS } from './constraints/sts.ts'
import type { RequestHead, ServiceTraits } from './types.ts'

/**
 * AWS IoT's control plane, `@aws-sdk/client-iot`. Old SDKs sign it as `execute-api`.
 * Source of the slashes: `requestUri` in botocore's model, `iot/2015-05-28`.
 */
export const IOT = {
  signingNames: ['iot', 'execute-api'],
  protocol: 'restJson1',
  validationError: 'InvalidRequestException',
  validationExceptionOf: /Command|Package|Sbom/,
  constraints: IOT_CONSTRAINTS,
  trailingSlash: ['ListAuthorizers', 'ListCertificateProviders'],
  // Whoever has the token may: the owner of the endpoint opens `enableUrl`.
  unsigned: ['ConfirmTopicRuleDestination'],
  claims: ({ method, url }) => method === 'GET' && url.startsWith('/confirmdestination/'),
} as const satisfies ServiceTraits

/**
 * AWS IoT's data plane, `@aws-sdk/client-iot-data-plane`: SDKs sign `iotdata`, the guide says `iotdevicegateway`.
 * The guide's own samples publish to `/topics/test/topic`, unencoded.
 * Source: AWS IoT Core developer guide, "Device communication protocols" and "HTTPS"; service quotas (128 KB a message).
 */
export const IOT_DATA = {
  signingNames: ['iotdata', 'iotdevicegateway'],
  protocol: 'restJson1',
  validationError: 'InvalidRequestException',
  constraints: IOT_DATA_CONSTRAINTS,
  greedy: ['Publish', 'GetRetainedMessage'],
  acknowledged: ['Publish'],
  payloadType: 'application/json',
  maxBodyBytes: 128 * 1024,
} as const satisfies ServiceTraits

/** The devices' side of AWS IoT Jobs, `@aws-sdk/client-iot-jobs-data-plane`. */
export const IOT_JOBS_DATA = {
  signingNames: ['iot-jobs-data'],
  protocol: 'restJson1',
  validationError: 'InvalidRequestException',
  validationExceptionOf: /Command/,
  constraints: IOT_JOBS_DATA_CONSTRAINTS,
} as const satisfies ServiceTraits

/**
 * Amazon Cognito's identity pools, `@aws-sdk/client-cognito-identity`. Clients that have no credentials yet call the
 * unsigned operations. Source: Amazon Cognito API reference, "API operations by authorization model".
 */
export const COGNITO_IDENTITY = {
  signingNames: ['cognito-identity'],
  protocol: 'awsJson1_1',
  targetPrefix: 'AWSCognitoIdentityService',
  validationError: 'ValidationException',
  constraints: COGNITO_IDENTITY_CONSTRAINTS,
  unsigned: ['GetId', 'GetCredentialsForIdentity', 'GetOpenIdToken', 'UnlinkIdentity'],
} as const satisfies ServiceTraits

/**
 * The Security Token Service, `@aws-sdk/client-sts`. A form without a signature is for it: of the services that speak
 * the Query protocol it is the one with operations that need none.
 * Source: AWS Security Token Service API Reference.
 */
export const STS = {
  signingNames: ['sts'],
  protocol: 'awsQuery',
  xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  validationError: 'ValidationError',
  constraints: STS_CONSTRAINTS,
  unsigned: ['AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'],
  claims: isForm,
  maxBodyBytes: 128 * 1024,
} as const satisfies ServiceTraits

/** Identity and Access Management, `@aws-sdk/client-iam`. Source: its API Reference. */
export const IAM = {
  signingNames: ['iam'],
  protocol: 'awsQuery',
  xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  validationError: 'ValidationError',
  constraints: IAM_CONSTRAINTS,
  maxBodyBytes: 256 * 1024,
} as const satisfies ServiceTraits

function isForm({ method, url, headers }: RequestHead): boolean {
  const { authorization, 'content-type': contentType = '' } = headers
  if (authorization !== undefined || method !== 'POST' || url !== '/') return false
  return /^application\/x-www-form-urlencoded\b/i.test(contentType)
}
