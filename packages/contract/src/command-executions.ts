import { EXECUTION_STATUSES } from '@thingdeck/commands'
import { type Static, Type } from 'typebox'
import { CommandId, CommandParameterValues } from './commands.ts'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { NextToken, ThingName } from './things.ts'

/** AWS IoT API reference, CommandExecutionStatus. */
export const COMMAND_EXECUTION_STATUSES = EXECUTION_STATUSES
export type CommandExecutionStatus = (typeof EXECUTION_STATUSES)[number]

/** What AWS takes where nothing is said (AWS IoT developer guide, "Start and monitor command executions"). */
export const DEFAULT_COMMAND_TIMEOUT_SECONDS = 10
/** 12 hours. */
export const MOST_COMMAND_TIMEOUT_SECONDS = 43_200

const ClientId = Type.String({ minLength: 1, maxLength: 128, pattern: '^[^/#+]+$' })

/** Whom a command is sent to: the device of a thing, or whoever is connected under a client id. */
const TARGET = {
  thingName: Type.Optional(ThingName),
  clientId: Type.Optional(ClientId),
}
export const CommandTarget = Type.Object(TARGET, { minProperties: 1, maxProperties: 1 })
export type CommandTarget = Static<typeof CommandTarget>

const DateTime = Type.Optional(Type.String({ format: 'date-time' }))

/** As AWS lists it. */
export const CommandExecutionSummary = Type.Object({
  executionId: Type.String(),
  commandId: Type.String(),
  target: Type.Object(TARGET, { description: 'Neither: of a kind that the console does not know' }),
  targetArn: Type.String(),
  status: Type.String({ description: 'One of CommandExecutionStatus; those that AWS may add are shown as they are' }),
  createdAt: DateTime,
  startedAt: DateTime,
  completedAt: Type.Optional(
    Type.String({ format: 'date-time', description: 'When the device said its last word; a time-out is none' }),
  ),
})
export type CommandExecutionSummary = Static<typeof CommandExecutionSummary>

export const CommandExecutionPage = Type.Object({
  executions: Type.Array(CommandExecutionSummary),
  nextToken: Type.Optional(Type.String()),
})
export type CommandExecutionPage = Static<typeof CommandExecutionPage>

/** One value that a device answered: a text, a truth, or bytes in Base64. */
export const CommandResultValue = Type.Object({
  S: Type.Optional(Type.String()),
  B: Type.Optional(Type.Boolean()),
  BIN: Type.Optional(Type.String({ description: 'Base64' })),
})
export type CommandResultValue = Static<typeof CommandResultValue>

export const CommandExecution = Type.Object({
  ...CommandExecutionSummary.properties,
  lastUpdatedAt: DateTime,
  timeToLive: Type.Optional(Type.String({ format: 'date-time', description: 'Until then AWS remembers it' })),
  executionTimeoutSeconds: Type.Optional(Type.Integer()),
  statusReason: Type.Optional(
    Type.Object({ reasonCode: Type.String(), reasonDescription: Type.Optional(Type.String()) }),
  ),
  result: Type.Optional(Type.Record(Type.String(), CommandResultValue)),
  parameters: Type.Optional(CommandParameterValues),
})
export type CommandExecution = Static<typeof CommandExecution>

/** With which values, and how long the device has for it. */
export const CommandRun = {
  parameters: Type.Optional(CommandParameterValues),
  executionTimeoutSeconds: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: MOST_COMMAND_TIMEOUT_SECONDS,
      description: `Absent: ${DEFAULT_COMMAND_TIMEOUT_SECONDS} seconds`,
    }),
  ),
}

const params = Type.Object({ executionId: Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-zA-Z0-9_-]+$' }) })

export const commandExecutionEndpoints = defineEndpoints({
  startCommandExecution: {
    method: 'POST',
    path: '/api/commands/:commandId/executions',
    summary: 'Sends a command to the device of a thing, or to a client',
    access: 'operator',
    audit: 'StartCommandExecution',
    params: Type.Object({ commandId: CommandId }),
    body: Type.Object({
      device: CommandTarget,
      ...CommandRun,
      clientToken: Type.String({
        minLength: 1,
        maxLength: 64,
        pattern: '^[\\x21-\\x7E]+$',
        description: 'The same one again starts nothing again',
      }),
    }),
    answer: json(Type.Object({ executionId: Type.String() })),
  },
  listCommandExecutions: {
    method: 'GET',
    path: '/api/command-executions',
    summary: 'A page of executions of one command, on one device, or of the one on the other: the latest first',
    access: 'viewer',
    query: Type.Object({
      commandId: Type.Optional(CommandId),
      ...TARGET,
      status: Type.Optional(oneOf(EXECUTION_STATUSES)),
      startedAfter: Type.Optional(
        Type.String({ format: 'date-time', description: 'AWS takes whole minutes: it is rounded down' }),
      ),
      startedBefore: Type.Optional(Type.String({ format: 'date-time', description: 'Rounded up to a whole minute' })),
      maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
      nextToken: Type.Optional(NextToken),
    }),
    answer: json(CommandExecutionPage),
  },
  getCommandExecution: {
    method: 'GET',
    path: '/api/command-executions/:executionId',
    summary: 'An execution with what the device answered',
    access: 'viewer',
    params,
    query: Type.Object(TARGET, { minProperties: 1 }),
    answer: json(CommandExecution),
  },
  deleteCommandExecution: {
    method: 'DELETE',
    path: '/api/command-executions/:executionId',
    summary: 'Forgets an execution that its device has ended',
    access: 'admin',
    audit: 'DeleteCommandExecution',
    params,
    query: Type.Object(TARGET, { minProperties: 1 }),
    answer: EMPTY,
  },
})
