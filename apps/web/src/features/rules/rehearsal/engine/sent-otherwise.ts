/** Of two rules the places of actions for which the other has none that sends the same. */
export interface UnlikeActions {
  readonly draft: readonly string[]
  readonly compared: readonly string[]
}

/**
 * Which actions of two rules have no equal among those of the other, one for one: one that only moved has, and of one that
 * stands twice a single one of the other is the equal of one.
 * @param draft by its place, what each action would send
 */
export function unlikeActions(
  draft: ReadonlyMap<string, string>,
  compared: ReadonlyMap<string, string>,
): UnlikeActions {
  const left = new Map(compared)
  const mine: string[] = []
  for (const [place, text] of draft) {
    const same = [...left].find(([, other]) => other === text)
    if (same) left.delete(same[0])
    else mine.push(place)
  }
  return { draft: mine, compared: [...left.keys()] }
}

/** Where two rules send something else for a message, in words. */
export function sentOtherwise({ draft, compared }: UnlikeActions): readonly string[] {
  return [
    ...draft.map((place) => (compared.includes(place) ? `${place} otherwise` : `${place} only by the draft`)),
    ...compared.filter((place) => !draft.includes(place)).map((place) => `${place} not by the draft`),
  ]
}
