import type { AuthenticationType } from '@aws-sdk/client-iot'
import type { Domain } from '../foundation/domains.ts'

/** ALPN names of the device gateway (AWS guide, "Device communication protocols"). */
const ALPN_MQTT = 'x-amzn-mqtt-ca'
export const ALPN_CUSTOM_AUTH = 'mqtt'
export const ALPN_PROTOCOLS: readonly string[] = [ALPN_MQTT, 'x-amzn-http-ca', 'http/1.1', 'http/1.0', ALPN_CUSTOM_AUTH]

/** What somebody is expected to speak, and how to show who it is. `EITHER`: the first byte tells. */
export interface Reception {
  readonly speaks: 'MQTT' | 'HTTP' | 'EITHER'
  /** `DEFAULT`, over HTTP alone: by certificate, signature or authorizer, as the client likes. */
  readonly authentication: AuthenticationType
}

/** Why nobody is received, as entries of the log have it. */
export interface NoReception {
  readonly reason: 'DOMAIN_CONFIGURATION_DISABLED' | 'DOMAIN_CONFIGURATION_INVALID'
  readonly details: string
  /** What was expected; at a domain that leaves it to the port, a certificate. */
  readonly authentication: Exclude<AuthenticationType, 'DEFAULT'>
}

/**
 * How somebody is received who has shaken hands: by the domain configuration where it says something, else by the port
 * and ALPN. The port `https` has what AWS has on 443 and on 8443.
 * @param alpn the protocol that was agreed on, if any
 * @see AWS IoT Core developer guide, "Protocols, port mappings, and authentication"
 */
export function receptionOf(
  port: 'mqtts' | 'https',
  alpn: string | undefined,
  domain: Domain | undefined,
): Reception | NoReception {
  if (domain && !domain.isEnabled) {
    return {
      reason: 'DOMAIN_CONFIGURATION_DISABLED',
      authentication: domain.authenticationType === 'DEFAULT' ? 'AWS_X509' : domain.authenticationType,
      details: `The domain configuration ${domain.domainConfigurationName} is disabled`,
    }
  }
  if (!domain || domain.authenticationType === 'DEFAULT') return receptionByPort(port, alpn)
  const { authenticationType: authentication, applicationProtocol, domainConfigurationName: name } = domain
  const isMqtt = applicationProtocol === 'SECURE_MQTT'
  // "Custom authentication never works on 8883."
  if (port === 'mqtts' && !(isMqtt && authentication === 'AWS_X509')) {
    const details = `The domain configuration ${name} has ${authentication} over ${applicationProtocol}, which this port has not`
    return { reason: 'DOMAIN_CONFIGURATION_INVALID', details, authentication }
  }
  return { speaks: isMqtt ? 'MQTT' : 'HTTP', authentication }
}

function receptionByPort(port: 'mqtts' | 'https', alpn: string | undefined): Reception {
  if (port === 'mqtts' || alpn === ALPN_MQTT) return { speaks: 'MQTT', authentication: 'AWS_X509' }
  // MQTT over WebSocket, too, where CONNECT carries the credentials.
  if (alpn === ALPN_CUSTOM_AUTH) return { speaks: 'EITHER', authentication: 'CUSTOM_AUTH' }
  return { speaks: 'HTTP', authentication: 'DEFAULT' }
}
