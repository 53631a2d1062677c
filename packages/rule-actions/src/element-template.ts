import { stringifyValue, type Template, type Value } from '@thingdeck/rules-sql'
import { ActionFailure, InvalidAction } from './action-error.ts'
import { type ActionOptions, type MatchedMessage, render } from './execution.ts'
import { memberAt } from './line-protocol.ts'

/** A path within an element of the result: `@{device.id}`. */
const REFERENCE = /@\{([^}]*)\}/g

/** A text of an InfluxDB action: for the message, or with `@{path}` for each element of the result. */
export interface ElementTemplate {
  /** Members that it looks at: they are not written as fields as well. */
  readonly fields: ReadonlySet<string>
  /** @returns what makes the text of an element. It throws an {@link ActionFailure} where there is no such member */
  forMessage(message: MatchedMessage): Promise<(element: Value) => string>
}

/**
 * @param member of the action, for what is wrong with it
 * @throws {InvalidAction} for references where none may be; as `ActionOptions.template`
 * @see AWS IoT developer guide, "InfluxDB" and "Substitution templates"
 */
export function elementTemplate(
  options: ActionOptions,
  member: string,
  text: string,
  resource: string,
): ElementTemplate {
  const references = [...text.matchAll(REFERENCE)]
  const [reference] = references
  if (!reference) return messageTemplate(options.template(member, text))
  const where = `${options.place}.${member}`
  if (options.isErrorAction) throw new InvalidAction(`${where}: an error action has no elements that @{…} could name.`)
  if (text.includes('${')) throw new InvalidAction(`${where}: @{…} and \${…} cannot be in the same value.`)
  if (references.length > 1) throw new InvalidAction(`${where}: a value may have one @{…}.`)
  const path = (reference[1] ?? '').trim().split('.')
  if (path.some((name) => !/^[A-Za-z_]\w*$/.test(name))) {
    throw new InvalidAction(`${where}: within @{…} is the path of a member, such as device.id, not ${reference[1]}.`)
  }
  const [before, after] = [text.slice(0, reference.index), text.slice(reference.index + reference[0].length)]
  return {
    fields: new Set(path.slice(0, 1)),
    forMessage: async () => (element) => {
      const value = memberAt(element, path)
      if (value === undefined || value === null) {
        throw new ActionFailure(resource, `${member}: the result has no ${path.join('.')}.`)
      }
      return `${before}${textOf(value)}${after}`
    },
  }
}

const textOf = (value: Value): string => (typeof value === 'string' ? value : stringifyValue(value))

function messageTemplate(template: Template): ElementTemplate {
  return {
    fields: template.fields,
    forMessage: async (message) => {
      const text = await render(template, message)
      return () => text
    },
  }
}
