import type { ProvisioningHook } from '@aws-sdk/client-iot'
import { AwsError } from '@thingdeck/aws-api'
import type { ProvisioningTemplate } from '@thingdeck/provisioning'
import { arnOf } from '../../foundation/account.ts'
import { alreadyExists, invalidRequest, notFound } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import type { RoleSessions } from '../../foundation/role-sessions.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import { readTemplateBody } from './template-body.ts'
import type { TemplateRecord, TemplateTable, TemplateVersionRecord } from './template-table.ts'

/** AWS IoT Core's quotas, "Fleet provisioning". */
const MAX_TEMPLATES = 256
const MAX_VERSIONS = 5

/** The one that there is: `payloadVersion`, "the payload that was sent to the target function". */
const HOOK_PAYLOAD_VERSION = '2020-04-01'
const FUNCTION_ARN = /^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?$/

/** What devices are provisioned by: a template that is there and read. */
export interface UsableTemplate {
  readonly record: TemplateRecord
  readonly template: ProvisioningTemplate
}

/** @see AWS IoT API reference, CreateProvisioningTemplate and its like */
export class Templates {
  readonly #context: ServiceContext
  readonly #table: TemplateTable
  readonly #sessions: RoleSessions
  /** The last that were used, as they were read, by their text. */
  readonly #read = new Map<string, ProvisioningTemplate>()

  /** @param sessions what AWS IoT may be */
  constructor(context: ServiceContext, table: TemplateTable, sessions: RoleSessions) {
    this.#context = context
    this.#table = table
    this.#sessions = sessions
    context.tags.addKind('provisioningtemplate', (name) => table.find(name) !== undefined)
  }

  arnOf(templateName: string): string {
    return arnOf(this.#context.account, 'iot', `provisioningtemplate/${templateName}`)
  }

  find(templateName: string): TemplateRecord | undefined {
    return this.#table.find(templateName)
  }

  /** @throws {AwsError} ResourceNotFoundException */
  require(templateName: string): TemplateRecord {
    const found = this.find(templateName)
    if (!found) throw notFound(`Template ${templateName} does not exist`)
    return found
  }

  /** @throws {AwsError} ResourceNotFoundException */
  requireVersion(templateName: string, versionId: number): TemplateVersionRecord {
    const found = this.#table.version(this.require(templateName).templateName, versionId)
    if (!found) throw notFound(`Template ${templateName} has no version ${versionId}`)
    return found
  }

  /** The default version of one, read. */
  use(record: TemplateRecord): UsableTemplate {
    const { templateName, defaultVersionId, type } = record
    const { body } = this.requireVersion(templateName, defaultVersionId)
    const key = `${type} ${body}`
    const known = this.#read.get(key)
    if (known) return { record, template: known }
    const template = readTemplateBody(body, type)
    if (this.#read.size >= MAX_TEMPLATES) this.#read.clear()
    this.#read.set(key, template)
    return { record, template }
  }

  /** @throws {AwsError} InvalidRequestException, LimitExceededException, ResourceAlreadyExistsException */
  create(input: IotInput<'CreateProvisioningTemplate'>): TemplateRecord {
    const { templateName, templateBody, description, enabled = false, provisioningRoleArn, tags } = input
    const { type = 'FLEET_PROVISIONING', preProvisioningHook } = input
    readTemplateBody(templateBody, type)
    if (preProvisioningHook) checkHook(preProvisioningHook, type)
    this.#checkRole(provisioningRoleArn)
    return this.#table.transaction(() => {
      if (this.find(templateName)) {
        throw alreadyExists(`Template with name ${templateName} already exists`, templateName, this.arnOf(templateName))
      }
      if (this.#table.count() >= MAX_TEMPLATES) {
        throw new AwsError('LimitExceededException', `No more than ${MAX_TEMPLATES} provisioning templates`)
      }
      const nowMs = this.#context.clock()
      this.#table.put({
        templateName,
        type,
        description: description ?? null,
        enabled,
        roleArn: provisioningRoleArn,
        ...hookColumns(preProvisioningHook),
        defaultVersionId: 1,
        lastVersionId: 1,
        createdAtMs: nowMs,
        modifiedAtMs: nowMs,
      })
      this.#table.addVersion(templateName, 1, templateBody, nowMs)
      this.#context.tags.create(this.arnOf(templateName), tags)
      return this.require(templateName)
    })
  }

  /** @throws {AwsError} InvalidRequestException, ResourceNotFoundException */
  update(input: IotInput<'UpdateProvisioningTemplate'>): void {
    const { templateName, description, enabled, defaultVersionId, provisioningRoleArn, preProvisioningHook } = input
    const { removePreProvisioningHook = false } = input
    const found = this.require(templateName)
    if (preProvisioningHook && removePreProvisioningHook) {
      throw invalidRequest('removePreProvisioningHook must not stand beside preProvisioningHook')
    }
    if (preProvisioningHook) checkHook(preProvisioningHook, found.type)
    if (provisioningRoleArn !== undefined) this.#checkRole(provisioningRoleArn)
    if (defaultVersionId !== undefined) this.requireVersion(templateName, defaultVersionId)
    this.#table.put({
      ...found,
      description: description ?? found.description,
      enabled: enabled ?? found.enabled,
      roleArn: provisioningRoleArn ?? found.roleArn,
      defaultVersionId: defaultVersionId ?? found.defaultVersionId,
      ...((preProvisioningHook || removePreProvisioningHook) && hookColumns(preProvisioningHook)),
      modifiedAtMs: this.#context.clock(),
    })
  }

  /**
   * With all its versions: Terraform deletes templates so.
   * @throws {AwsError} ResourceNotFoundException; DeleteConflictException while a CA certificate names it
   */
  async delete(templateName: string): Promise<void> {
    this.require(templateName)
    const operations = await this.#context.operations.as(undefined, '')
    const { certificates = [] } = operations.call('ListCACertificates', { templateName, pageSize: 1 })
    if (certificates.length > 0) {
      throw new AwsError(
        'DeleteConflictException',
        `Template ${templateName} is used by the CA certificate ${certificates[0]?.certificateId}`,
      )
    }
    this.#table.transaction(() => {
      this.#table.delete(templateName)
      this.#context.tags.forget(this.arnOf(templateName))
    })
  }

  /** @throws {AwsError} InvalidRequestException, ResourceNotFoundException, VersionsLimitExceededException */
  createVersion({ templateName, templateBody, setAsDefault = false }: IotInput<'CreateProvisioningTemplateVersion'>) {
    const { type } = this.require(templateName)
    readTemplateBody(templateBody, type)
    return this.#table.transaction(() => {
      const found = this.require(templateName)
      if (this.#table.versions(templateName).length >= MAX_VERSIONS) {
        throw new AwsError(
          'VersionsLimitExceededException',
          `The template ${templateName} already has the maximum number of versions (${MAX_VERSIONS})`,
        )
      }
      const versionId = found.lastVersionId + 1
      const nowMs = this.#context.clock()
      this.#table.addVersion(templateName, versionId, templateBody, nowMs)
      this.#table.put({
        ...found,
        lastVersionId: versionId,
        modifiedAtMs: nowMs,
        ...(setAsDefault && { defaultVersionId: versionId }),
      })
      return { versionId, isDefaultVersion: setAsDefault }
    })
  }

  /** @throws {AwsError} ResourceNotFoundException; DeleteConflictException for the default version */
  deleteVersion(templateName: string, versionId: number): void {
    this.requireVersion(templateName, versionId)
    const found = this.require(templateName)
    if (versionId === found.defaultVersionId) {
      throw new AwsError('DeleteConflictException', 'Cannot delete the default version of a provisioning template')
    }
    this.#table.deleteVersion(templateName, versionId)
  }

  #checkRole(roleArn: string): void {
    const untrusted = this.#sessions.whyNotTrusted(roleArn)
    if (untrusted !== undefined) throw invalidRequest(roleRefusal(untrusted))
  }
}

/** Terraform waits for that sentence to go away while a new role becomes known. */
export const roleRefusal = (why: string): string => `The provisioning role cannot be assumed by AWS IoT: ${why}`

function checkHook({ payloadVersion = HOOK_PAYLOAD_VERSION, targetArn = '' }: ProvisioningHook, type: string): void {
  if (type !== 'FLEET_PROVISIONING') {
    throw invalidRequest(`A template of the type ${type} has no pre-provisioning hook: FLEET_PROVISIONING has`)
  }
  if (payloadVersion !== HOOK_PAYLOAD_VERSION) {
    throw invalidRequest(`payloadVersion ${payloadVersion} of the hook is not known; there is ${HOOK_PAYLOAD_VERSION}`)
  }
  if (!FUNCTION_ARN.test(targetArn)) throw invalidRequest(`${targetArn} is not the ARN of a Lambda function`)
}

const hookColumns = (hook: ProvisioningHook | undefined) => ({
  hookArn: hook?.targetArn ?? null,
  hookPayloadVersion: hook ? (hook.payloadVersion ?? HOOK_PAYLOAD_VERSION) : null,
})
