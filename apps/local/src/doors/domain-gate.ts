import type { IncomingMessage } from 'node:http'
import { AwsError } from '@thingdeck/aws-api'
import type { Domain } from '../foundation/domains.ts'
import { isSigned } from './strangers.ts'

/**
 * Why a domain's configuration does not let a request pass: it is disabled, has another protocol, or has another
 * authentication than a signature. At the default endpoints everything passes.
 */
export function domainRefusal(
  domain: Domain | undefined,
  request: IncomingMessage,
  isUpgrade: boolean,
): AwsError | undefined {
  if (!domain) return undefined
  const { domainConfigurationName: name, isEnabled, applicationProtocol, authenticationType } = domain
  if (!isEnabled) return refusal(`The domain configuration ${name} is disabled`)
  const protocol = isUpgrade ? 'MQTT_WSS' : 'HTTPS'
  if (applicationProtocol !== 'DEFAULT' && applicationProtocol !== protocol) {
    return refusal(`The domain configuration ${name} has ${applicationProtocol} alone, and this is ${protocol}`)
  }
  if (authenticationType === 'DEFAULT' || authenticationType === 'AWS_SIGV4' || !isSigned(request)) return undefined
  return refusal(`The domain configuration ${name} has ${authenticationType} alone, and this request is signed`)
}

const refusal = (message: string): AwsError => new AwsError('ForbiddenException', message)
