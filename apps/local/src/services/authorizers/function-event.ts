import type { ConnectCredentials, RequestCredentials } from '../../foundation/admissions.ts'

/** What an authorizer's function is told of whoever asks to be let in. */
export interface EventFacts {
  /** Found under the authorizer's key. */
  readonly token: string | undefined
  /** Whether the token's signature was looked at, and is good. */
  readonly signatureVerified: boolean
  /** Undefined over an unencrypted connection. */
  readonly tls:
    | {
        readonly serverName: string | undefined
        /** The client certificate, where that is looked at, too. */
        readonly certificate?: { readonly pem: string; readonly principalId: string } | undefined
      }
    | undefined
  readonly http: RequestCredentials | undefined
  readonly mqtt: ConnectCredentials | undefined
  /** A UUID. */
  readonly connectionId: string
}

/**
 * The event, as AWS has it; what is not known is left out.
 * @see AWS IoT Core developer guide, "Defining your Lambda function"; "Custom authentication with X.509 certificates"
 */
export function functionEvent({ token, signatureVerified, tls, http, mqtt, connectionId }: EventFacts): object {
  return {
    ...(token !== undefined && { token }),
    signatureVerified,
    protocols: [...(tls ? ['tls'] : []), ...(http ? ['http'] : []), ...(mqtt ? ['mqtt'] : [])],
    protocolData: {
      ...(tls && {
        tls: {
          serverName: tls.serverName,
          ...(tls.certificate && {
            x509CertificatePem: tls.certificate.pem,
            principalId: tls.certificate.principalId,
          }),
        },
      }),
      ...(http && { http: { headers: http.headers, queryString: http.queryString } }),
      ...(mqtt && {
        mqtt: {
          username: mqtt.username,
          ...(mqtt.password && { password: Buffer.from(mqtt.password).toString('base64') }),
          clientId: mqtt.sentClientId,
        },
      }),
    },
    connectionMetadata: { id: connectionId },
  }
}
