/**
 * Where two rules send something else for a message, in words. An action that only moved sends the same.
 * @param draft by its place, what each action would send
 */
export function sentOtherwise(
  draft: ReadonlyMap<string, string>,
  compared: ReadonlyMap<string, string>,
): readonly string[] {
  const left = new Map(compared)
  const mine: string[] = []
  for (const [place, text] of draft) {
    const same = [...left].find(([, other]) => other === text)
    if (same) left.delete(same[0])
    else mine.push(place)
  }
  return [
    ...mine.map((place) => (left.has(place) ? `${place} otherwise` : `${place} only by the draft`)),
    ...[...left.keys()].filter((place) => !mine.includes(place)).map((place) => `${place} not by the draft`),
  ]
}
