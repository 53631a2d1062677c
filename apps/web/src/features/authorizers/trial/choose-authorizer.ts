import type { ApplicationProtocol, DomainConfiguration } from '@thingdeck/contract'
import type { Transport } from './sent.ts'

/** What decides which authorizer is asked. */
export interface ChoiceFacts {
  readonly transport: Transport
  /** Undefined: the account's own endpoint, or one of which nothing is configured. */
  readonly domain: DomainConfiguration | undefined
  /** What the client names. */
  readonly named: string | undefined
  /** Of the account. */
  readonly accountDefault: string | undefined
}

/** The authorizer that is asked and why, or why none is. */
export type Choice =
  | { readonly kind: 'chosen'; readonly authorizerName: string; readonly why: string }
  | {
      readonly kind: 'none'
      /** As AWS IoT's log has it; undefined: it says nothing of this. */
      readonly reason?: string
      readonly why: string
      readonly whatToDo: string
    }

const PROTOCOL: Readonly<Record<Transport, ApplicationProtocol>> = {
  mqtt: 'SECURE_MQTT',
  wss: 'MQTT_WSS',
  https: 'HTTPS',
}

/**
 * Which authorizer AWS IoT asks: that of the domain, unless the client names another one and may; else the one that the
 * client names; else the default one of the account.
 * @see AWS IoT Core developer guide, "Connecting to AWS IoT Core by using custom authentication" and "Configurable endpoints"
 */
export function chooseAuthorizer({ transport, domain, named, accountDefault }: ChoiceFacts): Choice {
  if (domain) {
    const refused = refusedByDomain(domain, transport)
    if (refused) return refused
    const { defaultAuthorizerName: ofDomain, allowAuthorizerOverride } = domain.authorizer ?? {}
    if (ofDomain !== undefined && (named === undefined || named === ofDomain)) {
      const both = named === undefined ? '' : ' The client names the same one.'
      return chosen(ofDomain, `It is the authorizer of the domain ${domain.domainConfigurationName}.${both}`)
    }
    if (ofDomain !== undefined && allowAuthorizerOverride !== true) {
      return {
        kind: 'none',
        reason: 'CUSTOM_AUTHORIZER_PARAMETER_INVALID',
        why: `The client names ${named}, and the domain ${domain.domainConfigurationName} lets nobody name another authorizer than ${ofDomain}.`,
        whatToDo: 'Have the client name none, or allow the override in the domain configuration.',
      }
    }
    if (named !== undefined && ofDomain !== undefined) {
      return chosen(named, `The client names it, which the domain allows in place of ${ofDomain}.`)
    }
  }
  if (named !== undefined) return chosen(named, 'The client names it.')
  if (accountDefault !== undefined) {
    return chosen(accountDefault, 'The client names none: it is the default authorizer of the account.')
  }
  return {
    kind: 'none',
    reason: 'CUSTOM_AUTHORIZER_NOT_FOUND',
    why: 'The client names no authorizer, the domain has none, and the account has no default one.',
    whatToDo: 'Have the client name one, set one in the domain configuration, or set a default authorizer.',
  }
}

/** What comes of a name that no authorizer has. */
export const noSuchAuthorizer = (authorizerName: string): Choice => ({
  kind: 'none',
  reason: 'CUSTOM_AUTHORIZER_NOT_FOUND',
  why: `There is no authorizer ${authorizerName}.`,
  whatToDo: 'Compare the name with the list of authorizers, letter by letter: it is of this account and region.',
})

const chosen = (authorizerName: string, why: string): Choice => ({ kind: 'chosen', authorizerName, why })

function refusedByDomain(domain: DomainConfiguration, transport: Transport): Choice | undefined {
  const { domainConfigurationName: name, status, authenticationType, applicationProtocol } = domain
  if (status === 'DISABLED') {
    return {
      kind: 'none',
      reason: 'DOMAIN_CONFIGURATION_DISABLED',
      why: `The domain ${name} is disabled: whoever connects to it is refused.`,
      whatToDo: 'Enable the domain configuration.',
    }
  }
  if (authenticationType === 'AWS_X509' || authenticationType === 'AWS_SIGV4') {
    const by = authenticationType === 'AWS_X509' ? 'an X.509 certificate alone' : 'a signature of AWS alone'
    return {
      kind: 'none',
      why: `The domain ${name} lets clients in by ${by} (${authenticationType}): no authorizer is asked there.`,
      whatToDo: 'Use another domain, or set its authentication type to CUSTOM_AUTH.',
    }
  }
  if (applicationProtocol !== 'DEFAULT' && applicationProtocol !== PROTOCOL[transport]) {
    return {
      kind: 'none',
      why: `The domain ${name} takes ${applicationProtocol} alone, and the client comes by ${PROTOCOL[transport]}.`,
      whatToDo: 'Have the client come as the domain takes it, or change its application protocol.',
    }
  }
  return undefined
}
