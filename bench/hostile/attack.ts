import type { Random } from './random.ts'

/** How much of what a round did, by its name: `{ kills: 4, 'acknowledged writes': 1830 }`. */
export type Tally = Readonly<Record<string, number>>

/** One way to hurt the server, made to be repeated. */
export interface Attack extends AsyncDisposable {
  readonly name: string
  /**
   * Attacks once, and looks whether anything was lost or broken.
   * @throws {Error} with what was found
   */
  round(random: Random): Promise<Tally>
}

/** Makes an attack; what it needs is started by its first round. */
export type MakeAttack = () => Attack

/** What an attack found: the server lost, invented or gave up something. */
export class Finding extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Finding'
  }
}
