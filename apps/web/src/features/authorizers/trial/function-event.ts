import type { AuthorizerTest } from '@thingdeck/contract'
import type { ClientCertificate } from './client-certificate.ts'
import { type Presented, readHeaders, type Sent } from './sent.ts'

interface EventFacts {
  readonly sent: Sent
  readonly presented: Presented
  /** Whether the token's signature was verified; of an authorizer without signing it never is. */
  readonly isVerified: boolean
  /** The host that the client asks for in its TLS handshake. */
  readonly serverName: string | undefined
  /** Of a client that comes with one besides (CUSTOM_AUTH_X509). */
  readonly certificate?: ClientCertificate | undefined
}

/** Where nobody says which it is. */
export const SOME_CERTIFICATE: ClientCertificate = { pem: 'CERTIFICATE', principalId: 'CERTIFICATE ID' }

/** AWS gives each connection a number of its own. */
const SOME_CONNECTION = '00000000-0000-4000-8000-000000000000'

/**
 * What the function of an authorizer is given when such a client connects.
 * @see AWS IoT Core developer guide, "Defining your Lambda function"; "Custom authentication with X.509 client certificates"
 */
export function functionEvent({ sent, presented, isVerified, serverName, certificate }: EventFacts) {
  const { transport } = sent
  const http = httpOf(sent)
  const mqtt = mqttOf(sent)
  return {
    ...(presented.token && { token: presented.token.value }),
    signatureVerified: isVerified,
    protocols: ['tls', ...(transport === 'mqtt' ? [] : ['http']), ...(transport === 'https' ? [] : ['mqtt'])],
    protocolData: {
      tls: {
        serverName: serverName ?? '',
        ...(certificate && { x509CertificatePem: certificate.pem, principalId: certificate.principalId }),
      },
      ...(http && { http }),
      ...(mqtt && { mqtt }),
    },
    connectionMetadata: { id: SOME_CONNECTION },
  }
}

/** The same as TestInvokeAuthorizer takes it, which has no place for a certificate (AWS IoT API reference). */
export function testRequest({
  sent,
  presented,
  serverName,
}: Pick<EventFacts, 'sent' | 'presented' | 'serverName'>): AuthorizerTest {
  const http = httpOf(sent)
  const mqtt = mqttOf(sent)
  return {
    ...(presented.token && { token: presented.token.value }),
    ...(presented.token && presented.signature && { tokenSignature: presented.signature.value }),
    ...(http && Object.keys(http).length > 0 && { httpContext: http }),
    ...(mqtt && Object.keys(mqtt).length > 0 && { mqttContext: mqtt }),
    ...(serverName !== undefined && { tlsContext: { serverName } }),
  }
}

function httpOf({ transport, headers, query }: Sent): NonNullable<AuthorizerTest['httpContext']> | undefined {
  if (transport === 'mqtt') return undefined
  const read = readHeaders(headers).headers.filter(({ value }) => value !== '')
  const text = query.replace(/^\?/, '')
  return {
    ...(read.length > 0 && { headers: Object.fromEntries(read.map(({ key, value }) => [key, value])) }),
    ...(text !== '' && { queryString: `?${text}` }),
  }
}

/** What was not sent is not there. */
function mqttOf({
  transport,
  userName,
  password,
  clientId,
}: Sent): NonNullable<AuthorizerTest['mqttContext']> | undefined {
  if (transport === 'https') return undefined
  return {
    ...(userName !== '' && { username: userName }),
    ...(password !== '' && { password: base64Of(password) }),
    ...(clientId !== '' && { clientId }),
  }
}

/** Of its bytes in UTF-8: AWS hands a password on as base64. */
const base64Of = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))
