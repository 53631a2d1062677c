import type { Role } from '@thingdeck/contract'

/** From least to most: each role may also do what those before it may. */
export const ROLES = ['viewer', 'operator', 'admin'] as const satisfies readonly Role[]

export const mayAct = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed)

/** The strongest role among a person's groups; undefined when none of them is a role. */
export function roleOfGroups(groups: unknown): Role | undefined {
  return Array.isArray(groups) ? ROLES.findLast((role) => groups.includes(role)) : undefined
}
