import type { ProvisioningPresence, ProvisioningSurroundings } from '@thingdeck/contract'
import {
  decideCertificateStatus,
  decideThing,
  type OverrideDecision,
  type PlannedCertificate,
  type PlannedPolicy,
  type PlannedThing,
  ProvisioningFailure,
  type ProvisioningPlan,
} from '@thingdeck/provisioning'

/** What becomes of one resource. */
export type Effect = 'made' | 'changed' | 'kept' | 'refused' | 'unknown'

/** A value before and after, as text. */
export interface ValueChange {
  readonly key: string
  readonly before: string | undefined
  readonly after: string | undefined
}

/** One step of provisioning, in the order in which AWS IoT takes them. */
export interface OutcomeStep {
  readonly id: string
  /** 'Thing pump-7' */
  readonly what: string
  readonly effect: Effect
  /** One sentence. */
  readonly words: string
  /** Where in the template it stands. */
  readonly path?: string
  readonly changes?: readonly ValueChange[]
}

/** Of a device: it is all done, or nothing is. */
export interface Outcome {
  /** The gravest: `refused` where one step is refused, `unknown` where it is not known of one. */
  readonly effect: Effect
  readonly steps: readonly OutcomeStep[]
}

/** What provisioning makes of a plan, with the resources of the account as they are. */
export function outcomeOf(plan: ProvisioningPlan, surroundings: ProvisioningSurroundings): Outcome {
  const { thing, certificate, policies, deviceConfiguration } = plan
  const byName = policies.filter(({ policy }) => policy.kind === 'PolicyName')
  const steps = [
    ...policies.map((policy) => policyStep(policy, surroundings.policies[byName.indexOf(policy)])),
    ...(certificate ? [certificateStep(certificate, surroundings)] : []),
    ...(thing ? thingSteps(thing, surroundings) : []),
    ...(certificate ? attachSteps(plan) : []),
    ...(deviceConfiguration ? [configurationStep(deviceConfiguration)] : []),
  ]
  return { effect: gravestOf(steps), steps }
}

const GRAVITY: readonly Effect[] = ['refused', 'unknown', 'changed', 'made', 'kept']

const gravestOf = (steps: readonly Pick<OutcomeStep, 'effect'>[]): Effect =>
  GRAVITY.find((effect) => steps.some((step) => step.effect === effect)) ?? 'kept'

function policyStep(
  { logicalName, path, policy }: PlannedPolicy,
  found: ProvisioningPresence | undefined,
): OutcomeStep {
  if (policy.kind === 'PolicyDocument') {
    const words =
      'The policy of this document is attached; AWS IoT names it after the document, and makes it where there is none of it yet.'
    return {
      id: `policy ${logicalName}`,
      what: `Policy ${logicalName}`,
      effect: 'made',
      words,
      path,
      changes: [{ key: 'document', before: undefined, after: policy.policyDocument }],
    }
  }
  const step = {
    id: `policy ${logicalName}`,
    what: `Policy ${policy.policyName}`,
    path: `${path}.Properties.PolicyName`,
  }
  return needed(
    step,
    found,
    'There is no such policy: a template with a name alone makes none.',
    'It is attached as it is.',
  )
}

function certificateStep(planned: PlannedCertificate, { certificate: found }: ProvisioningSurroundings): OutcomeStep {
  const { status, path, source } = planned
  const step = { id: 'certificate', what: 'Certificate', path }
  if (source.kind !== 'CertificateId') {
    return { ...step, effect: 'refused', words: 'Only a CertificateId can be used here.' }
  }
  // It waits for its activation: the device was given it a moment before.
  const before = found?.presence === 'there' && found.status !== undefined ? found.status : 'PENDING_ACTIVATION'
  if (found && found.presence !== 'there') return needed(step, found, 'There is no certificate of this id.', '')
  return caught(step, () => {
    const { after, isChanged } = decideCertificateStatus(planned, before)
    const words = isChanged
      ? after === 'ACTIVE'
        ? 'It becomes active: the device can connect with it.'
        : `It becomes ${after}: the device cannot connect until somebody activates it.`
      : `It stays ${before}; the template would have it ${status}.`
    return {
      ...step,
      effect: isChanged ? 'changed' : 'kept',
      words,
      changes: isChanged ? [{ key: 'Status', before, after }] : [],
    }
  })
}

function thingSteps(thing: PlannedThing, surroundings: ProvisioningSurroundings): readonly OutcomeStep[] {
  const { path } = thing
  const property = (name: string) => `${path}.Properties.${name}`
  const found = surroundings.thing
  const isThere = found?.presence === 'there' && found.thing !== undefined
  return [
    ...(thing.thingTypeName === undefined
      ? []
      : [
          needed(
            { id: 'type', what: `Thing type ${thing.thingTypeName}`, path: property('ThingTypeName') },
            surroundings.thingType,
            'There is no such thing type: a template makes none.',
            'It is there.',
          ),
        ]),
    ...(thing.thingGroups ?? []).map((name, index) =>
      needed(
        { id: `group ${name} ${index}`, what: `Thing group ${name}`, path: property('ThingGroups') },
        surroundings.thingGroups[index],
        'There is no such thing group: a template makes none.',
        'It is there.',
      ),
    ),
    ...(thing.billingGroup === undefined
      ? []
      : [
          needed(
            { id: 'billing', what: `Billing group ${thing.billingGroup}`, path: property('BillingGroup') },
            surroundings.billingGroup,
            'There is no such billing group: a template makes none.',
            'It is there.',
          ),
        ]),
    ...Object.entries(thing.packageVersions).map(([name, version], index) =>
      needed(
        { id: `package ${name}`, what: `Package ${name}, version ${version}`, path: property('PackageVersions') },
        surroundings.packageVersions[index],
        `There is no version ${version} of such a package.`,
        'It is said in the shadow $package of the thing.',
      ),
    ),
    isThere ? changedThing(thing, found.thing) : newThing(thing, found),
  ]
}

function newThing(thing: PlannedThing, found: ProvisioningSurroundings['thing']): OutcomeStep {
  const { thingName, attributes = {}, thingTypeName, thingGroups = [], billingGroup } = thing
  const step = { id: 'thing', what: `Thing ${thingName}`, path: `${thing.path}.Properties.ThingName` }
  if (found && found.presence !== 'missing') return needed(step, found, '', '')
  const values: readonly (readonly [string, string | undefined])[] = [
    ...Object.entries(attributes).map(([name, value]) => [`attribute ${name}`, value] as const),
    ['type', thingTypeName],
    ['groups', thingGroups.length === 0 ? undefined : thingGroups.join(', ')],
    ['billing group', billingGroup],
  ]
  return {
    ...step,
    effect: 'made',
    words: 'There is no thing of this name: it is made.',
    changes: values.flatMap(([key, after]) => (after === undefined ? [] : [{ key, before: undefined, after }])),
  }
}

type FoundThing = NonNullable<NonNullable<ProvisioningSurroundings['thing']>['thing']>

function changedThing(planned: PlannedThing, found: FoundThing | undefined): OutcomeStep {
  const { thingName, path } = planned
  const step = { id: 'thing', what: `Thing ${thingName}`, path }
  if (!found) return { ...step, effect: 'unknown', words: 'How the thing is could not be read.' }
  return caught(step, () => {
    const { attributes, thingTypeName, thingGroups, billingGroup } = decideThing(planned, found)
    const changes = [
      ...attributeChanges(attributes),
      ...(thingTypeName.isChanged ? [{ key: 'type', before: thingTypeName.before, after: thingTypeName.after }] : []),
      ...(thingGroups.isChanged
        ? [{ key: 'groups', before: thingGroups.before.join(', '), after: thingGroups.after.join(', ') }]
        : []),
      ...(billingGroup.isChanged
        ? [{ key: 'billing group', before: billingGroup.before, after: billingGroup.after }]
        : []),
    ]
    const settings = [
      settingWords('attributes', attributes),
      settingWords('type', thingTypeName),
      settingWords('groups', thingGroups),
    ].join(', ')
    return changes.length === 0
      ? { ...step, effect: 'kept', words: `It is there, and stays as it is. OverrideSettings: ${settings}.`, changes }
      : { ...step, effect: 'changed', words: `It is there, and is changed. OverrideSettings: ${settings}.`, changes }
  })
}

const settingWords = (what: string, { setting }: OverrideDecision<unknown>): string =>
  `${what} ${setting ?? 'DO_NOTHING, as none is given'}`

function attributeChanges({
  before,
  after,
}: OverrideDecision<Readonly<Record<string, string>>>): readonly ValueChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
    before[name] === after[name] ? [] : [{ key: `attribute ${name}`, before: before[name], after: after[name] }],
  )
}

function attachSteps({ thing, certificate, policies }: ProvisioningPlan): readonly OutcomeStep[] {
  const parts = [
    ...(policies.length === 0 ? [] : [policies.length === 1 ? 'the policy' : `${policies.length} policies`]),
    ...(thing ? [`the thing ${thing.thingName}`] : []),
  ]
  if (parts.length === 0) return []
  const exclusive =
    certificate?.thingPrincipalType === 'EXCLUSIVE_THING' ? ' The certificate then belongs to this thing alone.' : ''
  return [
    {
      id: 'attach',
      what: 'Attachments',
      effect: 'made',
      words: `The certificate is attached to ${parts.join(' and ')}.${exclusive}`,
    },
  ]
}

const configurationStep = (configuration: Readonly<Record<string, string>>): OutcomeStep => ({
  id: 'configuration',
  what: 'Device configuration',
  effect: 'made',
  words: 'The device is sent it with the answer.',
  changes: Object.entries(configuration).map(([key, after]) => ({ key, before: undefined, after })),
})

/** What has to be there already. */
function needed(
  step: Pick<OutcomeStep, 'id' | 'what' | 'path'>,
  found: ProvisioningPresence | undefined,
  whenMissing: string,
  whenThere: string,
): OutcomeStep {
  switch (found?.presence) {
    case 'there':
      return { ...step, effect: 'kept', words: whenThere }
    case 'missing':
      return { ...step, effect: 'refused', words: whenMissing }
    case 'not-a-name':
      return { ...step, effect: 'refused', words: `AWS takes no such name: ${found.message ?? ''}` }
    case 'unfit':
      return { ...step, effect: 'refused', words: found.message ?? '' }
    case 'unknown':
      return {
        ...step,
        effect: 'unknown',
        words: `Whether it is there the console may not read: ${found.message ?? ''}`,
      }
    case undefined:
      return { ...step, effect: 'unknown', words: 'Whether it is there was not looked at.' }
  }
}

/** What OverrideSettings refuse. */
function caught(step: Pick<OutcomeStep, 'id' | 'what' | 'path'>, decide: () => OutcomeStep): OutcomeStep {
  try {
    return decide()
  } catch (error) {
    if (!(error instanceof ProvisioningFailure)) throw error
    return { ...step, effect: 'refused', words: `${error.reason}.`, path: error.path }
  }
}
