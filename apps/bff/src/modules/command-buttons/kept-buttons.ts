import { randomUUID } from 'node:crypto'
import { type BodyOf, CommandButton, type endpoints, MOST_COMMAND_BUTTONS } from '@thingdeck/contract'
import Value from 'typebox/value'
import type { Person } from '../../person.ts'
import { Problem } from '../../problem.ts'
import type { Documents } from '../../stores/documents/documents.ts'

const DOCUMENT = 'command-buttons'

/** Commands with their values, as buttons on things of a type; all of them are one document. */
export class KeptButtons {
  readonly #documents: Documents

  constructor(documents: Documents) {
    this.#documents = documents
  }

  async list(): Promise<CommandButton[]> {
    return buttonsIn(await this.#documents.read(DOCUMENT))
  }

  /** @throws {Problem} NAME_TAKEN, TOO_MANY_BUTTONS */
  async create(wanted: BodyOf<typeof endpoints.createCommandButton>, { name }: Person): Promise<CommandButton> {
    const button = { buttonId: randomUUID(), ...wanted, createdBy: name }
    await this.#documents.update(DOCUMENT, (stored) => {
      const buttons = buttonsIn(stored)
      const likewise = buttons.filter(({ thingTypeName }) => thingTypeName === wanted.thingTypeName)
      if (likewise.some(({ label }) => label === wanted.label))
        throw new Problem('NAME_TAKEN', `These things have a button that says ${wanted.label} already.`)
      if (likewise.length >= MOST_COMMAND_BUTTONS)
        throw new Problem(
          'TOO_MANY_BUTTONS',
          `These things have ${MOST_COMMAND_BUTTONS} buttons already: one has to go before another comes.`,
        )
      return [...buttons, button]
    })
    return button
  }

  /** @throws {Problem} NOT_FOUND */
  async remove(buttonId: string): Promise<CommandButton> {
    let removed: CommandButton | undefined
    await this.#documents.update(DOCUMENT, (stored) => {
      const buttons = buttonsIn(stored)
      removed = buttons.find((button) => button.buttonId === buttonId)
      if (!removed) throw new Problem('NOT_FOUND', 'There is no such button any more.')
      return buttons.filter((button) => button !== removed)
    })
    if (!removed) throw new Problem('INTERNAL', 'The button was not removed.')
    return removed
  }
}

/** What is none, of another release say, is left out. */
const buttonsIn = (stored: unknown): CommandButton[] =>
  Array.isArray(stored) ? stored.filter((button) => Value.Check(CommandButton, button)) : []
