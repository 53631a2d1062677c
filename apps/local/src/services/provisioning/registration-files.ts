import type { ReportType } from '@aws-sdk/client-iot'
import { presignS3Url } from '@thingdeck/sigv4'
import { systemClock } from '../../foundation/clock.ts'
import { withOwnS3 } from '../../foundation/own-s3.ts'
import type { RoleSessions, SessionCredentials } from '../../foundation/role-sessions.ts'
import { iotServiceRole } from '../../foundation/roles.ts'
import type { ServiceContext } from '../../foundation/service.ts'

/** Of the credentials by which a task reads its input, and by which reports are put and read. */
const SESSION_SECONDS = 3_600
/** Of a link to a report. AWS does not say how long one lasts. */
const LINK_SECONDS = 3_600
/** What the server behind takes in one request. */
const MAX_FILE_CHARACTERS = 2 * 1024 * 1024

export interface InputFileLine {
  readonly line: string
  /** Of its first character in the file as it is stored, from 0. */
  readonly offset: number
}

export interface InputFile {
  readonly lines: readonly InputFileLine[]
  readonly etag: string
}

/** What registration tasks read from S3, and what they put there: this server's own, at its endpoint. */
export class RegistrationFiles {
  readonly #context: ServiceContext
  readonly #sessions: RoleSessions

  /** @param sessions what AWS IoT may be */
  constructor(context: ServiceContext, sessions: RoleSessions) {
    this.#context = context
    this.#sessions = sessions
  }

  /** Where reports lie. */
  get bucket(): string {
    const { id, region } = this.#context.account
    return `aws-iot-registration-reports-${id}-${region}`
  }

  /** @throws what S3 says, to the role */
  async readInput(roleArn: string, taskId: string, Bucket: string, Key: string): Promise<InputFile> {
    return withOwnS3(this.#context, this.#session(roleArn, taskId), async (s3, { GetObjectCommand }) => {
      const { Body, ETag = '' } = await s3.send(new GetObjectCommand({ Bucket, Key }))
      const text = (await Body?.transformToString('utf-8')) ?? ''
      return { lines: linesOf(text), etag: ETag }
    })
  }

  async putReport(taskId: string, reportType: ReportType, lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return
    await withOwnS3(this.#context, this.#ownSession(), async (s3, { CreateBucketCommand, PutObjectCommand }) => {
      await s3.send(new CreateBucketCommand({ Bucket: this.bucket })).catch((error: unknown) => {
        if (!(error instanceof Error && error.name.startsWith('BucketAlready'))) throw error
      })
      for (const [index, Body] of filesOf(lines).entries()) {
        const Key = keyOf(taskId, reportType, index)
        await s3.send(new PutObjectCommand({ Bucket: this.bucket, Key, Body, ContentType: 'application/x-ndjson' }))
      }
    })
  }

  /** Presigned, for whoever gets it: `http://…/BUCKET/TASK/ERRORS-0.json?X-Amz-…`. */
  linksTo(taskId: string, reportType: ReportType, lines: readonly string[]): string[] {
    const { account, ownUrl } = this.#context
    const credentials = this.#ownSession()
    return filesOf(lines).map((_, index) =>
      presignS3Url({
        ...{ method: 'GET', endpoint: ownUrl, bucket: this.bucket, key: keyOf(taskId, reportType, index) },
        ...{ region: account.region, credentials, nowMs: systemClock(), expiresSeconds: LINK_SECONDS },
      }),
    )
  }

  #ownSession(): SessionCredentials {
    return this.#session(iotServiceRole(this.#context.account), 'registration')
  }

  #session(roleArn: string, sessionName: string): SessionCredentials {
    return this.#sessions.issue(roleArn, sessionName, SESSION_SECONDS)
  }
}

const keyOf = (taskId: string, reportType: ReportType, index: number): string => `${taskId}/${reportType}-${index}.json`

/** As few files as S3 takes of them. */
function filesOf(lines: readonly string[]): string[] {
  const files: string[] = []
  let file = ''
  for (const line of lines) {
    if (file !== '' && file.length + line.length > MAX_FILE_CHARACTERS) {
      files.push(file)
      file = ''
    }
    file += `${line}\n`
  }
  return file === '' ? files : [...files, file]
}

/** The lines of a text, of which a byte order mark and the ends of lines (`\n`, `\r\n`) are no part. */
function linesOf(text: string): InputFileLine[] {
  const lines: InputFileLine[] = []
  let offset = text.startsWith('\uFEFF') ? 1 : 0
  for (const whole of text.slice(offset).split('\n')) {
    lines.push({ line: whole.endsWith('\r') ? whole.slice(0, -1) : whole, offset })
    offset += whole.length + 1
  }
  return lines
}
