import { references } from './references.ts'
import type { ReadTemplate, Template } from './template.ts'
import { functionOf, propertyFaults } from './values.ts'

/** Members whose values are secret: they are made by AWS, or read from where secrets are kept. */
const SECRET = /(?:Password|Secret|SecretString|AuthToken|PrivateKey|AccessKey)$/

/** All that is wrong with a template. @param stack the name of its stack that other templates suppose */
export function templateFaults({ template, unexplainedWildcards }: ReadTemplate, stack: string): string[] {
  return [
    ...Object.keys(template.Resources).flatMap((name) => propertyFaults(template, name)),
    ...references(template, stack).faults,
    ...unexplainedWildcards.map((line) => `line ${line}: no comment says why the resource is everything`),
    ...statementFaults(template),
    ...secretFaults(template.Resources, ''),
    ...parameterFaults(template),
  ]
}

/** No statement is for a pattern of actions. */
function statementFaults({ Resources }: Template): string[] {
  const faults: string[] = []
  const look = (value: unknown, where: string): void => {
    if (typeof value !== 'object' || value === null) return
    if ('Effect' in value && 'Action' in value) {
      for (const action of [value.Action].flat()) {
        if (String(action).includes('*')) faults.push(`${where}: ${action} is a pattern of actions`)
      }
    }
    for (const [key, member] of Object.entries(value)) look(member, where === '' ? key : `${where}.${key}`)
  }
  look(Resources, '')
  return faults
}

function secretFaults(value: unknown, where: string): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => {
    const place = where === '' ? key : `${where}.${key}`
    const text = functionOf(member) === 'Fn::Sub' ? Reflect.get(member as object, 'Fn::Sub') : member
    if (SECRET.test(key) && typeof text === 'string' && !text.includes('{{resolve:secretsmanager:')) {
      return [`${place} stands in the template: have Secrets Manager make or keep it`]
    }
    return secretFaults(member, place)
  })
}

/** Each parameter says what it is for. */
const parameterFaults = ({ Parameters = {} }: Template): string[] =>
  Object.entries(Parameters).flatMap(([name, { Description }]) =>
    Description ? [] : [`Parameter ${name} is not described`],
  )
