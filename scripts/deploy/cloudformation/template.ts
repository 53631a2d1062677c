import { type CollectionTag, isScalar, parseDocument, type ScalarTag, visit } from 'yaml'

/** A template as CloudFormation reads it: functions are in their long form, `{ 'Fn::Sub': … }`. */
export interface Template {
  readonly AWSTemplateFormatVersion?: string
  readonly Description?: string
  readonly Metadata?: unknown
  readonly Parameters?: Readonly<Record<string, Parameter>>
  readonly Conditions?: Readonly<Record<string, unknown>>
  readonly Resources: Readonly<Record<string, Resource>>
  readonly Outputs?: Readonly<Record<string, Output>>
}

export interface Parameter {
  readonly Type: string
  readonly Default?: string | number
  readonly Description?: string
  readonly AllowedValues?: readonly string[]
}

export interface Resource {
  readonly Type: string
  readonly Properties?: Readonly<Record<string, unknown>>
  readonly Condition?: string
  readonly DependsOn?: string | readonly string[]
}

export interface Output {
  readonly Value: unknown
  readonly Condition?: string
  readonly Export?: { readonly Name: unknown }
}

/** A template of a file, and what its text says beside the values. */
export interface ReadTemplate {
  readonly template: Template
  /** Lines of a `Resource: '*'` before which no comment says why. */
  readonly unexplainedWildcards: readonly number[]
}

/** The short forms of functions, by their tags. @see CloudFormation user guide, "Intrinsic function reference" */
const FUNCTIONS = 'And Base64 Cidr Equals FindInMap GetAZs If ImportValue Join Not Or Select Split Sub'.split(' ')

function longForm(name: string, value: unknown): object {
  if (name === 'GetAtt' && typeof value === 'string') {
    const [resource, ...attribute] = value.split('.')
    return { 'Fn::GetAtt': [resource, attribute.join('.')] }
  }
  return { [name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`]: value }
}

const tags: (ScalarTag | CollectionTag)[] = [...FUNCTIONS, 'Ref', 'GetAtt', 'Condition'].flatMap((name) => [
  { tag: `!${name}`, resolve: (text: string) => longForm(name, text) },
  { tag: `!${name}`, collection: 'seq', resolve: (items) => longForm(name, items.toJSON()) },
  { tag: `!${name}`, collection: 'map', resolve: (members) => longForm(name, members.toJSON()) },
])

/** @throws {Error} for a text that is no YAML, has a key twice, or a function that was not seen before */
export function readTemplate(file: string, text: string): ReadTemplate {
  const document = parseDocument(text, { customTags: tags })
  const [problem] = [...document.errors, ...document.warnings]
  if (problem) throw new Error(`${file}: ${problem.message}`)
  visit(document, {
    Alias(_key, { source }) {
      throw new Error(`${file}: CloudFormation takes no aliases: write out *${source}`)
    },
  })
  const lines = text.split('\n')
  const unexplainedWildcards: number[] = []
  visit(document, {
    Pair(_key, { key, value }) {
      if (!isScalar(key) || key.value !== 'Resource' || !isScalar(value) || value.value !== '*') return
      const line = text.slice(0, value.range?.[0] ?? 0).split('\n').length
      if (!lines.slice(Math.max(0, line - 3), line).some((each) => each.includes('#'))) unexplainedWildcards.push(line)
    },
  })
  return { template: document.toJS() as Template, unexplainedWildcards }
}
