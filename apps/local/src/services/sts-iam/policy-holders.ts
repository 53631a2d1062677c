import { policyDocumentSize } from '@thingdeck/policies'
import { checkIdentityDocument, limitExceeded, noSuchEntity } from './iam-errors.ts'
import { type ListRequest, listPage } from './list-page.ts'
import type { ManagedPolicyStore } from './managed-policy-store.ts'

/** A user, group or role, as far as it has policies. */
export interface PolicyHolder {
  readonly name: string
  readonly policies: Readonly<Record<string, string>>
  readonly attachedPolicies: readonly string[]
}

/** What becomes of the policies of a holder. */
export type HolderPolicies = Pick<PolicyHolder, 'policies' | 'attachedPolicies'>

/** How many managed policies can be attached to one user, group or role. */
const MAX_ATTACHED = 10

/** Operations on policies that are alike for users, groups and roles. */
export class PolicyHolders {
  readonly #managed: ManagedPolicyStore
  /** `user` */
  readonly #kind: 'user' | 'group' | 'role'
  /** Of all inline policies of a holder together, not counting white space. */
  readonly #maxInlineCharacters: number

  constructor(kind: 'user' | 'group' | 'role', maxInlineCharacters: number, managed: ManagedPolicyStore) {
    this.#kind = kind
    this.#maxInlineCharacters = maxInlineCharacters
    this.#managed = managed
  }

  /** @throws {AwsError} MalformedPolicyDocumentException, LimitExceededException */
  withInline({ name, policies, attachedPolicies }: PolicyHolder, policyName: string, text: string): HolderPolicies {
    checkIdentityDocument(text)
    const all = { ...policies, [policyName]: text }
    if (policyDocumentSize(Object.values(all).join('')) > this.#maxInlineCharacters) {
      throw limitExceeded(
        `Maximum policy size of ${this.#maxInlineCharacters} bytes exceeded for ${this.#kind} ${name}`,
      )
    }
    return { policies: all, attachedPolicies }
  }

  /** @throws {AwsError} NoSuchEntityException */
  inlineOf({ policies }: PolicyHolder, policyName: string): string {
    const text = Object.hasOwn(policies, policyName) ? policies[policyName] : undefined
    if (text !== undefined) return text
    throw noSuchEntity(`The ${this.#kind} policy with name ${policyName} cannot be found.`)
  }

  /** @throws {AwsError} NoSuchEntityException */
  withoutInline(holder: PolicyHolder, policyName: string): HolderPolicies {
    this.inlineOf(holder, policyName)
    const rest = Object.entries(holder.policies).filter(([name]) => name !== policyName)
    return { policies: Object.fromEntries(rest), attachedPolicies: holder.attachedPolicies }
  }

  /** @throws {AwsError} NoSuchEntityException, LimitExceededException */
  withAttached({ policies, attachedPolicies }: PolicyHolder, arn: string): HolderPolicies {
    if (!this.#managed.find(arn)) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`)
    if (attachedPolicies.includes(arn)) return { policies, attachedPolicies }
    if (attachedPolicies.length >= MAX_ATTACHED) {
      const quota = { user: 'PoliciesPerUser', group: 'PoliciesPerGroup', role: 'PoliciesPerRole' }[this.#kind]
      throw limitExceeded(`Cannot exceed quota for ${quota}: ${MAX_ATTACHED}`)
    }
    return { policies, attachedPolicies: [...attachedPolicies, arn] }
  }

  /** @throws {AwsError} NoSuchEntityException */
  withoutAttached({ policies, attachedPolicies }: PolicyHolder, arn: string): HolderPolicies {
    if (!attachedPolicies.includes(arn)) throw noSuchEntity(`Policy ${arn} was not found.`)
    return { policies, attachedPolicies: attachedPolicies.filter((attached) => attached !== arn) }
  }

  listInline({ name, policies }: PolicyHolder, request: ListRequest) {
    const names = Object.keys(policies)
    const { items, ...page } = listPage(`policies of ${this.#kind} ${name}`, names, (text) => text, request)
    return { ...page, PolicyNames: items }
  }

  listAttached(
    { name, attachedPolicies }: PolicyHolder,
    request: ListRequest & { readonly PathPrefix?: string | undefined },
  ) {
    const { PathPrefix = '/' } = request
    const attached = attachedPolicies.flatMap((arn) => this.#managed.find(arn) ?? [])
    const { items, ...page } = listPage(
      `attached policies of ${this.#kind} ${name}`,
      attached.filter(({ path }) => path.startsWith(PathPrefix)),
      ({ arn }) => arn,
      request,
    )
    return {
      ...page,
      AttachedPolicies: items.map(({ name: PolicyName, arn: PolicyArn }) => ({ PolicyName, PolicyArn })),
    }
  }
}
