import { ProvisioningFailure } from './provisioning-failure.ts'
import { isPseudo } from './pseudo-parameters.ts'
import { Resolver } from './resolve.ts'
import type { CertificateTemplate, PolicyTemplate, ProvisioningTemplate, ThingTemplate } from './template.ts'

export type CertificateStatus = 'ACTIVE' | 'INACTIVE'
export type ThingPrincipalType = 'EXCLUSIVE_THING' | 'NON_EXCLUSIVE_THING'

/** A resource as the template wants it for one device. */
interface PlannedResource {
  readonly logicalName: string
  /** Where it stands in the template. */
  readonly path: string
}

export interface PlannedThing extends PlannedResource {
  readonly thingName: string
  /** Undefined: the template names none. */
  readonly attributes: Readonly<Record<string, string>> | undefined
  readonly thingTypeName: string | undefined
  readonly thingGroups: readonly string[] | undefined
  readonly billingGroup: string | undefined
  readonly packageVersions: Readonly<Record<string, string>>
  readonly overrides: ThingTemplate['overrides']
}

export interface PlannedCertificate extends PlannedResource {
  readonly source:
    | { readonly kind: 'CertificateId'; readonly certificateId: string }
    | { readonly kind: 'CertificateSigningRequest'; readonly certificateSigningRequest: string }
    | { readonly kind: 'CertificatePem'; readonly certificatePem: string; readonly caCertificatePem?: string }
  readonly status: CertificateStatus
  readonly thingPrincipalType: ThingPrincipalType
  readonly overrides: CertificateTemplate['overrides']
}

export interface PlannedPolicy extends PlannedResource {
  /** A policy that must be there, or the document of one that is named after it. */
  readonly policy:
    | { readonly kind: 'PolicyName'; readonly policyName: string }
    | { readonly kind: 'PolicyDocument'; readonly policyDocument: string }
}

/** What a template wants for one device, before anyone looks at what is there already. */
export interface ProvisioningPlan {
  readonly thing?: PlannedThing
  readonly certificate?: PlannedCertificate
  readonly policies: readonly PlannedPolicy[]
  /** What the device is sent; undefined: the template has none. */
  readonly deviceConfiguration?: Readonly<Record<string, string>>
}

/**
 * Fills in the parameters of one device. Those that the template does not declare are ignored.
 * @param given by the device or by whoever registers it. Names that begin with `AWS::` count only in `pseudo`.
 * @param pseudo what AWS IoT knows of the certificate, by the whole names: `AWS::IoT::Certificate::Id`
 * @throws {ProvisioningFailure} for the first value that there is none for
 */
export function evaluateTemplate(
  template: ProvisioningTemplate,
  given: Readonly<Record<string, string>>,
  pseudo: Readonly<Record<string, string>> = {},
): ProvisioningPlan {
  const resolver = new Resolver(template.mappings, parametersOf(template, given, pseudo))
  const at = <Value>(step: Resolver['step'], read: () => Value): Value => {
    resolver.step = step
    return read()
  }
  const { thing, certificate, policies, deviceConfiguration } = template
  return {
    ...(thing && { thing: at('thing', () => planThing(thing, resolver)) }),
    ...(certificate && { certificate: at('certificate', () => planCertificate(certificate, resolver)) }),
    policies: at('policy', () => policies.map((policy) => planPolicy(policy, resolver))),
    ...(deviceConfiguration && {
      deviceConfiguration: at('device configuration', () => resolver.texts(deviceConfiguration)),
    }),
  }
}

/**
 * @throws {ProvisioningFailure} for a declared one without a value: what a certificate's subject lacks, among others
 */
function parametersOf(
  { parameters }: ProvisioningTemplate,
  given: Readonly<Record<string, string>>,
  pseudo: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const values = new Map(Object.entries(pseudo))
  for (const [name, { default: ofTemplate }] of parameters) {
    const own = !isPseudo(name) && Object.hasOwn(given, name) ? given[name] : undefined
    const value = own ?? values.get(name) ?? ofTemplate
    if (value === undefined) {
      const why = isPseudo(name) ? 'the certificate has none' : 'none was given, and it has no default'
      throw new ProvisioningFailure('parameters', `Parameters.${name}`, `has no value: ${why}`)
    }
    values.set(name, value)
  }
  return values
}

function planThing(thing: ThingTemplate, resolver: Resolver): PlannedThing {
  const { logicalName, path, overrides, attributes, thingGroups, thingTypeName, billingGroup } = thing
  return {
    logicalName,
    path,
    thingName: nonEmpty(resolver, `${path}.Properties.ThingName`, resolver.text(thing.thingName)),
    attributes: attributes && resolver.texts(attributes),
    thingTypeName: thingTypeName && resolver.text(thingTypeName),
    thingGroups: thingGroups?.map((group) => resolver.text(group)),
    billingGroup: billingGroup && resolver.text(billingGroup),
    packageVersions: resolver.texts(thing.packageVersions),
    overrides,
  }
}

function planCertificate(certificate: CertificateTemplate, resolver: Resolver): PlannedCertificate {
  const { logicalName, path, overrides, status, thingPrincipalType } = certificate
  return {
    logicalName,
    path,
    source: certificateSource(certificate.source, resolver),
    // The guide's example of a fleet template writes it `Active`.
    status: oneOf(resolver, status, 'ACTIVE', ['ACTIVE', 'INACTIVE'], (text) => text.toUpperCase()),
    thingPrincipalType: oneOf(resolver, thingPrincipalType, 'NON_EXCLUSIVE_THING', [
      'EXCLUSIVE_THING',
      'NON_EXCLUSIVE_THING',
    ]),
    overrides,
  }
}

function certificateSource(source: CertificateTemplate['source'], resolver: Resolver): PlannedCertificate['source'] {
  switch (source.kind) {
    case 'CertificateId':
      return { kind: source.kind, certificateId: resolver.text(source.certificateId) }
    case 'CertificateSigningRequest':
      return { kind: source.kind, certificateSigningRequest: resolver.text(source.certificateSigningRequest) }
    case 'CertificatePem':
      return {
        kind: source.kind,
        certificatePem: resolver.text(source.certificatePem),
        ...(source.caCertificatePem && { caCertificatePem: resolver.text(source.caCertificatePem) }),
      }
  }
}

function planPolicy({ logicalName, path, policy }: PolicyTemplate, resolver: Resolver): PlannedPolicy {
  if (policy.kind === 'PolicyDocument') {
    return { logicalName, path, policy: { kind: policy.kind, policyDocument: resolver.text(policy.policyDocument) } }
  }
  const policyName = nonEmpty(resolver, `${path}.Properties.PolicyName`, resolver.text(policy.policyName))
  return { logicalName, path, policy: { kind: policy.kind, policyName } }
}

function nonEmpty(resolver: Resolver, path: string, text: string): string {
  return text === '' ? resolver.fail(path, 'is empty') : text
}

function oneOf<Word extends string>(
  resolver: Resolver,
  value: Parameters<Resolver['text']>[0] | undefined,
  otherwise: Word,
  words: readonly Word[],
  normalise: (text: string) => string = (text) => text,
): Word {
  if (!value) return otherwise
  const text = resolver.text(value)
  const found = words.find((word) => word === normalise(text))
  return found ?? resolver.fail(value.path, `is ${text === '' ? 'empty' : text}; it must be ${words.join(' or ')}`)
}
