/** Names of all fields of the payload in a piece of syntax, as often as they stand there. */
export function* fieldsOf(syntax: unknown): Generator<string> {
  if (typeof syntax !== 'object' || syntax === null) return
  if ('kind' in syntax && syntax.kind === 'field' && 'name' in syntax) yield String(syntax.name)
  for (const part of Object.values(syntax)) yield* fieldsOf(part)
}
