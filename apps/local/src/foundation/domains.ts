import type { ApplicationProtocol, AuthenticationType } from '@aws-sdk/client-iot'
import type { SecurityPolicyName } from './security-policy-name.ts'

/** A server certificate, with what of its chain is sent along, and its key: PEM. */
export interface TlsCredentials {
  readonly certificatePem: string
  readonly privateKeyPem: string
}

/** What a server has to show. Each may be another one from one connection to the next. */
export interface TlsIdentities {
  /** ECDSA, but where there is only an RSA one. */
  readonly server: TlsCredentials
  /** For clients that take no ECDSA certificate; made when the first of them comes. */
  rsa(): Promise<{ readonly server: TlsCredentials; readonly crossSigned: TlsCredentials }>
}

/** A domain configuration of the account, as those see it who let clients in. */
export interface Domain {
  readonly domainConfigurationName: string
  /** Lower case. */
  readonly domainName: string
  readonly isEnabled: boolean
  readonly authenticationType: AuthenticationType
  readonly applicationProtocol: ApplicationProtocol
  /** Who is asked where the client names none, or may name none. */
  readonly defaultAuthorizerName: string | undefined
  readonly allowAuthorizerOverride: boolean
  /** A function that is asked about each client certificate. */
  readonly clientCertificateCallbackArn: string | undefined
  /** Undefined for the server's own. */
  readonly securityPolicy: SecurityPolicyName | undefined
  /** What is shown to clients that name this domain. */
  identities(): Promise<TlsIdentities>
}

/** The account's domain configurations but for the default endpoints, which are as the ports say. */
export interface Domains {
  /** By what TLS (SNI) or `Host` names, without regard to case. */
  find(serverName: string): Domain | undefined
  /** Whether a name is that of an endpoint of the account: a default one, or a domain that is configured. */
  isEndpoint(serverName: string): boolean
}
