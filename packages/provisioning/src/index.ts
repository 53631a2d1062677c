export {
  type CertificateStatus,
  evaluateTemplate,
  type PlannedCertificate,
  type PlannedPolicy,
  type PlannedThing,
  type ProvisioningPlan,
  type ThingPrincipalType,
} from './evaluate-template.ts'
export { MAX_TEMPLATE_CHARACTERS, MAX_TEXT_CHARACTERS } from './limits.ts'
export {
  decideCertificateStatus,
  decideThing,
  type ExistingThing,
  type OverrideDecision,
  type ThingDecisions,
} from './override-decisions.ts'
export { parseTemplate } from './parse-template.ts'
export { ProvisioningFailure, type ProvisioningStep } from './provisioning-failure.ts'
export { PSEUDO_PARAMETERS } from './pseudo-parameters.ts'
export {
  PROVISIONING_ROLE_ACTIONS,
  type ProvisioningRoleAction,
  provisioningTrust,
  rolePermissions,
} from './role-permissions.ts'
export type { OverrideAction, ProvisioningTemplate, TemplateUse, TemplateValue } from './template.ts'
export { type TemplateCompletionKind, templateCompletions } from './template-completions.ts'
export { TemplateError } from './template-error.ts'
