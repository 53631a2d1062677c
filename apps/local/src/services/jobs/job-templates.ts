import { AwsError } from '@thingdeck/aws-api'
import type { MaintenanceWindow } from '@thingdeck/jobs'
import { arnOf, resourceIn } from '../../foundation/account.ts'
import { notFound } from '../../foundation/errors.ts'
import { type Page, type PageRequest, paginateBySeq } from '../../foundation/paging.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import type { ResourceTag } from '../../foundation/tag-keeper.ts'
import type { JobDefinition } from './job-table.ts'

/** What a template says of jobs that are made by it. */
export interface TemplateContent {
  readonly description: string
  readonly document: string
  readonly documentSource?: string | undefined
  readonly configs: Omit<JobDefinition, 'targets'>
  /** Shown, and not taken over by `CreateJob`: a console proposes them. */
  readonly maintenanceWindows?: readonly MaintenanceWindow[] | undefined
}

export interface JobTemplate extends TemplateContent {
  readonly seq: number
  readonly templateId: string
  readonly createdMs: number
}

interface Row {
  readonly seq: number
  readonly templateId: string
  readonly createdMs: number
  readonly content: string
}

/** @see AWS IoT Device Management quotas */
const MAX_TEMPLATES = 100
const COLUMNS = 'seq, template_id AS templateId, created_ms AS createdMs, content'

/** The account's own job templates. */
export class JobTemplates {
  readonly #context: Pick<ServiceContext, 'account' | 'clock' | 'database' | 'tags'>

  constructor(context: Pick<ServiceContext, 'account' | 'clock' | 'database' | 'tags'>) {
    this.#context = context
    context.tags.addKind('jobtemplate', (templateId) => this.#find(templateId) !== undefined)
  }

  arnOf(templateId: string): string {
    return arnOf(this.#context.account, 'iot', `jobtemplate/${templateId}`)
  }

  /** @throws {AwsError} ConflictException for an id that is taken, LimitExceededException */
  create(templateId: string, content: TemplateContent, tags: readonly ResourceTag[] | undefined): void {
    const { database, clock } = this.#context
    if (this.#find(templateId)) {
      throw new AwsError('ConflictException', `Job template ${templateId} already exists`, { resourceId: templateId })
    }
    const count = database.get<{ n: number }>('SELECT count(*) AS n FROM job_templates')?.n ?? 0
    if (count >= MAX_TEMPLATES) {
      throw new AwsError('LimitExceededException', `There can be at most ${MAX_TEMPLATES} job templates`)
    }
    database.transaction(() => {
      const sql = 'INSERT INTO job_templates (template_id, created_ms, content) VALUES (?, ?, ?)'
      database.run(sql, templateId, clock(), JSON.stringify(content))
      this.#context.tags.create(this.arnOf(templateId), tags)
    })
  }

  /** @throws {AwsError} ResourceNotFoundException */
  require(templateId: string): JobTemplate {
    const template = this.#find(templateId)
    if (!template) throw notFound(`Job template ${templateId} does not exist`)
    return template
  }

  /** @throws {AwsError} ResourceNotFoundException */
  byArn(arn: string): JobTemplate {
    const templateId = resourceIn(this.#context.account, 'iot', arn, 'jobtemplate/')
    const template = templateId === undefined ? undefined : this.#find(templateId)
    if (!template) throw notFound(`Job template ${arn} does not exist`)
    return template
  }

  /** @throws {AwsError} ResourceNotFoundException */
  delete(templateId: string): void {
    const { seq } = this.require(templateId)
    const { database, tags } = this.#context
    database.transaction(() => {
      database.run('DELETE FROM job_templates WHERE seq = ?', seq)
      tags.forget(this.arnOf(templateId))
    })
  }

  list(page: PageRequest): Page<JobTemplate> {
    return paginateBySeq(page, 'ListJobTemplates', (after, count) =>
      this.#context.database
        .all<Row>(`SELECT ${COLUMNS} FROM job_templates WHERE seq > ? ORDER BY seq LIMIT ?`, after, count)
        .map(read),
    )
  }

  #find(templateId: string): JobTemplate | undefined {
    const sql = `SELECT ${COLUMNS} FROM job_templates WHERE template_id = ?`
    const row = this.#context.database.get<Row>(sql, templateId)
    return row && read(row)
  }
}

function read({ content, ...row }: Row): JobTemplate {
  return { ...row, ...(JSON.parse(content) as TemplateContent) } // which `create` alone writes
}
