import type { PlannedCertificate, PlannedThing } from './evaluate-template.ts'
import { ProvisioningFailure } from './provisioning-failure.ts'
import type { OverrideAction } from './template.ts'

/** A thing that bears the planned name already. */
export interface ExistingThing {
  readonly attributes: Readonly<Record<string, string>>
  readonly thingTypeName?: string
  /** Static ones that it is in directly. */
  readonly thingGroups: readonly string[]
  readonly billingGroup?: string
}

/** What happens to one property of a resource that is there already. */
export interface OverrideDecision<Value> {
  /** The setting that decided; undefined: the template has none for it. */
  readonly setting: OverrideAction | undefined
  readonly before: Value
  /** The same as `before` where nothing changes. */
  readonly after: Value
  readonly isChanged: boolean
}

export interface ThingDecisions {
  readonly attributes: OverrideDecision<Readonly<Record<string, string>>>
  readonly thingTypeName: OverrideDecision<string | undefined>
  readonly thingGroups: OverrideDecision<readonly string[]>
  readonly billingGroup: OverrideDecision<string | undefined>
}

/**
 * What OverrideSettings make of a thing that is there already. A setting that is not given is DO_NOTHING.
 * @throws {ProvisioningFailure} of the kind `conflict`, where a setting is FAIL for a property that the template has
 * @see AWS IoT guide, "Override settings"
 */
export function decideThing(planned: PlannedThing, existing: ExistingThing): ThingDecisions {
  const { overrides, path } = planned
  const property = <Value>(
    name: string,
    setting: OverrideAction | undefined,
    wanted: Value | undefined,
    before: Value,
    merge: (before: Value, wanted: Value) => Value = (_, only) => only,
  ): OverrideDecision<Value> => {
    if (wanted === undefined) return { setting, before, after: before, isChanged: false }
    if (setting === 'FAIL') {
      const reason = `the thing ${planned.thingName} is there already, and OverrideSettings says FAIL`
      throw new ProvisioningFailure('thing', `${path}.Properties.${name}`, reason, 'conflict')
    }
    const after = setting === 'REPLACE' ? wanted : setting === 'MERGE' ? merge(before, wanted) : before
    return { setting, before, after, isChanged: !isSame(before, after) }
  }
  return {
    attributes: property(
      'AttributePayload',
      overrides.attributePayload,
      planned.attributes,
      existing.attributes,
      (before, wanted) => ({ ...before, ...wanted }),
    ),
    thingTypeName: property<string | undefined>(
      'ThingTypeName',
      overrides.thingTypeName,
      planned.thingTypeName,
      existing.thingTypeName,
    ),
    thingGroups: property(
      'ThingGroups',
      overrides.thingGroups,
      planned.thingGroups,
      existing.thingGroups,
      (before, wanted) => [...new Set([...before, ...wanted])],
    ),
    billingGroup: property<string | undefined>('BillingGroup', undefined, planned.billingGroup, existing.billingGroup),
  }
}

/**
 * Which status a certificate gets that is there already. One that waits for its activation always gets the template's:
 * that is what provisioning is for.
 * @throws {ProvisioningFailure} of the kind `conflict`, where the setting is FAIL
 */
export function decideCertificateStatus(planned: PlannedCertificate, before: string): OverrideDecision<string> {
  const { status: setting } = planned.overrides
  const isWaiting = before === 'PENDING_ACTIVATION'
  if (setting === 'FAIL' && !isWaiting) {
    const reason = `the certificate is ${before} already, and OverrideSettings says FAIL`
    throw new ProvisioningFailure('certificate', `${planned.path}.Properties.Status`, reason, 'conflict')
  }
  const after = isWaiting || setting === 'REPLACE' ? planned.status : before
  return { setting, before, after, isChanged: after !== before }
}

/** Texts, lists and maps of texts, however they are ordered. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other))
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.toSorted()
  return typeof value === 'object' && value !== null ? Object.entries(value).toSorted() : value
}
