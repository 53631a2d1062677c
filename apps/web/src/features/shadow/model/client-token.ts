/**
 * Client tokens of this console say who sent an update, so that another operator's history can tell: AWS itself names
 * no principal. It takes 64 bytes: `thingdeck:NAME:RANDOM`, to which each attempt adds its number.
 */
const PREFIX = 'thingdeck:'
const MAX_PERSON = 36

export function newChangeId(personName: string, random: string): string {
  const person = personName
    .trim()
    .replaceAll(/\s+/g, '.')
    .replaceAll(/[^\w.@-]/g, '')
    .slice(0, MAX_PERSON)
  return `${PREFIX}${person}:${random.replaceAll('-', '').slice(0, 10)}`
}

/** The name of the person whose console sent this; undefined for tokens of others. */
export function personOfToken(token: string | undefined): string | undefined {
  if (!token?.startsWith(PREFIX)) return undefined
  return token.slice(PREFIX.length, token.lastIndexOf(':')) || undefined
}
