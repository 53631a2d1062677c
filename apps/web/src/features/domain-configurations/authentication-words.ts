import {
  APPLICATION_PROTOCOLS,
  type ApplicationProtocol,
  AUTHENTICATION_TYPES,
  type AuthenticationType,
  PROTOCOLS_OF_AUTHENTICATION,
} from '@thingdeck/contract'

interface Words {
  readonly label: string
  readonly description: string
}

/** AWS IoT API reference, CreateDomainConfiguration, in words. */
export const AUTHENTICATION_WORDS: Readonly<Record<AuthenticationType, Words>> = {
  DEFAULT: {
    label: 'DEFAULT: by port and ALPN',
    description: 'As at the account’s own endpoint: what the client does in its TLS handshake says how it is let in.',
  },
  AWS_X509: {
    label: 'AWS_X509: certificates',
    description: 'Clients show a certificate that is registered with AWS IoT.',
  },
  AWS_SIGV4: {
    label: 'AWS_SIGV4: signed requests',
    description: 'Clients sign with credentials of AWS, as the console does.',
  },
  CUSTOM_AUTH: {
    label: 'CUSTOM_AUTH: an authorizer',
    description: 'Clients without a certificate: an authorizer’s function decides.',
  },
  CUSTOM_AUTH_X509: {
    label: 'CUSTOM_AUTH_X509: certificate and authorizer',
    description: 'Clients show a certificate, and an authorizer’s function decides besides. Policies of both count.',
  },
}

export const PROTOCOL_WORDS: Readonly<Record<ApplicationProtocol, Words>> = {
  DEFAULT: { label: 'DEFAULT: by port and ALPN', description: 'MQTT, WebSocket and HTTPS, each at its port.' },
  SECURE_MQTT: { label: 'SECURE_MQTT', description: 'MQTT over TLS, without the need of ALPN.' },
  MQTT_WSS: { label: 'MQTT_WSS', description: 'MQTT over WebSocket.' },
  HTTPS: { label: 'HTTPS', description: 'Publishing by POST; with certificates shadows and jobs, too.' },
}

const isAuthentication = (text: string): text is AuthenticationType =>
  AUTHENTICATION_TYPES.some((each) => each === text)
const isProtocol = (text: string): text is ApplicationProtocol => APPLICATION_PROTOCOLS.some((each) => each === text)

/** What a pair means for clients. A word that AWS has since this was written stands for itself. */
export function pairInWords(authenticationType: string, applicationProtocol: string): string {
  const authentication = isAuthentication(authenticationType)
    ? AUTHENTICATION_WORDS[authenticationType].description
    : authenticationType
  const protocol = isProtocol(applicationProtocol)
    ? PROTOCOL_WORDS[applicationProtocol].description
    : applicationProtocol
  return authenticationType === 'DEFAULT' && applicationProtocol === 'DEFAULT'
    ? authentication
    : `${authentication} ${protocol}`
}

/** Why AWS IoT does not take a pair; undefined: it does. */
export function whyNoPair(
  authenticationType: AuthenticationType,
  applicationProtocol: ApplicationProtocol,
): string | undefined {
  const taken = PROTOCOLS_OF_AUTHENTICATION[authenticationType]
  return taken.includes(applicationProtocol)
    ? undefined
    : `With ${authenticationType} AWS IoT takes ${taken.join(', ').replace(/, ([^,]*)$/, ' or $1')}.`
}

/** Whether an authorizer has a part in it. */
export const asksAuthorizers = (authenticationType: string): boolean =>
  authenticationType !== 'AWS_X509' && authenticationType !== 'AWS_SIGV4'

/** Whether clients show a certificate, which a function may look at first (AWS IoT Core developer guide, "Customizing client authentication"). */
export const hasCertificates = (authenticationType: string): boolean =>
  authenticationType === 'AWS_X509' || authenticationType === 'CUSTOM_AUTH_X509'
