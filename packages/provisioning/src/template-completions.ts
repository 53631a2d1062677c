import {
  completionsAt,
  getAt,
  isJsonObject,
  type JsonChoice,
  type JsonCompletions,
  type JsonCursor,
  JsonParseError,
  type JsonPath,
  type JsonValue,
  jsonCursor,
  parseJson,
} from '@thingdeck/json'
import { PSEUDO_PARAMETERS } from './pseudo-parameters.ts'
import type { TemplateUse } from './template.ts'
import {
  ACTION_WORDS,
  FUNCTION_WORDS,
  PROPERTY_WORDS,
  PSEUDO_WORDS,
  RESOURCE_MEMBER_WORDS,
  RESOURCE_TYPE_WORDS,
  type ResourceType,
  SECTION_WORDS,
} from './template-words.ts'

export type TemplateCompletionKind = 'member' | 'value' | 'function' | 'parameter'

type Choice = JsonChoice<TemplateCompletionKind>

/**
 * What could be written at `offset` of a template, which need be neither whole nor valid: sections, resources with what
 * their type has, functions, parameters and AWS's own for this use, settings. Undefined where nothing is known to fit.
 */
export function templateCompletions(
  text: string,
  offset: number,
  use: TemplateUse,
): JsonCompletions<TemplateCompletionKind> | undefined {
  const cursor = jsonCursor(text, offset)
  if (!cursor) return undefined
  const known = new KnownTemplate(text, cursor, use)
  const typed = cursor.stringFrom === undefined ? '' : text.slice(cursor.stringFrom, offset)
  const open = cursor.what === 'value' && cursor.path.includes('Fn::Sub') ? /\$\{[^}]*$/.exec(typed) : null
  if (open) return variablesAt(text, offset, offset - open[0].length, known)
  return completionsAt(text, offset, cursor, cursor.what === 'key' ? known.keys() : known.values())
}

function variablesAt(text: string, offset: number, from: number, known: KnownTemplate) {
  const to = offset + (/^[\w:]*\}/.exec(text.slice(offset))?.[0].length ?? 0)
  const options = known.parameters().map((choice) => {
    const label = `\${${choice.label}}`
    return { ...choice, label, insert: label }
  })
  return options.length === 0 ? undefined : { from, to, options }
}

/** As much of a template as can be read. */
class KnownTemplate {
  readonly #root: JsonValue
  readonly #cursor: JsonCursor
  readonly #use: TemplateUse

  constructor(text: string, cursor: JsonCursor, use: TemplateUse) {
    // What stands behind the place counts, too, where the whole text can be read.
    this.#root = wholeOf(text) ?? cursor.before.value
    this.#cursor = cursor
    this.#use = use
  }

  keys(): readonly Choice[] {
    const { path } = this.#cursor
    const [section, resource, member] = path
    const written = getAt(this.#cursor.before.value, path)
    return this.#keysAt(path, section, resource, member).filter(
      ({ label }) => !isJsonObject(written) || !written.has(label),
    )
  }

  #keysAt(path: JsonPath, ...[section, resource, member]: readonly (string | number | undefined)[]): readonly Choice[] {
    if (section === undefined) {
      return members(SECTION_WORDS).filter(
        ({ label }) => label !== 'DeviceConfiguration' || this.#use === 'FLEET_PROVISIONING',
      )
    }
    if (section === 'Parameters') {
      if (resource === undefined) return this.#pseudo()
      return members({ Type: 'String is the only one.', Default: 'Taken where none is given.' })
    }
    if (section !== 'Resources' || resource === undefined) return []
    if (member === undefined) return members(RESOURCE_MEMBER_WORDS)
    const type = this.#typeOf(resource)
    if (path.length > 3) return [] // attributes and functions have names of their own
    if (member === 'Properties') return members(this.#propertiesOf(type))
    if (member !== 'OverrideSettings' || type === 'AWS::IoT::Policy') return []
    const settings =
      type === 'AWS::IoT::Certificate' ? ['Status'] : ['AttributePayload', 'ThingTypeName', 'ThingGroups']
    return settings.map((label) => ({ kind: 'member', label, words: 'What happens where it is there already.' }))
  }

  values(): readonly Choice[] {
    const { path } = this.#cursor
    const [section, resource, member, property] = path
    const last = path.at(-1)
    if (last === 'Ref') return this.parameters()
    if (section === 'Parameters' && last === 'Type') return [{ kind: 'value', label: 'String', words: 'A text.' }]
    if (section === 'Parameters' && path.length === 2) {
      return [{ kind: 'value', label: 'String', words: 'A parameter.', json: '{ "Type": "String" }' }]
    }
    if (section === 'DeviceConfiguration' && path.length === 2) return FUNCTIONS
    if (section !== 'Resources' || resource === undefined) return []
    if (path.length === 3 && member === 'Type') return words('value', RESOURCE_TYPE_WORDS)
    if (member === 'OverrideSettings' && path.length === 4) {
      return words('value', ACTION_WORDS).filter(
        ({ label }) => label !== 'MERGE' || (property !== 'ThingTypeName' && property !== 'Status'),
      )
    }
    if (member !== 'Properties') return []
    if (property === 'Status' && path.length === 4) {
      return [...words('value', { ACTIVE: 'The device can connect.', INACTIVE: 'It cannot yet.' }), ...FUNCTIONS]
    }
    if (property === 'ThingPrincipalType' && path.length === 4) {
      return words('value', {
        EXCLUSIVE_THING: 'The certificate may belong to this thing alone.',
        NON_EXCLUSIVE_THING: 'Other things may have the certificate, too.',
      })
    }
    const isPolicy = this.#typeOf(resource) === 'AWS::IoT::Policy'
    return isPolicy ? FUNCTIONS.filter(({ label }) => label !== 'Fn::Join') : FUNCTIONS
  }

  /** Those that are declared, and AWS's own. */
  parameters(): readonly Choice[] {
    const declared = getAt(this.#root, ['Parameters'])
    const names = isJsonObject(declared) ? [...declared.keys()] : []
    return [
      ...names.map((label): Choice => ({ kind: 'parameter', label, words: PSEUDO_WORDS[label] ?? 'A parameter.' })),
      ...this.#pseudo().filter(({ label }) => !names.includes(label)),
    ]
  }

  #pseudo(): readonly Choice[] {
    return PSEUDO_PARAMETERS[this.#use].map((label) => ({
      kind: 'parameter',
      label,
      words: PSEUDO_WORDS[label] ?? 'Filled in by AWS IoT.',
    }))
  }

  #typeOf(resource: string | number): ResourceType | undefined {
    const type = getAt(this.#root, ['Resources', resource, 'Type'])
    return RESOURCE_TYPES.find((each) => each === type)
  }

  /** Of all types where it is not said yet which. */
  #propertiesOf(type: ResourceType | undefined): Readonly<Record<string, string>> {
    const all = type === undefined ? Object.assign({}, ...Object.values(PROPERTY_WORDS)) : PROPERTY_WORDS[type]
    if (this.#use === 'REGISTRATION') return all
    const { CertificateSigningRequest: _, CertificatePem: __, CACertificatePem: ___, ...rest } = all
    return rest
  }
}

const RESOURCE_TYPES = Object.keys(RESOURCE_TYPE_WORDS) as ResourceType[] // `keys` forgets which they are

const words = (kind: TemplateCompletionKind, all: Readonly<Record<string, string>>): Choice[] =>
  Object.entries(all).map(([label, about]) => ({ kind, label, words: about }))

const members = (all: Readonly<Record<string, string>>): Choice[] => words('member', all)

const FUNCTIONS: readonly Choice[] = Object.entries(FUNCTION_WORDS).map(([label, { words: about, json }]) => ({
  kind: 'function',
  label,
  words: about,
  json,
}))

function wholeOf(text: string): JsonValue | undefined {
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof JsonParseError) return undefined
    throw error
  }
}
