import {
  DescribeThingRegistrationTaskCommand,
  type IoTClient,
  ListThingRegistrationTasksCommand,
  paginateListThingRegistrationTaskReports,
  StartThingRegistrationTaskCommand,
  StopThingRegistrationTaskCommand,
} from '@aws-sdk/client-iot'
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import type {
  RegistrationReport,
  RegistrationReportType,
  RegistrationTask,
  RegistrationTaskPage,
  RegistrationTaskRequest,
  RegistrationTaskStatus,
} from '@thingdeck/contract'
import { collected } from '../../aws/pages.ts'
import { unlessGone } from '../../aws/unless-gone.ts'
import { InTurn } from '../../in-turn.ts'
import { Problem } from '../../problem.ts'

/** Lines of a report that are shown; its files have all of them. */
const MOST_LINES = 2_000
/** Of all of its files together, as far as they are read. */
const MOST_CHARACTERS = 8 * 1024 * 1024
/** So long an answer of S3 is waited for. */
const REPORT_MS = 20_000
const DEFAULT_PAGE = 10
/** Of the tasks in progress, the latest so many are looked at before another one begins. */
const MOST_IN_PROGRESS = 25

interface TasksPage {
  readonly status?: RegistrationTaskStatus
  readonly maxResults?: number
  readonly nextToken?: string
}

/** Registration tasks as AWS IoT has them, and their files in S3. Errors are AWS's own. */
export class RegistrationTasksAws {
  readonly #iot: IoTClient
  readonly #s3: S3Client
  readonly #inTurn = new InTurn()

  constructor(iot: IoTClient, s3: S3Client) {
    this.#iot = iot
    this.#s3 = s3
  }

  /** AWS lists ids alone: each of the page is asked for. One that is gone meanwhile is left out. */
  async list({ maxResults = DEFAULT_PAGE, ...query }: TasksPage): Promise<RegistrationTaskPage> {
    const { taskIds = [], nextToken } = await this.#iot.send(
      new ListThingRegistrationTasksCommand({ ...query, maxResults }),
    )
    const tasks = await Promise.all(taskIds.map((taskId) => unlessGone(this.describe(taskId))))
    return {
      tasks: tasks.filter((task) => task !== undefined),
      ...(nextToken !== undefined && { nextToken }),
    }
  }

  async describe(taskId: string): Promise<RegistrationTask> {
    const task = await this.#iot.send(new DescribeThingRegistrationTaskCommand({ taskId }))
    return {
      taskId,
      status: task.status ?? 'InProgress',
      ...(task.message !== undefined && { message: task.message }),
      ...(task.creationDate && { createdAt: task.creationDate.toISOString() }),
      ...(task.lastModifiedDate && { modifiedAt: task.lastModifiedDate.toISOString() }),
      templateBody: task.templateBody ?? '',
      inputFileBucket: task.inputFileBucket ?? '',
      inputFileKey: task.inputFileKey ?? '',
      roleArn: task.roleArn ?? '',
      successCount: task.successCount ?? 0,
      failureCount: task.failureCount ?? 0,
      percentageProgress: task.percentageProgress ?? 0,
    }
  }

  /**
   * AWS knows no request again: a second click, a second person, or who had no answer and asks once more, would have a
   * second task, which makes a second certificate for each thing.
   * @throws {Problem} BEING_REGISTERED where a task in progress does the same. One that another way begins meanwhile is not seen.
   */
  start(request: RegistrationTaskRequest): Promise<{ taskId: string }> {
    const { inputFileBucket, inputFileKey } = request
    return this.#inTurn.do(`${inputFileBucket}/${inputFileKey}`, async () => {
      const { tasks } = await this.list({ status: 'InProgress', maxResults: MOST_IN_PROGRESS })
      const same = tasks.find((task) => isSame(task, request))
      if (same)
        throw new Problem(
          'BEING_REGISTERED',
          `The task ${same.taskId}${same.createdAt === undefined ? '' : `, begun at ${same.createdAt},`} registers the things of s3://${inputFileBucket}/${inputFileKey} by this template: wait for it, or stop it.`,
        )
      const { taskId = '' } = await this.#iot.send(new StartThingRegistrationTaskCommand(request))
      return { taskId }
    })
  }

  async stop(taskId: string): Promise<void> {
    await this.#iot.send(new StopThingRegistrationTaskCommand({ taskId }))
  }

  async putFile(Bucket: string, Key: string, lines: readonly Readonly<Record<string, string>>[]): Promise<void> {
    const Body = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    await this.#s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/x-ndjson' }))
  }

  async report(taskId: string, reportType: RegistrationReportType): Promise<RegistrationReport> {
    const pages = paginateListThingRegistrationTaskReports({ client: this.#iot }, { taskId, reportType })
    const links = await collected(pages, (page) => page.resourceLinks)
    const lines: string[] = []
    let left = MOST_CHARACTERS
    for (const link of links) {
      if (lines.length > MOST_LINES || left <= 0) break
      const { text, isWhole } = await readStart(link, left)
      left = isWhole ? left - text.length : 0
      const own = text.split(/\r?\n/).filter((line) => line !== '')
      lines.push(...(isWhole ? own : own.slice(0, -1)))
    }
    return { lines: lines.slice(0, MOST_LINES), isCut: left <= 0 || lines.length > MOST_LINES, links }
  }
}

const isSame = (task: RegistrationTask, request: RegistrationTaskRequest): boolean =>
  task.inputFileBucket === request.inputFileBucket &&
  task.inputFileKey === request.inputFileKey &&
  task.templateBody === request.templateBody

/**
 * As much of a file as is shown. A link is S3's, and leads nowhere else.
 * @throws {Problem} AWS_UNAVAILABLE
 */
async function readStart(link: string, most: number): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  try {
    const answer = await fetch(link, { signal: AbortSignal.timeout(REPORT_MS), redirect: 'error' })
    if (!answer.ok || !answer.body) throw new Error(`S3 answered ${answer.status}`)
    const decoder = new TextDecoder()
    let text = ''
    for await (const piece of answer.body) {
      text += decoder.decode(piece, { stream: true })
      if (text.length > most) return { text, isWhole: false }
    }
    return { text: text + decoder.decode(), isWhole: true }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Problem('AWS_UNAVAILABLE', `A file of the report could not be read: ${why}.`, { cause: error })
  }
}
