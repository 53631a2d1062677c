/**
 * The registry's rules a second time, as plainly as possible: everything in memory, every question answered by looking
 * at everything. Calls answer with the name of AWS's exception, or undefined where they succeed.
 */
export class RegistryModel {
  readonly things = new Map<string, ModelThing>()
  readonly types = new Map<string, { deprecatedMs: number | undefined }>()
  readonly groups = new Map<string, { parent: string | undefined }>()
  readonly billingGroups = new Set<string>()

  createThing(name: string, type: string | undefined, billing: string | undefined, attributes: Values): Refusal {
    const kept = withoutEmpty(attributes)
    const present = this.things.get(name)
    if (present) {
      const same = present.type === type && present.billing === billing && equal(present.attributes, kept)
      return same ? undefined : 'ResourceAlreadyExistsException'
    }
    const refused = this.#typeRefusal(type)
    if (refused) return refused
    if (billing !== undefined && !this.billingGroups.has(billing)) return 'ResourceNotFoundException'
    if (Object.keys(kept).length > (type === undefined ? 3 : 50)) return 'InvalidRequestException'
    this.things.set(name, { type, billing, attributes: kept, version: 1, groups: new Set(), principals: new Map() })
    return undefined
  }

  updateThing(name: string, change: ThingUpdate): Refusal {
    if (change.type !== undefined && change.removeType) return 'InvalidRequestException'
    const thing = this.things.get(name)
    if (!thing) return 'ResourceNotFoundException'
    if (change.expectedVersion !== undefined && change.expectedVersion !== thing.version) {
      return 'VersionConflictException'
    }
    const refused = this.#typeRefusal(change.type)
    if (refused) return refused
    const type = change.removeType ? undefined : (change.type ?? thing.type)
    const given = change.attributes
    const attributes = given ? withoutEmpty(change.merge ? { ...thing.attributes, ...given } : given) : thing.attributes
    if (Object.keys(attributes).length > (type === undefined ? 3 : 50)) return 'InvalidRequestException'
    Object.assign(thing, { type, attributes, version: thing.version + 1 })
    return undefined
  }

  deleteThing(name: string, expectedVersion: number | undefined): Refusal {
    const thing = this.things.get(name)
    if (!thing) return undefined
    if (expectedVersion !== undefined && expectedVersion !== thing.version) return 'VersionConflictException'
    if (thing.principals.size > 0) return 'InvalidRequestException'
    this.things.delete(name)
    return undefined
  }

  createType(name: string): Refusal {
    if (!this.types.has(name)) this.types.set(name, { deprecatedMs: undefined })
    return undefined
  }

  deprecateType(name: string, undo: boolean, nowMs: number): Refusal {
    const type = this.types.get(name)
    if (!type) return 'ResourceNotFoundException'
    type.deprecatedMs = undo ? undefined : (type.deprecatedMs ?? nowMs)
    return undefined
  }

  deleteType(name: string, nowMs: number): Refusal {
    const type = this.types.get(name)
    if (!type) return 'ResourceNotFoundException'
    const waited = type.deprecatedMs !== undefined && nowMs - type.deprecatedMs >= 5 * 60_000
    if (!waited || [...this.things.values()].some((thing) => thing.type === name)) return 'InvalidRequestException'
    this.types.delete(name)
    return undefined
  }

  createGroup(name: string, parent: string | undefined): Refusal {
    if (parent !== undefined && !this.groups.has(parent)) return 'ResourceNotFoundException'
    const present = this.groups.get(name)
    if (present) return present.parent === parent ? undefined : 'ResourceAlreadyExistsException'
    if (parent !== undefined && this.lineOf(parent).length >= 7) return 'InvalidRequestException'
    this.groups.set(name, { parent })
    return undefined
  }

  deleteGroup(name: string): Refusal {
    if (!this.groups.has(name)) return undefined
    if ([...this.groups.values()].some(({ parent }) => parent === name)) return 'InvalidRequestException'
    this.groups.delete(name)
    for (const thing of this.things.values()) thing.groups.delete(name)
    return undefined
  }

  join(thingName: string, group: string): Refusal {
    const thing = this.things.get(thingName)
    if (!thing || !this.groups.has(group)) return 'ResourceNotFoundException'
    if (thing.groups.has(group)) return undefined
    const roots = [...thing.groups].map((name) => this.lineOf(name)[0])
    if (roots.includes(this.lineOf(group)[0]) || thing.groups.size >= 10) return 'InvalidRequestException'
    thing.groups.add(group)
    return undefined
  }

  leave(thingName: string, group: string): Refusal {
    const thing = this.things.get(thingName)
    if (!thing || !this.groups.has(group)) return 'ResourceNotFoundException'
    thing.groups.delete(group)
    return undefined
  }

  attach(thingName: string, principal: string, exclusive: boolean): Refusal {
    const thing = this.things.get(thingName)
    if (!thing) return 'ResourceNotFoundException'
    const others = [...this.things].filter(([name, { principals }]) => name !== thingName && principals.has(principal))
    if (others.some(([, { principals }]) => principals.get(principal))) return 'InvalidRequestException'
    if (exclusive && others.length > 0) return 'InvalidRequestException'
    thing.principals.set(principal, exclusive)
    return undefined
  }

  detach(thingName: string, principal: string): Refusal {
    return this.things.get(thingName)?.principals.delete(principal) ? undefined : 'ResourceNotFoundException'
  }

  createBillingGroup(name: string): Refusal {
    this.billingGroups.add(name)
    return undefined
  }

  deleteBillingGroup(name: string): Refusal {
    this.billingGroups.delete(name)
    for (const thing of this.things.values()) if (thing.billing === name) thing.billing = undefined
    return undefined
  }

  bill(thingName: string, group: string): Refusal {
    const thing = this.things.get(thingName)
    if (!thing || !this.billingGroups.has(group)) return 'ResourceNotFoundException'
    thing.billing = group
    return undefined
  }

  /** Names from the root to the group itself. */
  lineOf(group: string): string[] {
    const parent = this.groups.get(group)?.parent
    return parent === undefined ? [group] : [...this.lineOf(parent), group]
  }

  #typeRefusal(type: string | undefined): Refusal {
    if (type === undefined) return undefined
    const known = this.types.get(type)
    if (!known) return 'ResourceNotFoundException'
    return known.deprecatedMs === undefined ? undefined : 'InvalidRequestException'
  }
}

export type Refusal = string | undefined
export type Values = Record<string, string>

export interface ModelThing {
  type: string | undefined
  billing: string | undefined
  attributes: Values
  version: number
  groups: Set<string>
  /** Whether the attachment is exclusive, by principal. */
  principals: Map<string, boolean>
}

export interface ThingUpdate {
  readonly type?: string | undefined
  readonly removeType?: boolean | undefined
  readonly attributes?: Values | undefined
  readonly merge?: boolean | undefined
  readonly expectedVersion?: number | undefined
}

const withoutEmpty = (values: Values): Values => {
  const kept: Values = {}
  for (const [name, value] of Object.entries(values)) if (value) kept[name] = value
  return kept
}

const equal = (a: Values, b: Values): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([name, value]) => b[name] === value)
