import {
  JOB_EXECUTION_STATUSES,
  JOB_STATUSES,
  JOB_TARGET_SELECTIONS,
  type JobExecutionStatus,
  type JobStatus,
} from '@thingdeck/contract'
import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { JOB_TABS, type JobTabId } from '../../shared/page-tabs.ts'
import { choiceParam, defined, listParam, type RawSearch, textParam } from '../../shared/search-params.ts'

export interface JobsFilter {
  readonly status?: JobStatus
  readonly selection?: (typeof JOB_TARGET_SELECTIONS)[number]
  /** A thing group that is among the targets. */
  readonly group?: string
}

export type JobsSearch = JobsFilter & ListSearch

export const validateJobsSearch = (raw: RawSearch): JobsSearch =>
  defined({
    status: choiceParam(raw.status, JOB_STATUSES),
    selection: choiceParam(raw.selection, JOB_TARGET_SELECTIONS),
    group: textParam(raw.group),
    ...listSearch(raw),
  })

export interface JobSearch extends ListSearch {
  /** Left out: how far it is. */
  readonly tab?: JobTabId
  /** Of the executions only these. */
  readonly status?: JobExecutionStatus
  /** The job that it is compared with. */
  readonly with?: string
}

export const validateJobSearch = (raw: RawSearch): JobSearch =>
  defined({
    tab: choiceParam(raw.tab, JOB_TABS),
    status: choiceParam(raw.status, JOB_EXECUTION_STATUSES),
    with: textParam(raw.with),
    ...listSearch(raw),
  })

/** Whom a new job is for, and what it is made of. */
export interface CreateJobSearch {
  readonly things?: readonly string[]
  readonly group?: string
  readonly query?: string
  /** A job that it begins as. */
  readonly like?: string
  /** The name of an own template. */
  readonly template?: string
  /** A software package of which it brings a version, the default one unless one is named. */
  readonly package?: string
  readonly version?: string
}

export const validateCreateJobSearch = (raw: RawSearch): CreateJobSearch =>
  defined({
    things: listParam(raw.things),
    group: textParam(raw.group),
    query: textParam(raw.query),
    like: textParam(raw.like),
    template: textParam(raw.template),
    package: textParam(raw.package),
    version: textParam(raw.version),
  })

export const validateJobTemplatesSearch = (raw: RawSearch): ListSearch => listSearch(raw)

/** All tabs of a thing share an address: of its jobs, the one that is looked at. */
export interface ThingJobsSearch {
  readonly job?: string
}

export const validateThingJobsSearch = (raw: RawSearch): ThingJobsSearch => defined({ job: textParam(raw.job) })
