import { type CompiledPolicies, compilePolicies, parsePolicyDocument } from '@thingdeck/policies'
import type { RoleStore } from './role-store.ts'

const IAM = { dialect: 'iam' } as const

/**
 * What a role may do that nobody has defined here. Role aliases and rules name roles that live in an account's IAM, and
 * most users of an embedded server never make them: such a role may do everything, as documented in docs/local.md.
 */
const UNDEFINED_ROLE = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
})

/** The IAM policies of roles, compiled once. */
export class RolePolicies {
  readonly #roles: RoleStore
  readonly #compiled = new Map<string, CompiledPolicies>()

  constructor(roles: RoleStore) {
    this.#roles = roles
    roles.changes.subscribe((name) => void this.#compiled.delete(name))
  }

  of(roleName: string): CompiledPolicies {
    let compiled = this.#compiled.get(roleName)
    if (!compiled) {
      const policies = this.#roles.isUndefined(roleName)
        ? { 'undefined-role': UNDEFINED_ROLE }
        : (this.#roles.find(roleName)?.policies ?? {})
      compiled = compilePolicies(
        Object.entries(policies).map(([policyName, text]) => ({
          policyName,
          document: parsePolicyDocument(text, IAM),
        })),
      )
      this.#compiled.set(roleName, compiled)
    }
    return compiled
  }

  /** Forgets what is derived from the tables, after the database was emptied. */
  reset(): void {
    this.#compiled.clear()
  }
}
