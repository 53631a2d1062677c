import type { ApplicationProtocol, AuthenticationType } from '@aws-sdk/client-iot'
import { invalidRequest } from '../../foundation/errors.ts'
import { isSecurityPolicy, SECURITY_POLICY_NAMES } from '../../foundation/security-policy-name.ts'
import type { DomainSettings } from './domain-configuration-table.ts'

/** @see AWS IoT Core developer guide, "Device communication protocols", authentication types */
const PROTOCOLS: Readonly<Record<AuthenticationType, readonly ApplicationProtocol[]>> = {
  AWS_X509: ['SECURE_MQTT', 'HTTPS'],
  CUSTOM_AUTH_X509: ['SECURE_MQTT', 'HTTPS'],
  AWS_SIGV4: ['MQTT_WSS', 'HTTPS'],
  CUSTOM_AUTH: ['SECURE_MQTT', 'MQTT_WSS', 'HTTPS'],
  DEFAULT: ['DEFAULT'],
}

const WITH_AUTHORIZER: readonly AuthenticationType[] = ['CUSTOM_AUTH', 'CUSTOM_AUTH_X509', 'DEFAULT']
const WITH_CERTIFICATE: readonly AuthenticationType[] = ['AWS_X509', 'CUSTOM_AUTH_X509']
const FUNCTION_ARN = /^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/

/**
 * Holds what a configuration says together against what goes together.
 * @param authorizerExists by name
 * @throws {AwsError} InvalidRequestException
 */
export function checkSettings(settings: DomainSettings, authorizerExists: (name: string) => boolean): void {
  const { authenticationType, applicationProtocol, authorizerConfig, securityPolicy, clientCertificateCallbackArn } =
    settings
  const protocols = PROTOCOLS[authenticationType]
  if (!protocols.includes(applicationProtocol)) {
    throw invalidRequest(
      `authenticationType ${authenticationType} goes with applicationProtocol ${protocols.join(' or ')}, not ${applicationProtocol}`,
    )
  }
  if (securityPolicy !== undefined && !isSecurityPolicy(securityPolicy)) {
    throw invalidRequest(`securityPolicy must be one of ${SECURITY_POLICY_NAMES.join(', ')}`)
  }
  if (authorizerConfig && !WITH_AUTHORIZER.includes(authenticationType)) {
    throw invalidRequest(`authorizerConfig goes with authenticationType ${WITH_AUTHORIZER.join(', ')}`)
  }
  const authorizer = authorizerConfig?.defaultAuthorizerName
  if (authorizer !== undefined && !authorizerExists(authorizer)) {
    throw invalidRequest(`Authorizer ${authorizer} does not exist`)
  }
  if (clientCertificateCallbackArn === undefined) return
  if (!WITH_CERTIFICATE.includes(authenticationType)) {
    throw invalidRequest(`clientCertificateConfig goes with authenticationType ${WITH_CERTIFICATE.join(' or ')}`)
  }
  if (!FUNCTION_ARN.test(clientCertificateCallbackArn)) {
    throw invalidRequest(`clientCertificateCallbackArn must be the ARN of a Lambda function`)
  }
}

/** @throws {AwsError} InvalidRequestException for what this server would have to ignore: it staples no OCSP responses */
export function checkServerCertificateConfig(
  config:
    | {
        readonly enableOCSPCheck?: boolean | undefined
        readonly ocspLambdaArn?: string | undefined
        readonly ocspAuthorizedResponderArn?: string | undefined
      }
    | undefined,
): void {
  if (!config) return
  const { enableOCSPCheck, ocspLambdaArn, ocspAuthorizedResponderArn } = config
  if (enableOCSPCheck !== true && ocspLambdaArn === undefined && ocspAuthorizedResponderArn === undefined) return
  throw invalidRequest('serverCertificateConfig: this server staples no OCSP responses; enableOCSPCheck must be false')
}
