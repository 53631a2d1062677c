interface Entry {
  /** Writes the list. */
  readonly enter: () => Promise<unknown>
  readonly isListed: () => Promise<boolean>
  /** Takes away what was kept of it before. */
  readonly forget: () => Promise<void>
}

/**
 * Enters what is kept in the list by which others know of it. Where nobody answers that this was written, it is looked
 * whether it was: what is not in the list is forgotten, and where that cannot be told either nothing is taken away.
 * @throws why it is not in the list, or may not be
 */
export async function enterInList({ enter, isListed, forget }: Entry): Promise<void> {
  try {
    await enter()
  } catch (error) {
    const isThere = await isListed().catch(() => undefined)
    if (isThere === false) await forget()
    if (!isThere) throw error
  }
}
