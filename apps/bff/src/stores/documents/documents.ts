/** Computes the next value of a document from the one before; undefined: there is none. What it throws is told. */
export type Change = (before: unknown) => unknown

/**
 * What people of one account share and the console has to remember: saved views, settings. A few small JSON documents
 * by name. Whoever reads one checks it: it may be of another release.
 */
export interface Documents {
  /** Whether they outlive the process. */
  readonly lasts: boolean
  /** Undefined: there is none. */
  read(name: string): Promise<unknown>
  /**
   * One change after the other, also from several consoles: none is lost. It may be computed again, from what another
   * console wrote meanwhile.
   * @returns the value after it
   * @throws when it is not certain that it is kept
   */
  update(name: string, change: Change): Promise<unknown>
}
