/** What to look for in the fleet index; everything given has to hold. Case does not count. */
export interface FleetFilter {
  readonly name?: string
  readonly namePrefix?: string
  readonly nameContains?: string
  readonly thingTypeName?: string
  readonly thingGroupName?: string
  readonly connected?: boolean
  /** As the index has it, e.g. `CONNECTION_LOST`. */
  readonly disconnectReason?: string
  /** Connected or disconnected since then (ISO 8601). */
  readonly changedAfter?: string
  readonly attributes?: readonly AttributeFilter[]
}

export interface AttributeFilter {
  readonly name: string
  /** `^`: begins with. */
  readonly operator: '=' | '^'
  readonly value: string
}

/** `site=hall-2` or `site^hall`: names hold neither sign (AWS IoT API reference, `attributePayload`). */
export function parseAttributeFilter(text: string): AttributeFilter | undefined {
  const [, name, operator, value] = /^([^=^]+)([=^])(.*)$/.exec(text) ?? []
  return name && value ? { name, operator: operator === '^' ? '^' : '=', value } : undefined
}

/** Characters that the query syntax has no place for in a value, though attributes may hold some of them. */
const UNSUPPORTED = /[`@#%\\/';,]/g
const MAX_SINGLE_WILDCARDS = 5

/**
 * The query for the fleet index, `*` for no filter:
 * `{ nameContains: 'ump-7', connected: true }` → `thingName:*ump-7* connectivity.connected:true`.
 * It may find more than was asked for: see {@link matchesExactly}.
 * @see AWS IoT developer guide, "Query syntax"
 */
export function formatQuery(filter: FleetFilter): string {
  const { name, namePrefix, nameContains, thingTypeName, thingGroupName, connected, attributes = [] } = filter
  const { disconnectReason, changedAfter } = filter
  const terms = [
    name !== undefined && `thingName:${whole(name)}`,
    namePrefix !== undefined && `thingName:${word(namePrefix)}*`,
    nameContains !== undefined && `thingName:*${word(nameContains)}*`,
    thingTypeName !== undefined && `thingTypeName:${whole(thingTypeName)}`,
    thingGroupName !== undefined && `thingGroupNames:${whole(thingGroupName)}`,
    connected !== undefined && `connectivity.connected:${connected}`,
    disconnectReason !== undefined && `connectivity.disconnectReason:${whole(disconnectReason)}`,
    changedAfter !== undefined && `connectivity.timestamp > ${Date.parse(changedAfter)}`,
    ...attributes.map(({ name: attribute, operator, value }) => {
      const field = `attributes.${attribute.replaceAll(/[^\w.-]/g, '\\$&')}`
      return `${field}:${operator === '^' ? prefixed(value) : whole(value)}`
    }),
  ].filter((term) => term !== false)
  return terms.length === 0 ? '*' : terms.join(' ')
}

/** Whether a thing that the query found is meant: wildcards stood where the syntax could not take a character. */
export function matchesExactly(
  thing: { readonly attributes: Readonly<Record<string, string>> },
  { attributes = [] }: FleetFilter,
): boolean {
  return attributes.every(({ name, operator, value }) => {
    const held = thing.attributes[name]?.toLowerCase()
    return operator === '^' ? held?.startsWith(value.toLowerCase()) : held === value.toLowerCase()
  })
}

/** Whether the query of a filter finds what is meant and nothing else. */
export const isExactQuery = ({ attributes = [] }: FleetFilter): boolean =>
  attributes.every(({ value }) => !isUnsupported(value))

/** The text as one word; what has a meaning in the syntax is escaped, what has no place in it matches any character. */
function word(text: string): string {
  return text.replaceAll(/[^\w.-]|^-/g, (character) => (isUnsupported(character) ? '?' : `\\${character}`))
}

const isUnsupported = (character: string): boolean => character.search(UNSUPPORTED) >= 0

/** A whole value. In quotation marks words such as AND are ordinary, but there are no wildcards. */
function whole(text: string): string {
  const unsupported = text.match(UNSUPPORTED)?.length ?? 0
  if (unsupported === 0) return `"${text.replaceAll('"', '\\"')}"`
  const isWord = unsupported <= MAX_SINGLE_WILDCARDS && !isUnsupported(text.charAt(0))
  return isWord ? word(text) : prefixed(text)
}

/** Values that begin with the text, or with as much of it as there are wildcards for; none can be in front. */
function prefixed(text: string): string {
  if (isUnsupported(text.charAt(0))) return '*'
  const parts = text.split(UNSUPPORTED)
  if (parts.length - 1 <= MAX_SINGLE_WILDCARDS) return `${word(text)}*`
  return `${parts
    .slice(0, MAX_SINGLE_WILDCARDS + 1)
    .map(word)
    .join('?')}*`
}
