import {
  fillLocal,
  findPlaceholders,
  isPresigned,
  type Placeholder,
  parseS3Url,
  replacePlaceholders,
  type S3Location,
} from '@thingdeck/jobs'
import { presignS3Url } from '@thingdeck/sigv4'
import { systemClock } from '../../foundation/clock.ts'
import type { RoleSessions } from '../../foundation/role-sessions.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import type { KeptExecution } from './execution-table.ts'
import type { Job } from './job-table.ts'

/** @see API Reference, "PresignedUrlConfig" */
const DEFAULT_EXPIRY_SECONDS = 3_600

/** What devices get for a job's document: presigned URLs are made when a device asks. */
export class JobDocuments {
  readonly #context: Pick<ServiceContext, 'account' | 'log' | 'ownUrl' | 'softwarePackages'>
  readonly #sessions: RoleSessions
  /** Whether documents have presigned URLs: most have none, and are asked for often. */
  readonly #known = new Map<number, boolean>()

  /** @param sessions what AWS IoT may be */
  constructor(
    context: Pick<ServiceContext, 'account' | 'log' | 'ownUrl' | 'softwarePackages'>,
    sessions: RoleSessions,
  ) {
    this.#context = context
    this.#sessions = sessions
  }

  forgetJob(seq: number): void {
    this.#known.delete(seq)
  }

  forget(): void {
    this.#known.clear()
  }

  /** JSON. Where the role does not trust AWS IoT any more, placeholders stay as they are, and the server's log says so. */
  forDevice(job: Job, execution: Pick<KeptExecution, 'thingName' | 'executionNumber'>): string {
    if (!this.#isPresigned(job)) return job.document
    const { roleArn = '', expiresInSec = DEFAULT_EXPIRY_SECONDS } = job.definition.presignedUrlConfig ?? {}
    const untrusted = this.#sessions.whyNotTrusted(roleArn)
    if (untrusted !== undefined) {
      this.#context.log.warn({ jobId: job.jobId, roleArn }, `no presigned URL: ${untrusted}`)
      return job.document
    }
    const { account, ownUrl } = this.#context
    const credentials = this.#sessions.issue(roleArn, job.jobId, expiresInSec)
    const nowMs = systemClock() // signatures are dated by the machine's clock, credentials end by the server's
    return replacePlaceholders(job.document, (placeholder) => {
      const location = this.#locationOf(placeholder, job, execution)
      if (!location) return undefined
      const method = placeholder.kind === 's3-presigned-url-upload' ? 'PUT' : 'GET'
      return presignS3Url({
        ...{ method, endpoint: ownUrl, region: account.region, ...location },
        ...{ credentials, nowMs, expiresSeconds: expiresInSec },
      })
    })
  }

  #isPresigned({ seq, document }: Job): boolean {
    const known = this.#known.get(seq)
    if (known !== undefined) return known
    const found = findPlaceholders(document).some(({ placeholder }) => isPresigned(placeholder))
    this.#known.set(seq, found)
    return found
  }

  /** Undefined where the version is not there any more. */
  #artifactOf({ packageName, versionName }: Extract<Placeholder, { kind: 'package' }>): S3Location | undefined {
    const { bucket, key, version } = this.#context.softwarePackages.version(packageName, versionName)?.artifact ?? {}
    return bucket === undefined || key === undefined ? undefined : { bucket, key, versionId: version }
  }

  #locationOf(
    placeholder: Placeholder,
    { jobId }: Job,
    { thingName, executionNumber }: Pick<KeptExecution, 'thingName' | 'executionNumber'>,
  ) {
    if (placeholder.kind === 's3-presigned-url') return parseS3Url(placeholder.url)
    if (placeholder.kind === 'package') return this.#artifactOf(placeholder)
    if (placeholder.kind !== 's3-presigned-url-upload') return undefined
    const url = fillLocal(placeholder.url, { thingName, jobId, executionNumber })
    const given = url === '' ? undefined : parseS3Url(url)
    const { id, region } = this.#context.account
    // Without a bucket or a key AWS makes some up; these are ours.
    const bucket = given?.bucket ?? `aws-iot-jobs-uploads-${id}-${region}`
    const key = given?.key || `${jobId}/${thingName}/${executionNumber}`
    return { bucket, key, versionId: undefined }
  }
}
