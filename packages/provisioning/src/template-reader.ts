import { JsonNumber, JsonParseError, type JsonTree, parseJsonTree } from '@thingdeck/json'
import { TemplateError } from './template-error.ts'

/** A value of a template with the path that leads to it. */
export interface Place {
  readonly node: JsonTree
  readonly path: string
}

/** Levels of arrays and objects: bounds how deep functions lie within functions. No real template has a third of it. */
const MAX_DEPTH = 100

/** Takes a template's text apart, and says where what is wrong stands. Errors are {@link TemplateError}. */
export class TemplateReader {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  root(): Place {
    try {
      return { node: parseJsonTree(this.#text, { maxDepth: MAX_DEPTH, uniqueKeys: true }), path: '' }
    } catch (error) {
      if (!(error instanceof JsonParseError)) throw error
      throw new TemplateError(error.message, '', this.#text, error.offset)
    }
  }

  /** The members of an object by their names, of which it must have no others. */
  members<Name extends string>(place: Place, names: readonly Name[]): ReadonlyMap<Name, Place> {
    const found = this.object(place)
    const unknown = [...found].find(([name]) => !names.some((each) => each === name))
    if (unknown) this.fail(unknown[1], `is no member here; there may be ${names.join(', ')}`)
    const known = new Map<Name, Place>()
    for (const name of names) {
      const member = found.get(name)
      if (member) known.set(name, member)
    }
    return known
  }

  /** An object with names of its own. */
  object(place: Place): ReadonlyMap<string, Place> {
    const { members } = place.node
    if (!members) this.fail(place, `must be an object, not ${describe(place.node)}`)
    return new Map(members.map(({ key, value }) => [key, { node: value, path: below(place.path, key) }]))
  }

  items(place: Place): readonly Place[] {
    const { items } = place.node
    if (!items) this.fail(place, `must be a list, not ${describe(place.node)}`)
    return items.map((node, index) => ({ node, path: `${place.path}[${index}]` }))
  }

  text(place: Place): string {
    const { value } = place.node
    if (typeof value !== 'string') this.fail(place, `must be a text, not ${describe(place.node)}`)
    return value
  }

  oneOf<Word extends string>(place: Place, words: readonly Word[]): Word {
    const text = this.text(place)
    const found = words.find((word) => word === text)
    if (found === undefined) this.fail(place, `must be ${listed(words)}, not ${text}`)
    return found
  }

  required<Name extends string>(members: ReadonlyMap<Name, Place>, name: Name, of: Place): Place {
    return members.get(name) ?? this.fail(of, `lacks ${name}`)
  }

  /** What stands at a place, as it was written. */
  source({ node }: Place): string {
    return this.#text.slice(node.from, node.to)
  }

  fail({ node, path }: Place, message: string): never {
    throw new TemplateError(message, path, this.#text, node.from)
  }
}

const listed = (words: readonly string[]): string =>
  words.length === 1 ? String(words[0]) : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`

const below = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`)

function describe({ members, items, value }: JsonTree): string {
  if (members) return 'an object'
  if (items) return 'a list'
  if (value === null) return 'null'
  return value instanceof JsonNumber ? 'a number' : `a ${typeof value === 'string' ? 'text' : typeof value}`
}
