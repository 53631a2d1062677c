import { AwsError } from '@thingdeck/aws-api'
import {
  type CompiledPolicies,
  compilePolicies,
  MAX_POLICY_DOCUMENT_SIZE,
  MalformedPolicyError,
  type PolicyDocument,
  parsePolicyDocument,
  policyDocumentSize,
} from '@thingdeck/policies'
import { Changes } from '../../foundation/changes.ts'
import type { LocalContext } from '../../foundation/context.ts'
import { invalidRequest } from '../../foundation/errors.ts'
import type { ResourceTag, TagKeeper } from '../../foundation/tag-keeper.ts'
import type { ThingDirectory } from '../../foundation/thing-directory.ts'
import { claimPolicy } from './claim-policy.ts'
import { type PolicyRecord, PolicyStore, type PolicyVersionRecord } from './policy-store.ts'
import { type PolicyTarget, parseTarget } from './targets.ts'

/** AWS IoT's quotas; the one for groups is in the developer guide, "Thing groups". */
const MAX_VERSIONS = 5
const MAX_POLICIES_PER_PRINCIPAL = 10
const MAX_POLICIES_PER_GROUP = 2

export interface PoliciesOptions {
  readonly things: Pick<ThingDirectory, 'group'>
  readonly certificateExists: (certificateId: string) => boolean
  /** The provisioning template that a certificate is a claim for, made by CreateProvisioningClaim. */
  readonly claimTemplateOf?: (certificateId: string) => string | undefined
  readonly tags?: TagKeeper | undefined
}

/** AWS IoT policies: documents in versions, and what they are attached to. */
export class Policies {
  readonly store: PolicyStore
  /** Targets whose policies are no longer what they were: a default version changed, or an attachment. */
  readonly changes = new Changes<readonly string[]>()
  readonly #context: LocalContext
  readonly #options: PoliciesOptions
  readonly #parsed = new Map<string, PolicyDocument>()
  /** By names of policies. Devices of one kind have the same: they are compiled once for all, until something changes. */
  readonly #compiled = new Map<string, CompiledPolicies>()

  constructor(context: LocalContext, options: PoliciesOptions) {
    this.store = new PolicyStore(context)
    this.#context = context
    this.#options = options
    options.tags?.addKind('policy', (name) => this.store.find(name) !== undefined)
  }

  /**
   * The policies on a principal and on thing groups, pooled as AWS does.
   * @param principal certificate's ARN or Cognito identity id
   * @param groups ARNs of all thing groups that count
   */
  compiledFor(principal: string, groups: readonly string[] = []): CompiledPolicies {
    const names = this.namesFor([principal, ...groups])
    const claimTemplate = this.#claimTemplateOf(principal)
    const key = claimTemplate === undefined ? names.join(' ') : `${names.join(' ')} / ${claimTemplate}`
    const known = this.#compiled.get(key)
    if (known) return known
    const made = claimTemplate === undefined ? this.compile(names) : this.#compileClaim(names, claimTemplate)
    this.#compiled.set(key, made)
    return made
  }

  /** Names of the policies attached to any of the targets, each once. */
  namesFor(targets: readonly string[]): string[] {
    return [...new Set(targets.flatMap((target) => this.store.attachedTo(target)))]
  }

  /** @param names of policies that exist */
  compile(names: readonly string[]): CompiledPolicies {
    return compilePolicies(names.map((policyName) => ({ policyName, document: this.#document(policyName) })))
  }

  #claimTemplateOf(principal: string): string | undefined {
    const target = this.#options.claimTemplateOf && parseTarget(this.#context.account, principal)
    return target?.kind === 'certificate' ? this.#options.claimTemplateOf?.(target.certificateId) : undefined
  }

  /** A claim may be used for its template, whatever is attached to it beside that. */
  #compileClaim(names: readonly string[], templateName: string): CompiledPolicies {
    const document = claimPolicy(this.#context.account, templateName)
    return compilePolicies([
      { policyName: `the claim for ${templateName}`, document },
      ...names.map((policyName) => ({ policyName, document: this.#document(policyName) })),
    ])
  }

  /** @throws {AwsError} MalformedPolicyException, ResourceAlreadyExistsException */
  create(name: string, document: string, tags?: readonly ResourceTag[]): PolicyRecord {
    checkDocument(document)
    return this.#context.database.transaction(() => {
      if (this.store.find(name)) {
        throw new AwsError(
          'ResourceAlreadyExistsException',
          `Policy cannot be created - name already exists (name=${name})`,
        )
      }
      this.store.insert(name, document)
      const policy = this.mustFind(name)
      this.#options.tags?.create(policy.arn, tags)
      return policy
    })
  }

  /** @throws {AwsError} ResourceNotFoundException */
  mustFind(name: string): PolicyRecord {
    const policy = this.store.find(name)
    if (!policy) throw new AwsError('ResourceNotFoundException', `Policy not found (name=${name})`)
    return policy
  }

  /** @throws {AwsError} ResourceNotFoundException, also for what is no number */
  mustFindVersion(name: string, versionId: string): PolicyVersionRecord {
    this.mustFind(name)
    const found = this.store.findVersion(name, Number(versionId))
    if (!found)
      throw new AwsError('ResourceNotFoundException', `Policy version not found (name=${name}, id=${versionId})`)
    return found
  }

  /** @throws {AwsError} MalformedPolicyException, ResourceNotFoundException, VersionsLimitExceededException */
  createVersion(name: string, document: string, setAsDefault: boolean): PolicyVersionRecord {
    checkDocument(document)
    const created = this.#context.database.transaction(() => {
      this.mustFind(name)
      if (this.store.versions(name).length >= MAX_VERSIONS) {
        throw new AwsError(
          'VersionsLimitExceededException',
          `The policy ${name} already has the maximum number of versions (${MAX_VERSIONS})`,
        )
      }
      const version = this.store.insertVersion(name, document)
      if (setAsDefault) this.store.setDefaultVersion(name, version)
      return this.mustFindVersion(name, String(version))
    })
    if (setAsDefault) this.#changed(this.store.targetsOf(name), name)
    return created
  }

  setDefaultVersion(name: string, versionId: string): void {
    const { version } = this.mustFindVersion(name, versionId)
    this.store.setDefaultVersion(name, version)
    this.#changed(this.store.targetsOf(name), name)
  }

  /** @throws {AwsError} InvalidRequestException for the default version */
  deleteVersion(name: string, versionId: string): void {
    const { version } = this.mustFindVersion(name, versionId)
    if (this.mustFind(name).defaultVersion === version) {
      throw new AwsError('InvalidRequestException', 'Cannot delete the default version of a policy')
    }
    this.store.deleteVersion(name, version)
  }

  /** @throws {AwsError} DeleteConflictException while it is attached or has other versions than the default one */
  delete(name: string): void {
    const { arn } = this.mustFind(name)
    if (this.store.isAttached(name)) {
      throw new AwsError(
        'DeleteConflictException',
        `The policy cannot be deleted as the policy is attached to one or more principals (name=${name})`,
      )
    }
    if (this.store.versions(name).length > 1) {
      throw new AwsError(
        'DeleteConflictException',
        `The policy cannot be deleted as versions other than than default version exist (name=${name})`,
      )
    }
    this.#context.database.transaction(() => {
      this.store.delete(name)
      this.#options.tags?.forget(arn)
    })
    this.#parsed.delete(name)
  }

  /**
   * Attaches a policy; what is attached already stays so.
   * @throws {AwsError} ResourceNotFoundException for an unknown policy or target, InvalidRequestException for what can
   *   have no policies, LimitExceededException
   */
  attach(name: string, target: string): void {
    this.mustFind(name)
    const parsed = this.mustFindTarget(target)
    const attached = this.store.attachedTo(target)
    if (attached.includes(name)) return
    const limit = parsed.kind === 'thing-group' ? MAX_POLICIES_PER_GROUP : MAX_POLICIES_PER_PRINCIPAL
    if (attached.length >= limit) {
      throw new AwsError('LimitExceededException', `No more than ${limit} policies can be attached to ${target}`)
    }
    this.store.attach(name, target)
    this.#changed([target])
  }

  /**
   * Detaches a policy; what is not attached, or no longer there, is well.
   * @throws {AwsError} InvalidRequestException for what can have no policies
   */
  detach(name: string, target: string): void {
    if (!parseTarget(this.#context.account, target)) throw invalidTarget(target)
    if (this.store.detach(name, target)) this.#changed([target])
  }

  /** Takes every policy off a target that is gone or about to go. */
  detachAll(target: string): void {
    if (this.store.detachAll(target)) this.#changed([target])
  }

  /** @throws {AwsError} ResourceNotFoundException, InvalidRequestException */
  mustFindTarget(target: string): PolicyTarget {
    const parsed = parseTarget(this.#context.account, target)
    if (!parsed) throw invalidTarget(target)
    if (parsed.kind === 'certificate' && !this.#options.certificateExists(parsed.certificateId)) {
      throw new AwsError('ResourceNotFoundException', `The certificate ${target} does not exist`)
    }
    if (parsed.kind === 'thing-group') {
      const group = this.#options.things.group(parsed.thingGroupName)
      if (!group) throw new AwsError('ResourceNotFoundException', `The thing group ${target} does not exist`)
      if (group.dynamic) throw new AwsError('InvalidRequestException', 'A dynamic thing group cannot have policies')
    }
    return parsed
  }

  /** Forgets what is derived from the tables. */
  forget(): void {
    this.#parsed.clear()
    this.#compiled.clear()
  }

  #document(name: string): PolicyDocument {
    let document = this.#parsed.get(name)
    if (!document) {
      const { defaultVersion } = this.mustFind(name)
      document = parsePolicyDocument(this.mustFindVersion(name, String(defaultVersion)).document)
      this.#parsed.set(name, document)
    }
    return document
  }

  #changed(targets: readonly string[], policy?: string): void {
    if (policy !== undefined) this.#parsed.delete(policy)
    this.#compiled.clear()
    if (targets.length > 0) this.changes.tell(targets)
  }
}

const invalidTarget = (target: string): AwsError => invalidRequest(`Invalid policy target: ${target}`)

function checkDocument(document: string): void {
  if (policyDocumentSize(document) > MAX_POLICY_DOCUMENT_SIZE) {
    throw new AwsError(
      'MalformedPolicyException',
      `Policy document is Malformed: it is longer than ${MAX_POLICY_DOCUMENT_SIZE} characters, not counting white space`,
    )
  }
  try {
    parsePolicyDocument(document)
  } catch (error) {
    if (!(error instanceof MalformedPolicyError)) throw error
    const where = error.path === '' ? '' : ` (at ${error.path})`
    throw new AwsError('MalformedPolicyException', `Policy document is Malformed: ${error.message}${where}`)
  }
}
