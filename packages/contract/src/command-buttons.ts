import { type Static, Type } from 'typebox'
import { CommandRun } from './command-executions.ts'
import { CommandId } from './commands.ts'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { ThingName } from './things.ts'

/** Of one thing type. */
export const MOST_COMMAND_BUTTONS = 12

const CONTENT = {
  thingTypeName: Type.Optional(Type.String({ ...ThingName, description: 'Absent: of things that have no type' })),
  label: Type.String({
    minLength: 1,
    maxLength: 40,
    pattern: '^\\S(.*\\S)?$',
    description: 'What the button says, without blanks around it',
  }),
  commandId: CommandId,
  ...CommandRun,
}

/** A command with its values, as a button on each thing of a type. */
export const CommandButton = Type.Object({
  buttonId: Type.String(),
  ...CONTENT,
  createdBy: Type.String({ description: 'Name of the person' }),
})
export type CommandButton = Static<typeof CommandButton>

/** Everybody sees them; operators send by them, make and remove them. */
export const commandButtonEndpoints = defineEndpoints({
  listCommandButtons: {
    method: 'GET',
    path: '/api/command-buttons',
    summary: 'The commands that things have buttons of, by the type of the thing',
    access: 'viewer',
    answer: json(Type.Object({ buttons: Type.Array(CommandButton, { description: 'The oldest first' }) })),
  },
  createCommandButton: {
    method: 'POST',
    path: '/api/command-buttons',
    summary: 'Gives each thing of a type a button that sends a command; NAME_TAKEN where one says the same',
    access: 'operator',
    audit: 'CreateCommandButton',
    body: Type.Object(CONTENT),
    answer: json(CommandButton),
  },
  deleteCommandButton: {
    method: 'DELETE',
    path: '/api/command-buttons/:buttonId',
    summary: 'Takes such a button away',
    access: 'operator',
    audit: 'DeleteCommandButton',
    params: Type.Object({ buttonId: Type.String({ minLength: 1, maxLength: 64 }) }),
    answer: EMPTY,
  },
})
