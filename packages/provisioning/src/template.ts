/**
 * Which door a template is for. `FLEET_PROVISIONING`: by claim or by a trusted user, over MQTT. `JITP`: at the first
 * connection with a certificate of one's own CA. `REGISTRATION`: RegisterThing and StartThingRegistrationTask.
 */
export type TemplateUse = 'FLEET_PROVISIONING' | 'JITP' | 'REGISTRATION'

/** A value that is known once there are parameters. `path` is where it stands in the template. */
export type TemplateValue = { readonly path: string } & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'Ref'; readonly parameter: string }
  | { readonly kind: 'Fn::Join'; readonly delimiter: string; readonly values: TemplateList }
  | { readonly kind: 'Fn::Select'; readonly index: TemplateValue; readonly from: TemplateList }
  | { readonly kind: 'Fn::FindInMap'; readonly map: string; readonly keys: readonly [TemplateValue, TemplateValue] }
  | { readonly kind: 'Fn::Split'; readonly delimiter: string; readonly value: TemplateValue }
  | {
      readonly kind: 'Fn::Sub'
      readonly pieces: readonly SubstitutionPiece[]
      readonly variables: ReadonlyMap<string, TemplateValue>
    }
)

/** Items written out, or one value that makes a list: Fn::Split, or Fn::FindInMap of a list. */
export type TemplateList = readonly (TemplateValue | NullItem)[] | TemplateValue

/** AWS refuses it once Fn::Select chooses it, not before. */
export interface NullItem {
  readonly kind: 'null'
  readonly path: string
}

export type SubstitutionPiece = { readonly text: string } | { readonly variable: string }

export interface ParameterDeclaration {
  readonly default?: string
}

export type OverrideAction = 'DO_NOTHING' | 'REPLACE' | 'FAIL' | 'MERGE'

interface Resource {
  readonly logicalName: string
  /** Where it stands in the template. */
  readonly path: string
}

export interface ThingTemplate extends Resource {
  readonly thingName: TemplateValue
  readonly attributes?: ReadonlyMap<string, TemplateValue>
  readonly thingTypeName?: TemplateValue
  readonly thingGroups?: readonly TemplateValue[]
  readonly billingGroup?: TemplateValue
  /** Names of packages, with the version that the thing has. */
  readonly packageVersions: ReadonlyMap<string, TemplateValue>
  /** Only what the template says. */
  readonly overrides: {
    readonly attributePayload?: OverrideAction
    readonly thingTypeName?: Exclude<OverrideAction, 'MERGE'>
    readonly thingGroups?: OverrideAction
  }
}

export interface CertificateTemplate extends Resource {
  readonly source:
    | { readonly kind: 'CertificateId'; readonly certificateId: TemplateValue }
    | { readonly kind: 'CertificateSigningRequest'; readonly certificateSigningRequest: TemplateValue }
    | {
        readonly kind: 'CertificatePem'
        readonly certificatePem: TemplateValue
        readonly caCertificatePem?: TemplateValue
      }
  readonly status?: TemplateValue
  readonly thingPrincipalType?: TemplateValue
  readonly overrides: { readonly status?: Exclude<OverrideAction, 'MERGE'> }
}

export interface PolicyTemplate extends Resource {
  readonly policy:
    | { readonly kind: 'PolicyName'; readonly policyName: TemplateValue }
    | { readonly kind: 'PolicyDocument'; readonly policyDocument: TemplateValue }
}

/** A template whose form is right. What its values become depends on the parameters. */
export interface ProvisioningTemplate {
  readonly use: TemplateUse
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>
  /** By name and both keys. */
  readonly mappings: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, string | readonly string[]>>>
  readonly thing?: ThingTemplate
  readonly certificate?: CertificateTemplate
  readonly policies: readonly PolicyTemplate[]
  readonly deviceConfiguration?: ReadonlyMap<string, TemplateValue>
}
