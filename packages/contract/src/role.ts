import { type Static, Type } from 'typebox'

/** What a person may do: `viewer` reads, `operator` also publishes and edits shadows, `admin` also changes the registry. */
export const Role = Type.Union([Type.Literal('viewer'), Type.Literal('operator'), Type.Literal('admin')])
export type Role = Static<typeof Role>
