import {
  evaluateTemplate,
  ProvisioningFailure,
  type ProvisioningPlan,
  parseTemplate,
  TemplateError,
  type TemplateUse,
} from '@thingdeck/provisioning'

/** What a template makes of a device's parameters, before anybody looks at what is there. */
export type Rehearsed =
  /** Nobody can be provisioned by it. */
  | { readonly kind: 'invalid'; readonly error: TemplateError }
  | { readonly kind: 'failed'; readonly failure: ProvisioningFailure }
  | { readonly kind: 'planned'; readonly plan: ProvisioningPlan }

/** @param pseudo what AWS IoT knows of the certificate, by the whole names: `AWS::IoT::Certificate::Id` */
export function rehearse(
  templateBody: string,
  use: TemplateUse,
  parameters: Readonly<Record<string, string>>,
  pseudo: Readonly<Record<string, string>>,
): Rehearsed {
  try {
    return { kind: 'planned', plan: evaluateTemplate(parseTemplate(templateBody, use), parameters, pseudo) }
  } catch (error) {
    if (error instanceof TemplateError) return { kind: 'invalid', error }
    if (error instanceof ProvisioningFailure) return { kind: 'failed', failure: error }
    throw error
  }
}
