/** The tabs of a thing's page in their order. Most are brought by the feature whose subject they are. */
export const THING_TABS = [
  'overview',
  'shadows',
  'live',
  'timeline',
  'certificates',
  'refusals',
  'permissions',
  'jobs',
  'commands',
  'changes',
] as const
export type ThingTabId = (typeof THING_TABS)[number]

/** The tabs of the pages of thing types and groups in their order. */
export const THING_TYPE_TABS = ['overview', 'things', 'tags'] as const
export type ThingTypeTabId = (typeof THING_TYPE_TABS)[number]
export const THING_GROUP_TABS = ['overview', 'things', 'policies', 'groups', 'tags'] as const
export type ThingGroupTabId = (typeof THING_GROUP_TABS)[number]
export const BILLING_GROUP_TABS = ['overview', 'things', 'tags'] as const
export type BillingGroupTabId = (typeof BILLING_GROUP_TABS)[number]
/** The tabs of a client's page in their order. */
export const CLIENT_TABS = ['overview', 'subscriptions', 'history'] as const
export type ClientTabId = (typeof CLIENT_TABS)[number]

/** The tabs of a policy's page in their order. */
export const POLICY_TABS = ['document', 'edit', 'versions', 'targets', 'tags'] as const
export type PolicyTabId = (typeof POLICY_TABS)[number]

/** The tabs of a provisioning template's page in their order. */
export const PROVISIONING_TABS = [
  'template',
  'edit',
  'rehearsal',
  'claims',
  'devices',
  'settings',
  'tags',
  'changes',
] as const
export type ProvisioningTabId = (typeof PROVISIONING_TABS)[number]

/** The tabs of a rule's page in their order. */
export const RULE_TABS = ['overview', 'trace', 'rehearsal', 'metrics', 'tags', 'changes'] as const
export type RuleTabId = (typeof RULE_TABS)[number]

/** The tabs of a job's page in their order. */
export const JOB_TABS = ['progress', 'executions', 'document', 'settings', 'compare', 'tags'] as const
export type JobTabId = (typeof JOB_TABS)[number]

/** The tabs of a command's page in their order. */
export const COMMAND_TABS = ['payload', 'executions', 'buttons', 'tags'] as const
export type CommandTabId = (typeof COMMAND_TABS)[number]
/** The tabs of a software package's page in their order. */
export const PACKAGE_TABS = ['versions', 'jobs', 'tags'] as const
export type PackageTabId = (typeof PACKAGE_TABS)[number]
