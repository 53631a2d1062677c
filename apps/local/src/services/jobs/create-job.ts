import {
  checkConfigs,
  checkScheduling,
  type FoundPlaceholder,
  findPlaceholders,
  isPresigned,
  parseS3Url,
  replacePlaceholders,
} from '@thingdeck/jobs'
import { invalidRequest, notFound } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import { FileTooLarge, readOwnFile } from '../../foundation/own-file.ts'
import type { RoleSessions } from '../../foundation/role-sessions.ts'
import { iotServiceRole } from '../../foundation/roles.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import { inAwsWords } from './aws-words.ts'
import { checkDocument, configsOf } from './job-definition.ts'
import type { Job, JobDefinition } from './job-table.ts'
import type { JobTemplates } from './job-templates.ts'
import { type Jobs, MAX_TARGETS } from './jobs.ts'
import { checkParameters, findManagedTemplate, type ManagedTemplate } from './managed-templates.ts'
import { substitutePackages } from './package-placeholders.ts'

/** "The maximum size for a job document that can be sent to an AWS IoT device is 32 KB." @see AWS IoT Device Management quotas */
const MOST_DOCUMENT_BYTES = 32_768

export interface CreateJobParts {
  readonly jobs: Jobs
  readonly templates: JobTemplates
  readonly sessions: RoleSessions
}

/** The document of a job, and where it comes from. */
interface Content {
  readonly document: string
  readonly documentSource?: string | undefined
  /** What a template says of a job that its maker does not. */
  readonly configs?: Omit<JobDefinition, 'targets'> | undefined
  readonly managed?: ManagedTemplate | undefined
}

type Sources = Pick<IotInput<'CreateJob'>, 'document' | 'documentSource' | 'jobTemplateArn'>

/** `CreateJob`: puts together what makes a job, from the input, a template, and files. */
export class CreateJob {
  readonly #context: Pick<ServiceContext, 'account' | 'clock' | 'database' | 'ownUrl' | 'softwarePackages'>
  readonly #parts: CreateJobParts

  constructor(
    context: Pick<ServiceContext, 'account' | 'clock' | 'database' | 'ownUrl' | 'softwarePackages'>,
    parts: CreateJobParts,
  ) {
    this.#context = context
    this.#parts = parts
  }

  /** @throws {AwsError} InvalidRequestException, ResourceAlreadyExistsException, ResourceNotFoundException */
  async create(input: IotInput<'CreateJob'>): Promise<Job> {
    const { jobs } = this.#parts
    const { jobId, targetSelection = 'SNAPSHOT', namespaceId, schedulingConfig: scheduling, tags } = input
    jobs.checkFree(jobId)
    if (input.targets.length > MAX_TARGETS) throw invalidRequest(`A job can have at most ${MAX_TARGETS} targets`)
    const content = await this.content(input)
    const definition: JobDefinition = {
      targets: [...new Set(input.targets)],
      ...content.configs,
      ...configsOf(input),
      ...(scheduling && { scheduling }),
      ...(input.documentParameters && { documentParameters: input.documentParameters }),
      ...(input.jobTemplateArn !== undefined && { jobTemplateArn: input.jobTemplateArn }),
      ...(input.destinationPackageVersions && { destinationPackageVersions: input.destinationPackageVersions }),
    }
    inAwsWords(() => {
      checkConfigs(definition)
      if (scheduling) checkScheduling(scheduling, { nowMs: this.#context.clock(), targetSelection })
    })
    this.checkRole(definition.presignedUrlConfig?.roleArn)
    const written = withParameters(content, input.documentParameters)
    this.checkPlaceholders(written, definition)
    const { document, packages } = this.#substituted(written, definition)
    this.checkPlaceholders(document, definition) // attributes of packages may have brought some
    const { documentSource } = content
    // With what is told of it: the request is not one transaction by itself, as it has waited for the document.
    return this.#context.database.transaction(() =>
      jobs.create({
        jobId,
        targetSelection,
        namespaceId,
        document,
        documentSource,
        definition: { ...definition, ...packages },
        tags,
      }),
    )
  }

  /** @throws {AwsError} InvalidRequestException, ResourceNotFoundException: packages and versions that do not fit */
  #substituted(written: string, { destinationPackageVersions: arns = [] }: JobDefinition) {
    const { softwarePackages } = this.#context
    const { document, destinations } = inAwsWords(() => substitutePackages(softwarePackages, written, arns))
    if (arns.length === 0) return { document, packages: {} }
    const beforeSubstitution = { document: written, destinations: arns }
    return { document, packages: { destinationPackageVersions: destinations, beforeSubstitution } }
  }

  /** @throws {AwsError} InvalidRequestException for a role that AWS IoT cannot be */
  checkRole(roleArn: string | undefined): void {
    const untrusted = roleArn === undefined ? undefined : this.#parts.sessions.whyNotTrusted(roleArn)
    if (untrusted !== undefined) throw invalidRequest(untrusted)
  }

  /** @throws {AwsError} InvalidRequestException for placeholders that cannot be replaced */
  checkPlaceholders(document: string, { presignedUrlConfig }: Pick<JobDefinition, 'presignedUrlConfig'>): void {
    const found = inAwsWords(() => findPlaceholders(document))
    const unknown = found.find(({ placeholder }) => placeholder.kind === 'parameter')
    if (unknown) throw invalidRequest(`${unknown.text}: parameters are for jobs of managed templates that have them`)
    const presigned = found.find(({ placeholder }: FoundPlaceholder) => isPresigned(placeholder))
    if (presigned && presignedUrlConfig?.roleArn === undefined) {
      throw invalidRequest(`${presigned.text} needs presignedUrlConfig with a roleArn`)
    }
  }

  /** Of a document, a file or a template: one of them. @throws {AwsError} InvalidRequestException, ResourceNotFoundException */
  async content({ document, documentSource, jobTemplateArn }: Sources): Promise<Content> {
    const given = [document, documentSource, jobTemplateArn].filter((source) => source !== undefined)
    if (given.length !== 1) throw invalidRequest('Give one of document, documentSource and jobTemplateArn')
    if (document !== undefined) return { document: checkDocument(document) }
    if (documentSource !== undefined)
      return { document: checkDocument(await this.#read(documentSource)), documentSource }
    const managed = findManagedTemplate(jobTemplateArn ?? '', this.#context.account.region)
    if (managed) return { document: managed.document, managed }
    const template = this.#parts.templates.byArn(jobTemplateArn ?? '')
    return { document: template.document, documentSource: template.documentSource, configs: template.configs }
  }

  async #read(url: string): Promise<string> {
    const location = parseS3Url(url)
    if (!location || location.key === '') {
      throw invalidRequest(`documentSource is ${url}; it has to be like https://s3.amazonaws.com/BUCKET/KEY`)
    }
    const own = this.#parts.sessions.issue(iotServiceRole(this.#context.account), 'jobs', 900)
    const { bucket, key, versionId: version } = location
    try {
      const bytes = await readOwnFile(this.#context, own, { bucket, key, version }, MOST_DOCUMENT_BYTES)
      return new TextDecoder('utf-8').decode(bytes)
    } catch (error) {
      if (error instanceof FileTooLarge)
        throw invalidRequest(`The job document at ${url} is too large: ${error.message}`)
      const why = error instanceof Error ? error.message : String(error)
      throw notFound(`The job document at ${url} cannot be read: ${why}`)
    }
  }
}

/** @throws {AwsError} InvalidRequestException for parameters that a template does not have, or needs */
function withParameters({ document, managed }: Content, given: Readonly<Record<string, string>> | undefined): string {
  if (!managed) {
    if (given) throw invalidRequest('documentParameters are for jobs of managed templates')
    return document
  }
  checkParameters(managed, given ?? {})
  return inAwsWords(() =>
    replacePlaceholders(document, (placeholder) =>
      placeholder.kind === 'parameter' ? (given?.[placeholder.name] ?? '') : undefined,
    ),
  )
}
