import { COMPARISON_OPERATORS, PARAMETER_TYPES } from '@thingdeck/commands'
import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { ReadTags, Tags } from './tags.ts'
import { NextToken } from './things.ts'

/** 1 to 64 of `a-zA-Z0-9_-` (AWS IoT API reference, CreateCommand). */
export const CommandId = Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-zA-Z0-9_-]+$' })

/** AWS IoT API reference, CreateCommand: of a payload in bytes, of a template in characters. */
export const MOST_COMMAND_PAYLOAD = 32_768

/** AWS IoT API reference, CommandParameter. */
export const CommandParameterName = Type.String({ minLength: 1, maxLength: 192, pattern: '^[.$a-zA-Z0-9_-]+$' })

/** One value with the member of its type (AWS IoT API reference, CommandParameterValue). */
export const CommandParameterValue = Type.Object(
  {
    S: Type.Optional(Type.String({ minLength: 1 })),
    B: Type.Optional(Type.Boolean()),
    I: Type.Optional(Type.Integer()),
    L: Type.Optional(Type.Integer()),
    D: Type.Optional(Type.Number()),
    UL: Type.Optional(Type.String({ minLength: 1, maxLength: 20, pattern: '^[0-9]+$' })),
    BIN: Type.Optional(Type.String({ minLength: 1, description: 'Base64' })),
  },
  { minProperties: 1, maxProperties: 1 },
)
export type CommandParameterValue = Static<typeof CommandParameterValue>

/** By the names of the parameters. */
export const CommandParameterValues = Type.Record(CommandParameterName, CommandParameterValue)
export type CommandParameterValues = Static<typeof CommandParameterValues>

const Digits = Type.String({ minLength: 1, maxLength: 64 })

/** AWS IoT API reference, CommandParameterValueCondition. */
export const CommandValueCondition = Type.Object({
  comparisonOperator: oneOf(COMPARISON_OPERATORS),
  operand: Type.Object({
    number: Type.Optional(Digits),
    numbers: Type.Optional(Type.Array(Digits, { maxItems: 10 })),
    string: Type.Optional(Type.String()),
    strings: Type.Optional(Type.Array(Type.String(), { maxItems: 10 })),
    numberRange: Type.Optional(Type.Object({ min: Digits, max: Digits })),
  }),
})
export type CommandValueCondition = Static<typeof CommandValueCondition>

export const CommandParameter = Type.Object({
  name: CommandParameterName,
  type: Type.Optional(oneOf(PARAMETER_TYPES)),
  value: Type.Optional(CommandParameterValue),
  defaultValue: Type.Optional(CommandParameterValue),
  valueConditions: Type.Optional(Type.Array(CommandValueCondition, { maxItems: 10 })),
  description: Type.Optional(Type.String({ maxLength: 2_028 })),
})
export type CommandParameter = Static<typeof CommandParameter>

const DateTime = Type.Optional(Type.String({ format: 'date-time' }))

/** A row of the list. */
export const CommandSummary = Type.Object({
  commandId: Type.String(),
  commandArn: Type.String(),
  displayName: Type.Optional(Type.String()),
  deprecated: Type.Boolean({ description: 'It can be sent to nobody until it is restored' }),
  pendingDeletion: Type.Boolean({ description: 'It is gone once no execution of it can go on any more' }),
  createdAt: DateTime,
  lastUpdatedAt: DateTime,
})
export type CommandSummary = Static<typeof CommandSummary>

export const CommandPage = Type.Object({
  commands: Type.Array(CommandSummary),
  nextToken: Type.Optional(Type.String()),
})
export type CommandPage = Static<typeof CommandPage>

const CONTENT = {
  payload: Type.Optional(
    Type.Object({
      content: Type.String({ description: 'Base64, of the bytes as each device gets them' }),
      contentType: Type.Optional(Type.String()),
    }),
  ),
  payloadTemplate: Type.Optional(Type.String({ description: 'JSON with placeholders' })),
  outputFormat: Type.Optional(Type.String({ description: 'What a device gets of a template: JSON or CBOR' })),
}

export const Command = Type.Object({
  ...CommandSummary.properties,
  ...CONTENT,
  namespace: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  roleArn: Type.Optional(Type.String({ description: 'Of the namespace AWS-IoT-FleetWise alone' })),
  parameters: Type.Array(CommandParameter),
  tags: ReadTags,
})
export type Command = Static<typeof Command>

/** What the list says of a command beyond what AWS lists. */
export const CommandLook = Type.Object({
  commandId: Type.String(),
  ...CONTENT,
  parameters: Type.Array(CommandParameter),
  description: Type.Optional(Type.String()),
  lastRun: Type.Optional(
    Type.Object(
      { executionId: Type.String(), targetArn: Type.String(), status: Type.String(), createdAt: DateTime },
      { description: 'Absent: it was never sent, as far as AWS remembers, or the console may not read it' },
    ),
  ),
})
export type CommandLook = Static<typeof CommandLook>

const displayName = Type.Optional(Type.String({ maxLength: 64, description: 'Without control characters' }))
const description = Type.Optional(Type.String({ maxLength: 2_028 }))

/** With a payload, which goes to each device as it is, or a template, which is filled with the values of each execution. */
export const NewCommand = Type.Object({
  commandId: CommandId,
  displayName,
  description,
  payload: Type.Optional(
    Type.Object({
      content: Type.String({ minLength: 1, maxLength: 43_692, description: 'Base64' }),
      contentType: Type.String({ minLength: 1, maxLength: 256, description: 'type/subtype' }),
    }),
  ),
  payloadTemplate: Type.Optional(Type.String({ minLength: 1, maxLength: MOST_COMMAND_PAYLOAD })),
  outputFormat: Type.Optional(oneOf(['JSON', 'CBOR'])),
  parameters: Type.Optional(Type.Array(CommandParameter, { maxItems: 100 })),
  tags: Type.Optional(Tags),
})
export type NewCommand = Static<typeof NewCommand>

const params = Type.Object({ commandId: CommandId })

export const commandEndpoints = defineEndpoints({
  listCommands: {
    method: 'GET',
    path: '/api/commands',
    summary: 'A page of commands, the newest first; what is pending deletion AWS does not list',
    access: 'viewer',
    query: Type.Object({
      nextToken: Type.Optional(NextToken),
      maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
      name: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 64,
          description: 'A part of the id or of the display name, in any case',
        }),
      ),
      deprecated: Type.Optional(Type.Boolean({ description: 'Only those that are, or are not' })),
      commandParameterName: Type.Optional(CommandParameterName),
      sortOrder: Type.Optional(oneOf(['ASCENDING', 'DESCENDING'])),
    }),
    answer: json(CommandPage),
  },
  listCommandLooks: {
    method: 'GET',
    path: '/api/command-looks',
    summary: 'What a few commands send, and when each was sent last; those that are gone are left out',
    access: 'viewer',
    query: Type.Object({ commandId: Type.Array(CommandId, { minItems: 1, maxItems: 10 }) }),
    answer: json(Type.Object({ commands: Type.Array(CommandLook) })),
  },
  createCommand: {
    method: 'POST',
    path: '/api/commands',
    summary: 'Makes a command: something that a device can be told to do at once',
    access: 'operator',
    audit: 'CreateCommand',
    mostBodyBytes: 1_048_576,
    body: NewCommand,
    answer: json(Type.Object({ commandId: Type.String(), commandArn: Type.String() })),
  },
  getCommand: {
    method: 'GET',
    path: '/api/commands/:commandId',
    summary: 'A command with what it sends, and its tags',
    access: 'viewer',
    params,
    answer: json(Command),
  },
  updateCommand: {
    method: 'PATCH',
    path: '/api/commands/:commandId',
    summary: 'Renames a command, deprecates or restores it; what it sends never changes',
    access: 'operator',
    audit: 'UpdateCommand',
    params,
    body: Type.Object({ displayName, description, deprecated: Type.Optional(Type.Boolean()) }, { minProperties: 1 }),
    answer: json(Command),
  },
  deleteCommand: {
    method: 'DELETE',
    path: '/api/commands/:commandId',
    summary: 'Deletes a command: at once when it was deprecated for 12 hours, else when these have passed',
    access: 'admin',
    audit: 'DeleteCommand',
    params,
    answer: json(
      Type.Object({ isGone: Type.Boolean({ description: 'AWS answered 204; with 202 it is pending deletion' }) }),
    ),
  },
})
