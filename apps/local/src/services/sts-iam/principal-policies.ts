import { type CompiledPolicies, compilePolicies, parsePolicyDocument } from '@thingdeck/policies'
import type { CognitoCaller, IamCaller, RoleCaller } from '../../foundation/caller.ts'
import type { PolicySource } from '../../foundation/policy-source.ts'
import { UNDEFINED_ROLE_ID } from '../../foundation/roles.ts'
import type { GroupStore } from './group-store.ts'
import type { ManagedPolicyStore } from './managed-policy-store.ts'
import type { RoleStore } from './role-store.ts'
import type { UserStore } from './user-store.ts'

const IAM = { dialect: 'iam' } as const

/**
 * What a role may do that nobody has defined here. Role aliases and rules name roles that live in an account's IAM, and
 * most users of an embedded server never make them: such a role may do everything, as documented in docs/local.md.
 */
const UNDEFINED_ROLE = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
})

/** Session policies come from callers, so that what is remembered of them is bounded. */
const MAX_REMEMBERED_SESSIONS = 500

export interface PrincipalPoliciesParts {
  readonly roles: RoleStore
  readonly users: UserStore
  readonly groups: GroupStore
  readonly managed: ManagedPolicyStore
}

interface PolicyHolder {
  readonly policies: Readonly<Record<string, string>>
  readonly attachedPolicies: readonly string[]
}

/** The IAM policies of users and roles, compiled once. */
export class PrincipalPolicies implements Pick<PolicySource, 'rolePolicies' | 'iamPolicies'> {
  readonly #parts: PrincipalPoliciesParts
  readonly #roles = new Map<string, CompiledPolicies>()
  readonly #roleIds = new Map<string, string>()
  readonly #users = new Map<string, readonly CompiledPolicies[]>()
  readonly #sessions = new Map<string, CompiledPolicies>()

  constructor(parts: PrincipalPoliciesParts) {
    this.#parts = parts
    parts.roles.changes.subscribe((name) => {
      this.#roles.delete(name)
      this.#roleIds.delete(name)
    })
    parts.users.changes.subscribe((id) => void this.#users.delete(id))
    parts.groups.changes.subscribe((userId) => void this.#users.delete(userId))
  }

  rolePolicies(roleName: string): CompiledPolicies {
    return remembered(this.#roles, roleName, () => {
      const { roles } = this.#parts
      if (roles.isUndefined(roleName)) return compile([['undefined-role', UNDEFINED_ROLE]])
      const role = roles.find(roleName)
      return compile(role ? this.#documentsOf(role) : [])
    })
  }

  iamPolicies(principal: IamCaller): readonly CompiledPolicies[] {
    if (principal.kind === 'user') return this.#userSets(principal.principalId)
    if (principal.kind === 'federated-user') {
      const { userId, sessionPolicies } = principal
      return [...(userId === undefined ? [] : this.#userSets(userId)), this.#sessionSet(sessionPolicies)]
    }
    const role = this.#sessionsRole(principal)
    const { sessionPolicies } = principal
    return sessionPolicies === undefined ? [role] : [role, this.#sessionSet(sessionPolicies)]
  }

  /** The role that a session is of is that one role, and no other that has its name since. */
  #sessionsRole({ roleName, principalId }: RoleCaller | CognitoCaller): CompiledPolicies {
    const id = this.#roleIds.get(roleName) ?? this.#parts.roles.find(roleName)?.id
    if (id !== undefined) this.#roleIds.set(roleName, id)
    const [ofSession] = principalId.split(':')
    const isIt = id === undefined || ofSession === id || ofSession === UNDEFINED_ROLE_ID
    return isIt ? this.rolePolicies(roleName) : NO_POLICIES
  }

  /** Forgets what is derived from the tables. */
  forget(): void {
    for (const remembered of [this.#roles, this.#roleIds, this.#users, this.#sessions]) remembered.clear()
  }

  #userSets(userId: string): readonly CompiledPolicies[] {
    return remembered(this.#users, userId, () => {
      const { users, groups } = this.#parts
      const user = users.byId(userId)
      if (!user) return [compile([])] // of a session that outlived its user
      const own = compile([user, ...groups.groupsOf(userId)].flatMap((holder) => this.#documentsOf(holder)))
      return user.boundary === null ? [own] : [own, compile(this.#managedDocuments([user.boundary]))]
    })
  }

  #sessionSet(documents: readonly string[]): CompiledPolicies {
    if (this.#sessions.size >= MAX_REMEMBERED_SESSIONS) this.#sessions.clear()
    return remembered(this.#sessions, JSON.stringify(documents), () =>
      compile(documents.map((text, index) => [`session policy ${index + 1}`, text])),
    )
  }

  #documentsOf({ policies, attachedPolicies }: PolicyHolder): [name: string, text: string][] {
    return [...Object.entries(policies), ...this.#managedDocuments(attachedPolicies)]
  }

  #managedDocuments(arns: readonly string[]): [name: string, text: string][] {
    return arns.flatMap((arn) => {
      const text = this.#parts.managed.documentOf(arn)
      return text === undefined ? [] : [[arn.slice(arn.lastIndexOf('/') + 1), text] as [string, string]]
    })
  }
}

function remembered<Value>(memory: Map<string, Value>, key: string, make: () => Value): Value {
  const known = memory.get(key)
  if (known !== undefined) return known
  const made = make()
  memory.set(key, made)
  return made
}

function compile(documents: readonly (readonly [name: string, text: string])[]): CompiledPolicies {
  return compilePolicies(
    documents.map(([policyName, text]) => ({ policyName, document: parsePolicyDocument(text, IAM) })),
  )
}

const NO_POLICIES = compile([])
