import type { Template } from './template.ts'
import { functionOf, specifiedResource } from './values.ts'

/** What is there without being declared. @see CloudFormation user guide, "Pseudo parameters reference" */
const PSEUDO_PARAMETERS = new Set(
  'AccountId NotificationARNs NoValue Partition Region StackId StackName URLSuffix'
    .split(' ')
    .map((name) => `AWS::${name}`),
)

/** What a template names, and where nothing has the name. */
export interface References {
  readonly faults: readonly string[]
  /** The names under which it takes what other stacks export, with `${Parameter}` filled in by its default. */
  readonly imports: readonly string[]
  /** The names under which it exports, in a stack of that name. */
  readonly exports: readonly string[]
}

/**
 * Follows every `Ref`, `GetAtt`, `Sub`, `If`, `Condition`, `DependsOn` and `ImportValue`.
 * @param stack the name of the stack that others suppose, for the names of exports
 */
export function references(template: Template, stack: string): References {
  const { Parameters = {}, Conditions = {}, Resources, Outputs = {} } = template
  const faults: string[] = []
  const imports: string[] = []
  const used = new Set<string>()

  const attribute = (resource: string, name: string, where: string) => {
    const { Type: type } = Resources[resource] ?? {}
    if (type === undefined) faults.push(`${where}: there is no resource ${resource}`)
    else if (specifiedResource(type)?.attributes[name] === undefined) {
      faults.push(`${where}: ${type} has no attribute ${name}`)
    }
  }
  const named = (name: string, where: string) => {
    used.add(name)
    const isThere = name in Parameters || name in Resources || PSEUDO_PARAMETERS.has(name)
    if (!isThere) faults.push(`${where}: nothing is named ${name}`)
  }
  const condition = (name: unknown, where: string) => {
    used.add(`condition ${name}`)
    if (!(String(name) in Conditions)) faults.push(`${where}: there is no condition ${name}`)
  }
  const substituted = (argument: unknown, where: string) => {
    const [text, own = {}] = Array.isArray(argument) ? argument : [argument]
    for (const [, name = ''] of String(text).matchAll(/\$\{([^!}][^}]*)\}/g)) {
      if (Object.hasOwn(own, name)) continue
      const [resource = '', ...rest] = name.split('.')
      if (rest.length > 0) attribute(resource, rest.join('.'), where)
      else named(name, where)
    }
  }
  const look = (value: unknown, where: string): void => {
    if (typeof value !== 'object' || value === null) return
    const called = functionOf(value)
    const argument: unknown = called === undefined ? undefined : Reflect.get(value, called)
    if (called === 'Ref') named(String(argument), where)
    if (called === 'Condition') condition(argument, where)
    if (called === 'Fn::If') condition((argument as unknown[])[0], where)
    if (called === 'Fn::Sub') substituted(argument, where)
    if (called === 'Fn::GetAtt') attribute(...(argument as [string, string]), where)
    if (called === 'Fn::ImportValue') imports.push(supposed(argument, Parameters, stack))
    for (const [key, member] of Object.entries(value)) look(member, `${where}.${key}`)
  }

  look(Conditions, 'Conditions')
  for (const [name, { Properties, Condition, DependsOn = [] }] of Object.entries(Resources)) {
    if (Condition !== undefined) condition(Condition, name)
    for (const other of [DependsOn].flat())
      if (!(other in Resources)) faults.push(`${name} depends on ${other}, which is not there`)
    look(Properties, name)
  }
  const exports: string[] = []
  for (const [name, { Value, Condition, Export }] of Object.entries(Outputs)) {
    if (Condition !== undefined) condition(Condition, name)
    look(Value, name)
    look(Export, name)
    if (Export) exports.push(supposed(Export.Name, Parameters, stack))
  }
  for (const name of Object.keys(Parameters)) if (!used.has(name)) faults.push(`Parameter ${name} is not used`)
  for (const name of Object.keys(Conditions))
    if (!used.has(`condition ${name}`)) faults.push(`Condition ${name} is not used`)
  return { faults, imports, exports }
}

/** A name of an export, with parameters as they are where nobody gave others. */
function supposed(name: unknown, parameters: NonNullable<Template['Parameters']>, stack: string): string {
  const text = functionOf(name) === 'Fn::Sub' ? Reflect.get(name as object, 'Fn::Sub') : name
  return String(text).replaceAll(/\$\{([^}]+)\}/g, (_whole, parameter: string) =>
    parameter === 'AWS::StackName' ? stack : String(parameters[parameter]?.Default ?? `\${${parameter}}`),
  )
}
