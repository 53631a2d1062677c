import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'
import type { Template } from './template.ts'

/** AWS's own description of every type of resource, as the CDK is made from it. */
const specification = loadAwsServiceSpecSync()

type Specified = NonNullable<ReturnType<typeof specifiedResource>>
type Properties = Specified['properties']
type Type = Properties[string]['type']

/** What is known of a type of resource, `AWS::IoT::Logging`; undefined where there is none. */
export function specifiedResource(type: string) {
  const [found] = specification.lookup('resource', 'cloudFormationType', 'equals', type)
  return found
}

/** The function that a value is instead of being one, `Ref` or `Fn::Sub`; undefined for a value. */
export function functionOf(value: unknown): string | undefined {
  const [name, ...others] = typeof value === 'object' && value !== null ? Object.keys(value) : []
  return name !== undefined && others.length === 0 && /^(?:Ref|Condition|Fn::\w+)$/.test(name) ? name : undefined
}

const AS_TEXT = new Set(['Fn::Sub', 'Fn::Join', 'Fn::ImportValue', 'Fn::Select', 'Fn::Base64'])
const AS_LIST = new Set(['Fn::Split', 'Fn::GetAZs', 'Fn::Cidr'])

/** What of a resource's properties is not as its type takes them, each with where it is. */
export function propertyFaults(template: Template, name: string): string[] {
  const { Type: type, Properties: given = {} } = template.Resources[name] ?? { Type: '' }
  const specified = specifiedResource(type)
  if (!specified) return [`${name}: there is no type ${type}`]
  return memberFaults(template, specified.properties, given, name)
}

function memberFaults(
  template: Template,
  properties: Properties,
  given: Readonly<Record<string, unknown>>,
  where: string,
): string[] {
  const missing = Object.entries(properties).flatMap(([name, { required }]) =>
    required && !(name in given) ? [`${where}.${name} is missing`] : [],
  )
  const wrong = Object.entries(given).flatMap(([name, value]) => {
    const property = properties[name]
    return property
      ? valueFaults(template, property.type, value, `${where}.${name}`)
      : [`${where}.${name}: there is no such property; there are ${Object.keys(properties).sort().join(', ')}`]
  })
  return [...missing, ...wrong]
}

function valueFaults(template: Template, type: Type, value: unknown, where: string): string[] {
  const called = functionOf(value)
  if (called !== undefined)
    return functionFaults(template, type, called, value as Readonly<Record<string, unknown>>, where)
  const isNot = (what: string) => [`${where} is not ${what}: ${JSON.stringify(value)}`]
  switch (type.type) {
    case 'string':
    case 'date-time': {
      if (typeof value !== 'string') return isNot('a text')
      const allowed = 'allowedValues' in type ? type.allowedValues : undefined
      return allowed && !allowed.includes(value) ? isNot(`one of ${allowed.join(', ')}`) : []
    }
    case 'integer':
    case 'number': {
      if (typeof value !== 'number' || (type.type === 'integer' && !Number.isInteger(value))) return isNot('a number')
      const allowed = 'allowedValues' in type ? type.allowedValues : undefined
      return allowed && !allowed.includes(value) ? isNot(`one of ${allowed.join(', ')}`) : []
    }
    case 'boolean':
      return typeof value === 'boolean' ? [] : isNot('true or false')
    case 'json':
      return isMembers(value) || Array.isArray(value) ? [] : isNot('a document')
    case 'tag': {
      if (!isMembers(value)) return isNot('a tag')
      return Object.keys(value).sort().join() === 'Key,Value' ? [] : isNot('a tag with Key and Value')
    }
    case 'array':
      if (!Array.isArray(value)) return isNot('a list')
      return value.flatMap((item, index) => valueFaults(template, type.element, item, `${where}[${index}]`))
    case 'map':
      if (!isMembers(value)) return isNot('a map')
      return Object.entries(value).flatMap(([key, item]) =>
        valueFaults(template, type.element, item, `${where}.${key}`),
      )
    case 'ref':
      if (!isMembers(value)) return isNot('a set of properties')
      return memberFaults(template, specification.get('typeDefinition', type.reference.$ref).properties, value, where)
    case 'union': {
      const each = type.types.map((one) => valueFaults(template, one, value, where))
      return each.some((faults) => faults.length === 0) ? [] : (each[0] ?? [])
    }
    default:
      return isNot(`of a type that was not seen before (${type.type}): say here how it is checked`)
  }
}

/** What a function gives, where that can be told, against what is wanted. */
function functionFaults(
  template: Template,
  type: Type,
  called: string,
  value: Readonly<Record<string, unknown>>,
  where: string,
): string[] {
  const argument = value[called]
  if (called === 'Fn::If') {
    const [, ...branches] = Array.isArray(argument) ? argument : []
    return branches.flatMap((branch) => valueFaults(template, type, branch, where))
  }
  if (called === 'Ref' && argument === 'AWS::NoValue') return []
  const parameter = called === 'Ref' ? template.Parameters?.[String(argument)] : undefined
  const isList = parameter ? /^(?:List<|CommaDelimitedList$)/.test(parameter.Type) : AS_LIST.has(called)
  const isNumber = parameter?.Type === 'Number'
  const wanted = type.type === 'union' ? type.types.map((one) => one.type) : [type.type]
  const takes = (...types: Type['type'][]) => wanted.some((one) => types.includes(one))
  if (isList) return takes('array') ? [] : [`${where} takes no list: ${JSON.stringify(value)}`]
  if (isNumber)
    return takes('integer', 'number', 'string') ? [] : [`${where} takes no number: ${JSON.stringify(value)}`]
  // A text of true, false or digits is taken where these are wanted, so that only lists and maps are none.
  const isText = AS_TEXT.has(called) || parameter !== undefined || called === 'Ref'
  return isText && !takes('string', 'date-time', 'integer', 'number', 'boolean', 'json')
    ? [`${where} takes no text: ${JSON.stringify(value)}`]
    : []
}

const isMembers = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
