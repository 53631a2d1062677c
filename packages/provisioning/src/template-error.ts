import { positionAt } from '@thingdeck/json'

/** A template that AWS IoT refuses when it is created: what is wrong, and where it stands in its text. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
  /** The member at fault, such as `Resources.thing.Properties.ThingName`; empty for the template as a whole. */
  readonly path: string
  /** Where it stands in the text, in UTF-16 code units from 0. */
  readonly offset: number
  /** The same place for a person, from 1. */
  readonly line: number
  readonly column: number

  /** @param message one sentence, without the place */
  constructor(message: string, path: string, text: string, offset: number) {
    super(path === '' ? message : `${path}: ${message}`)
    this.path = path
    this.offset = offset
    const { line, column } = positionAt(text, offset)
    this.line = line
    this.column = column
  }
}
