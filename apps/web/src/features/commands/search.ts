import { COMMAND_EXECUTION_STATUSES, type CommandExecutionStatus } from '@thingdeck/contract'
import { type ListSearch, listSearch } from '../../shared/list/list-search.ts'
import { COMMAND_TABS, type CommandTabId } from '../../shared/page-tabs.ts'
import { choiceParam, defined, listParam, type RawSearch, textParam } from '../../shared/search-params.ts'
import { type TimeRange, timeRangeParams } from '../../shared/time-range.ts'

/** What is pending deletion AWS does not list. */
export const COMMAND_STATES = ['available', 'deprecated'] as const
type CommandState = (typeof COMMAND_STATES)[number]

export interface CommandsFilter {
  /** A part of the id or of the display name. */
  readonly name?: string
  readonly state?: CommandState
  /** The name of a parameter that they have. */
  readonly parameter?: string
}

export type CommandsSearch = CommandsFilter & ListSearch

export const validateCommandsSearch = (raw: RawSearch): CommandsSearch =>
  defined({
    name: textParam(raw.name),
    state: choiceParam(raw.state, COMMAND_STATES),
    parameter: textParam(raw.parameter),
    ...listSearch(raw),
  })

/** Which executions are shown; AWS lists those of a command, or of a device. */
export interface ExecutionsFilter extends TimeRange {
  readonly command?: string
  readonly thing?: string
  readonly client?: string
  readonly status?: CommandExecutionStatus
}

const executionsFilter = (raw: RawSearch): ExecutionsFilter =>
  defined({
    command: textParam(raw.command),
    thing: textParam(raw.thing),
    client: textParam(raw.client),
    status: choiceParam(raw.status, COMMAND_EXECUTION_STATUSES),
    ...timeRangeParams(raw),
  })

export type ExecutionsSearch = ExecutionsFilter & ListSearch

export const validateExecutionsSearch = (raw: RawSearch): ExecutionsSearch =>
  defined({ ...executionsFilter(raw), ...listSearch(raw) })

export interface CommandSearch extends ExecutionsSearch {
  /** Left out: what it sends. */
  readonly tab?: CommandTabId
}

export const validateCommandSearch = (raw: RawSearch): CommandSearch =>
  defined({ tab: choiceParam(raw.tab, COMMAND_TABS), ...executionsFilter(raw), ...listSearch(raw) })

export interface CreateCommandSearch {
  /** A command that it begins as. */
  readonly like?: string
}

export const validateCreateCommandSearch = (raw: RawSearch): CreateCommandSearch =>
  defined({ like: textParam(raw.like) })

/** What is sent, and to whom. */
export interface SendSearch {
  readonly command?: string
  readonly thing?: string
  readonly client?: string
  readonly things?: readonly string[]
  readonly group?: string
  readonly query?: string
  /** An execution on the thing or client, whose values it begins with. */
  readonly like?: string
  /** The execution that was sent from here. */
  readonly sent?: string
}

export const validateSendSearch = (raw: RawSearch): SendSearch =>
  defined({
    command: textParam(raw.command),
    thing: textParam(raw.thing),
    client: textParam(raw.client),
    things: listParam(raw.things),
    group: textParam(raw.group),
    query: textParam(raw.query),
    like: textParam(raw.like),
    sent: textParam(raw.sent),
  })

/** All tabs of a thing share an address: of what was sent to it, the execution that is looked at. */
export interface ThingCommandsSearch {
  readonly execution?: string
}

export const validateThingCommandsSearch = (raw: RawSearch): ThingCommandsSearch =>
  defined({ execution: textParam(raw.execution) })
