import { JsonNumber } from '@thingdeck/json'
import { isPseudo, PSEUDO_PARAMETERS } from './pseudo-parameters.ts'
import type { NullItem, ProvisioningTemplate, SubstitutionPiece, TemplateList, TemplateValue } from './template.ts'
import type { Place, TemplateReader } from './template-reader.ts'

const FUNCTIONS = ['Ref', 'Fn::Join', 'Fn::Select', 'Fn::FindInMap', 'Fn::Split', 'Fn::Sub'] as const
type FunctionName = (typeof FUNCTIONS)[number]

/** What values may name. */
export type Names = Pick<ProvisioningTemplate, 'use' | 'parameters' | 'mappings'>

export interface ValueOptions {
  /** Fn::Join is not allowed in policies (guide, "Intrinsic functions"). */
  readonly noJoin?: true
}

/** Reads a value: a text, or a function of parameters. Errors are {@link TemplateError}. */
export class ValueParser {
  readonly #reader: TemplateReader
  readonly #names: Names

  constructor(reader: TemplateReader, names: Names) {
    this.#reader = reader
    this.#names = names
  }

  /** A value that is a text once it is known. */
  value(place: Place, options: ValueOptions = {}): TemplateValue {
    const { path, node } = place
    if (!node.members) return { kind: 'text', path, text: this.#reader.text(place) }
    const [member, ...others] = this.#reader.object(place)
    const name = FUNCTIONS.find((each) => each === member?.[0])
    if (!member || name === undefined || others.length > 0) {
      this.#reader.fail(place, `must be a text or one function: ${FUNCTIONS.join(', ')}`)
    }
    if (name === 'Fn::Join' && options.noJoin) this.#reader.fail(place, 'Fn::Join is not allowed in a policy')
    return this.#call(name, member[1], path, options)
  }

  #call(name: FunctionName, input: Place, path: string, options: ValueOptions): TemplateValue {
    switch (name) {
      case 'Ref': {
        const parameter = this.#reader.text(input)
        this.#checkParameter(input, parameter)
        return { kind: name, path, parameter }
      }
      case 'Fn::Join': {
        const [delimiter, values] = this.#inputs(input, name, ['a delimiter', 'a list'])
        return { kind: name, path, delimiter: this.#reader.text(delimiter), values: this.#list(values, options) }
      }
      case 'Fn::Select': {
        const [index, from] = this.#inputs(input, name, ['an index', 'a list'])
        return { kind: name, path, index: this.#index(index, options), from: this.#list(from, options) }
      }
      case 'Fn::Split': {
        const [delimiter, value] = this.#inputs(input, name, ['a delimiter', 'a text'])
        const by = this.#reader.text(delimiter)
        if (by === '') this.#reader.fail(delimiter, 'must not be empty')
        return { kind: name, path, delimiter: by, value: this.value(value, options) }
      }
      case 'Fn::FindInMap': {
        const [map, first, second] = this.#inputs(input, name, ['a map', 'a key', 'a key in it'])
        const mapName = this.#reader.text(map)
        if (!this.#names.mappings.has(mapName)) this.#reader.fail(map, `Mappings has no map ${mapName}`)
        const keys = [this.value(first, options), this.value(second, options)] as const
        return { kind: name, path, map: mapName, keys }
      }
      case 'Fn::Sub':
        return { kind: name, path, ...this.#substitution(input, options) }
    }
  }

  #inputs(input: Place, name: string, words: readonly [string, string]): readonly [Place, Place]
  #inputs(input: Place, name: string, words: readonly [string, string, string]): readonly [Place, Place, Place]
  #inputs(input: Place, name: string, words: readonly string[]): readonly Place[] {
    const items = this.#reader.items(input)
    if (items.length === words.length) return items
    return this.#reader.fail(input, `${name} takes ${words.length} values: ${words.join(', ')}`)
  }

  /** Zero-based; AWS's samples have it as a text, CloudFormation's as a number. */
  #index(place: Place, options: ValueOptions): TemplateValue {
    const { value } = place.node
    if (value instanceof JsonNumber) return { kind: 'text', path: place.path, text: value.text }
    return this.value(place, options)
  }

  #list(place: Place, options: ValueOptions): TemplateList {
    if (!place.node.items) {
      const value = this.value(place, options)
      if (value.kind === 'Fn::Split' || value.kind === 'Fn::FindInMap') return value
      return this.#reader.fail(place, 'must be a list, or Fn::Split or Fn::FindInMap, which make one')
    }
    return this.#reader
      .items(place)
      .map((item): TemplateValue | NullItem =>
        item.node.value === null ? { kind: 'null', path: item.path } : this.value(item, options),
      )
  }

  #substitution(input: Place, options: ValueOptions) {
    const isPair = input.node.items !== undefined
    const [text, map] = isPair ? this.#inputs(input, 'Fn::Sub', ['a text', 'its variables']) : [input, undefined]
    const variables = new Map(
      map ? [...this.#reader.object(map)].map(([name, place]) => [name, this.value(place, options)] as const) : [],
    )
    const pieces = substitutionPieces(this.#reader.text(text))
    for (const piece of pieces) {
      if ('variable' in piece && !variables.has(piece.variable)) this.#checkParameter(text, piece.variable)
    }
    return { pieces, variables }
  }

  #checkParameter(place: Place, name: string): void {
    const { parameters, use } = this.#names
    if (isPseudo(name)) {
      // AWS's own example of a fleet template refers to the certificate's id without declaring it.
      if (PSEUDO_PARAMETERS[use].includes(name)) return
      const there = PSEUDO_PARAMETERS[use].join(', ') || 'none'
      this.#reader.fail(place, `${name} is not known here; there are these parameters of AWS: ${there}`)
    }
    if (!parameters.has(name)) this.#reader.fail(place, `refers to ${name}, which Parameters does not declare`)
  }
}

/** `a${b}c` → a, the variable b, c. What is no `${name}` stays as it is. */
function substitutionPieces(text: string): readonly SubstitutionPiece[] {
  return text.split(/(\$\{[^{}$]+\})/).flatMap((part): SubstitutionPiece[] => {
    if (part === '') return []
    return part.startsWith('${') && part.endsWith('}') ? [{ variable: part.slice(2, -1).trim() }] : [{ text: part }]
  })
}
