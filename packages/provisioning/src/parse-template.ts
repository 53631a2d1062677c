import { MAX_TEMPLATE_CHARACTERS } from './limits.ts'
import { type Names, type ValueOptions, ValueParser } from './parse-value.ts'
import { isPseudo, PSEUDO_PARAMETERS } from './pseudo-parameters.ts'
import type {
  CertificateTemplate,
  ParameterDeclaration,
  PolicyTemplate,
  ProvisioningTemplate,
  TemplateUse,
  TemplateValue,
  ThingTemplate,
} from './template.ts'
import { TemplateError } from './template-error.ts'
import { type Place, TemplateReader } from './template-reader.ts'

const SECTIONS = ['Parameters', 'Mappings', 'Resources', 'DeviceConfiguration'] as const
const RESOURCE_TYPES = ['AWS::IoT::Thing', 'AWS::IoT::Certificate', 'AWS::IoT::Policy'] as const
const NOT_MERGED = ['DO_NOTHING', 'REPLACE', 'FAIL'] as const
const ACTIONS = [...NOT_MERGED, 'MERGE'] as const

/** The guide's prose names settings in capitals, its examples by the property. */
const SETTINGS = {
  AttributePayload: ['AttributePayload', 'ATTRIBUTE_PAYLOAD'],
  ThingTypeName: ['ThingTypeName', 'THING_TYPE_NAME'],
  ThingGroups: ['ThingGroups', 'THING_GROUPS'],
  Status: ['Status', 'STATUS'],
} as const

/**
 * Parses a provisioning template and checks all that can be checked without parameters.
 * @throws {TemplateError} for the first thing that is wrong
 * @see AWS IoT guide, "Provisioning templates"
 */
export function parseTemplate(text: string, use: TemplateUse): ProvisioningTemplate {
  if (text.length > MAX_TEMPLATE_CHARACTERS) {
    const sentence = `has ${text.length} characters; a template has at most ${MAX_TEMPLATE_CHARACTERS}`
    throw new TemplateError(sentence, '', text, MAX_TEMPLATE_CHARACTERS)
  }
  return new TemplateParser(new TemplateReader(text), use).template()
}

class TemplateParser {
  readonly #reader: TemplateReader
  readonly #use: TemplateUse

  constructor(reader: TemplateReader, use: TemplateUse) {
    this.#reader = reader
    this.#use = use
  }

  template(): ProvisioningTemplate {
    const reader = this.#reader
    const root = reader.root()
    const sections = reader.members(root, SECTIONS)
    const names = {
      use: this.#use,
      parameters: this.#parameters(sections.get('Parameters')),
      mappings: this.#mappings(sections.get('Mappings')),
    }
    const resources = new ResourceParser(reader, names)
    resources.read(reader.required(sections, 'Resources', root))
    const configuration = sections.get('DeviceConfiguration')
    if (configuration && this.#use !== 'FLEET_PROVISIONING') {
      reader.fail(configuration, 'is for templates of fleet provisioning: no other device is sent one')
    }
    return {
      ...names,
      ...(resources.thing && { thing: resources.thing }),
      ...(resources.certificate && { certificate: resources.certificate }),
      policies: resources.policies,
      ...(configuration && { deviceConfiguration: resources.values(configuration) }),
    }
  }

  #parameters(place: Place | undefined): ReadonlyMap<string, ParameterDeclaration> {
    if (!place) return new Map()
    return new Map(
      [...this.#reader.object(place)].map(([name, declaration]) => {
        const members = this.#reader.members(declaration, ['Type', 'Default'])
        this.#reader.oneOf(this.#reader.required(members, 'Type', declaration), ['String'])
        const known = PSEUDO_PARAMETERS[this.#use]
        if (isPseudo(name) && !known.includes(name)) {
          this.#reader.fail(declaration, `is no parameter of AWS here; there are ${known.join(', ') || 'none'}`)
        }
        const given = members.get('Default')
        return [name, given ? { default: this.#reader.text(given) } : {}]
      }),
    )
  }

  #mappings(place: Place | undefined): ProvisioningTemplate['mappings'] {
    const reader = this.#reader
    if (!place) return new Map()
    const within = <Value>(of: Place, read: (place: Place) => Value) =>
      new Map([...reader.object(of)].map(([key, value]) => [key, read(value)] as const))
    const leaf = (value: Place) =>
      value.node.items ? reader.items(value).map((item) => reader.text(item)) : reader.text(value)
    return within(place, (map) => within(map, (first) => within(first, leaf)))
  }
}

class ResourceParser {
  readonly #reader: TemplateReader
  readonly #parser: ValueParser
  readonly #names: Names
  thing: ThingTemplate | undefined
  certificate: CertificateTemplate | undefined
  readonly policies: PolicyTemplate[] = []

  constructor(reader: TemplateReader, names: Names) {
    this.#reader = reader
    this.#parser = new ValueParser(reader, names)
    this.#names = names
  }

  read(place: Place): void {
    for (const [logicalName, resource] of this.#reader.object(place)) this.#resource(logicalName, resource)
    if (this.#names.use !== 'REGISTRATION' && !this.certificate) {
      this.#reader.fail(place, 'lacks a resource of the type AWS::IoT::Certificate: the one that is provisioned')
    }
  }

  values(place: Place): ReadonlyMap<string, TemplateValue> {
    return new Map([...this.#reader.object(place)].map(([name, value]) => [name, this.#parser.value(value)]))
  }

  #resource(logicalName: string, place: Place): void {
    const reader = this.#reader
    const members = reader.members(place, ['Type', 'Properties', 'OverrideSettings'])
    const type = reader.oneOf(reader.required(members, 'Type', place), RESOURCE_TYPES)
    const properties = reader.required(members, 'Properties', place)
    const overrides = members.get('OverrideSettings')
    const resource = { logicalName, path: place.path }
    if (type === 'AWS::IoT::Thing') {
      if (this.thing) reader.fail(place, `is a second thing, beside ${this.thing.logicalName}`)
      this.thing = { ...resource, ...this.#thing(properties, overrides) }
    } else if (type === 'AWS::IoT::Certificate') {
      if (this.certificate) reader.fail(place, `is a second certificate, beside ${this.certificate.logicalName}`)
      this.certificate = { ...resource, ...this.#certificate(properties, overrides) }
    } else {
      if (overrides) reader.fail(overrides, 'is not available for policies')
      this.policies.push({ ...resource, policy: this.#policy(properties) })
    }
  }

  #thing(place: Place, overrides: Place | undefined): Omit<ThingTemplate, 'logicalName' | 'path'> {
    const reader = this.#reader
    const members = reader.members(place, [
      'ThingName',
      'AttributePayload',
      'ThingTypeName',
      'ThingGroups',
      'BillingGroup',
      'PackageVersions',
    ])
    const groups = members.get('ThingGroups')
    const attributes = members.get('AttributePayload')
    const packages = members.get('PackageVersions')
    const settings = this.#settings(overrides, ['AttributePayload', 'ThingTypeName', 'ThingGroups'])
    const [attributePayload, thingTypeName, thingGroups] = [
      settings.get('AttributePayload'),
      settings.get('ThingTypeName'),
      settings.get('ThingGroups'),
    ]
    return {
      thingName: this.#parser.value(reader.required(members, 'ThingName', place)),
      ...(attributes && { attributes: this.values(attributes) }),
      ...this.#optional(members, 'ThingTypeName', 'thingTypeName'),
      ...(groups && { thingGroups: reader.items(groups).map((item) => this.#parser.value(item)) }),
      ...this.#optional(members, 'BillingGroup', 'billingGroup'),
      packageVersions: packages ? this.values(packages) : new Map(),
      overrides: {
        ...(attributePayload && { attributePayload: reader.oneOf(attributePayload, ACTIONS) }),
        ...(thingTypeName && { thingTypeName: reader.oneOf(thingTypeName, NOT_MERGED) }),
        ...(thingGroups && { thingGroups: reader.oneOf(thingGroups, ACTIONS) }),
      },
    }
  }

  #certificate(place: Place, overrides: Place | undefined): Omit<CertificateTemplate, 'logicalName' | 'path'> {
    const reader = this.#reader
    const members = reader.members(place, [
      'CertificateId',
      'CertificateSigningRequest',
      'CertificatePem',
      'CACertificatePem',
      'Status',
      'ThingPrincipalType',
    ])
    const status = this.#settings(overrides, ['Status']).get('Status')
    return {
      source: this.#source(place, members),
      ...this.#optional(members, 'Status', 'status'),
      ...this.#optional(members, 'ThingPrincipalType', 'thingPrincipalType'),
      overrides: status ? { status: reader.oneOf(status, NOT_MERGED) } : {},
    }
  }

  #source(place: Place, members: ReadonlyMap<string, Place>): CertificateTemplate['source'] {
    const reader = this.#reader
    const given = (['CertificateId', 'CertificateSigningRequest', 'CertificatePem'] as const).flatMap((kind) => {
      const found = members.get(kind)
      return found ? [{ kind, found }] : []
    })
    const [first, second] = given
    if (!first) {
      return reader.fail(
        place,
        'must say which certificate: CertificateId, CertificateSigningRequest or CertificatePem',
      )
    }
    if (second) reader.fail(second.found, `must not stand beside ${first.kind}: one of them says which certificate`)
    if (first.kind !== 'CertificateId' && this.#names.use !== 'REGISTRATION') {
      reader.fail(first.found, 'is for bulk registration: here only a CertificateId can be used')
    }
    const ca = members.get('CACertificatePem')
    if (ca && first.kind !== 'CertificatePem') reader.fail(ca, 'belongs to a CertificatePem, which is not there')
    const value = this.#parser.value(first.found)
    if (first.kind === 'CertificateId') return { kind: first.kind, certificateId: value }
    if (first.kind === 'CertificateSigningRequest') return { kind: first.kind, certificateSigningRequest: value }
    return { kind: first.kind, certificatePem: value, ...(ca && { caCertificatePem: this.#parser.value(ca) }) }
  }

  #policy(place: Place): PolicyTemplate['policy'] {
    const reader = this.#reader
    const options: ValueOptions = { noJoin: true }
    const members = reader.members(place, ['PolicyName', 'PolicyDocument'])
    const [name, document] = [members.get('PolicyName'), members.get('PolicyDocument')]
    if (name && document) reader.fail(document, 'must not stand beside PolicyName: one of them says which policy')
    if (name) return { kind: 'PolicyName', policyName: this.#parser.value(name, options) }
    if (!document) return reader.fail(place, 'must say which policy: PolicyName or PolicyDocument')
    if (!document.node.members || isFunction(document)) {
      return { kind: 'PolicyDocument', policyDocument: this.#parser.value(document, options) }
    }
    // An example of the guide has the document itself where the text says that it is an escaped string.
    const { path } = document
    return { kind: 'PolicyDocument', policyDocument: { kind: 'text', path, text: reader.source(document) } }
  }

  #optional<Key extends string>(
    members: ReadonlyMap<string, Place>,
    name: string,
    key: Key,
  ): { readonly [Each in Key]?: TemplateValue } {
    const place = members.get(name)
    // The one key is Key: TypeScript widens computed keys to string.
    return place ? ({ [key]: this.#parser.value(place) } as { readonly [Each in Key]: TemplateValue }) : {}
  }

  /** Settings by the names of their properties, in whichever of the two spellings. */
  #settings<Name extends keyof typeof SETTINGS>(
    place: Place | undefined,
    names: readonly Name[],
  ): ReadonlyMap<Name, Place> {
    if (!place) return new Map()
    const members = this.#reader.members(
      place,
      names.flatMap((name) => [...SETTINGS[name]]),
    )
    return new Map(
      names.flatMap((name) => {
        const [found, twice] = SETTINGS[name].flatMap((spelling) => members.get(spelling) ?? [])
        if (twice) this.#reader.fail(twice, 'says the same setting a second time')
        return found ? [[name, found] as const] : []
      }),
    )
  }
}

function isFunction({ node }: Place): boolean {
  const [only, ...others] = node.members ?? []
  return only !== undefined && others.length === 0 && (only.key === 'Ref' || only.key.startsWith('Fn::'))
}
