/** The name at the end of an ARN or a URL; `otherwise` where nothing is given yet. */
export function lastPart(text: string, otherwise: string): string {
  if (text === '') return otherwise
  // What is within a template is no part of a path.
  return /(?:^|[:/])((?:\$\{[^}]*\}|[^:/$]|\$(?!\{))+)$/.exec(text)?.[1] ?? text
}
