import { MAX_TEXT_CHARACTERS } from './limits.ts'
import { ProvisioningFailure, type ProvisioningStep } from './provisioning-failure.ts'
import type { NullItem, ProvisioningTemplate, TemplateList, TemplateValue } from './template.ts'

type FoundInMap = string | readonly string[]

/** Makes texts of a template's values, for the parameters of one device. Errors are {@link ProvisioningFailure}. */
export class Resolver {
  readonly #mappings: ProvisioningTemplate['mappings']
  readonly #parameters: ReadonlyMap<string, string>
  /** What is being provisioned, for failures. */
  step: ProvisioningStep = 'parameters'

  constructor(mappings: ProvisioningTemplate['mappings'], parameters: ReadonlyMap<string, string>) {
    this.#mappings = mappings
    this.#parameters = parameters
  }

  text(value: TemplateValue): string {
    switch (value.kind) {
      case 'text':
        return value.text
      case 'Ref':
        return this.#parameter(value, value.parameter)
      case 'Fn::Join':
        return this.#bounded(
          value,
          this.#items(value.values)
            .map((item) => this.#item(item))
            .join(value.delimiter),
        )
      case 'Fn::Sub':
        return this.#bounded(
          value,
          value.pieces.map((piece) => ('text' in piece ? piece.text : this.#variable(value, piece.variable))).join(''),
        )
      case 'Fn::Select':
        return this.#select(value)
      case 'Fn::FindInMap': {
        const found = this.#inMap(value)
        if (typeof found !== 'string')
          this.fail(value.path, 'finds a list, and a text is needed: choose one by Fn::Select')
        return found
      }
      case 'Fn::Split':
        return this.fail(value.path, 'makes a list, and a text is needed: choose one by Fn::Select')
    }
  }

  texts(values: ReadonlyMap<string, TemplateValue>): Record<string, string> {
    return Object.fromEntries([...values].map(([name, value]) => [name, this.text(value)]))
  }

  fail(path: string, reason: string): never {
    throw new ProvisioningFailure(this.step, path, reason)
  }

  #parameter({ path }: TemplateValue, name: string): string {
    return this.#parameters.get(name) ?? this.fail(path, `${name} has no value`)
  }

  #variable(value: TemplateValue & { kind: 'Fn::Sub' }, name: string): string {
    const own = value.variables.get(name)
    return own ? this.text(own) : this.#parameter(value, name)
  }

  #select({ path, index, from }: TemplateValue & { kind: 'Fn::Select' }): string {
    const at = this.text(index)
    const items = this.#items(from)
    if (!/^\d+$/.test(at)) this.fail(path, `${at} is no index: 0 is the first of a list`)
    const item = items[Number(at)]
    if (item === undefined) this.fail(path, `there is no index ${at} in a list of ${items.length}`)
    return this.#item(item)
  }

  #item(item: TemplateValue | NullItem | string): string {
    if (typeof item === 'string') return item
    return item.kind === 'null' ? this.fail(item.path, 'is null') : this.text(item)
  }

  #items(list: TemplateList): readonly (TemplateValue | NullItem | string)[] {
    if (isItems(list)) return list
    if (list.kind === 'Fn::Split') return this.text(list.value).split(list.delimiter)
    if (list.kind === 'Fn::FindInMap') {
      const found = this.#inMap(list)
      if (typeof found !== 'string') return found
    }
    return this.fail(list.path, 'is a text, and a list is needed')
  }

  #inMap({ path, map, keys }: TemplateValue & { kind: 'Fn::FindInMap' }): FoundInMap {
    const [first, second] = keys.map((key) => this.text(key))
    const within = this.#mappings.get(map)?.get(first ?? '')
    if (!within) this.fail(path, `the map ${map} has no key ${first}`)
    return within.get(second ?? '') ?? this.fail(path, `the map ${map} has no key ${second} in ${first}`)
  }

  #bounded({ path }: TemplateValue, text: string): string {
    if (text.length <= MAX_TEXT_CHARACTERS) return text
    return this.fail(path, `makes a text of ${text.length} characters; ${MAX_TEXT_CHARACTERS} are the most`)
  }
}

const isItems = (list: TemplateList): list is readonly (TemplateValue | NullItem)[] => Array.isArray(list)
