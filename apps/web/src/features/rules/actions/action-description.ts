import type { IconProps } from '@cloudscape-design/components/icon'
import type { RuleActionName, RuleTargetKind } from '@thingdeck/contract'
import { isObject } from '../../../shared/json-object-in.ts'

/** What an action is told, as AWS's API has it. */
export type ActionSettings = { readonly [member: string]: unknown }

/** What a member of an action may be. `path` leads to it from the action's settings: `putItem.tableName`. */
export interface ActionField {
  readonly path: string
  readonly label: string
  /** What it is for, where the label does not say it all. */
  readonly help?: string
  readonly isRequired?: boolean
  readonly kind: FieldKind
}

/** How a member is written. */
export type FieldKind =
  | {
      readonly is: 'text'
      /** Whether `${…}` in it is resolved for each message; elsewhere it would be taken as it stands. */
      readonly hasTemplates: boolean
      readonly placeholder?: string
      /** Of a text without templates. */
      readonly pattern?: RegExp
      /** What the pattern means, a sentence: 'The ARN of a topic: arn:aws:sns:…'. */
      readonly patternWords?: string
      readonly minLength?: number
      readonly maxLength?: number
      /** Nobody should read it on a screen, or find it kept. */
      readonly isSecret?: boolean
      /** Known values; others may be templates. */
      readonly suggestions?: readonly string[]
      /** What it names, of which there may be a list. */
      readonly targets?: RuleTargetKind
    }
  | {
      readonly is: 'choice'
      readonly options: readonly (readonly [value: string | number, label: string])[]
      readonly none?: string
    }
  | { readonly is: 'flag' }
  | { readonly is: 'number'; readonly least: number; readonly most: number; readonly unit?: string }
  /** A role that the action is done with. */
  | { readonly is: 'role' }
  /** A destination that is confirmed, of this kind. */
  | { readonly is: 'destination'; readonly of: 'vpc' | 'influxdb' }
  /** Members by name, both of them texts; `${…}` in a value is resolved. */
  | {
      readonly is: 'map'
      readonly one: string
      readonly most: number
      readonly isSecret?: boolean
    }
  /** Several, each with members of its own. */
  | {
      readonly is: 'list'
      readonly one: string
      readonly many: string
      readonly most: number
      readonly fields: readonly ActionField[]
    }

/** One of the actions that a rule can have. */
export interface ActionDescription<Name extends RuleActionName = RuleActionName> {
  /** The member of AWS's `Action`. */
  readonly name: Name
  /** As AWS calls the service: 'SQS'. */
  readonly title: string
  /** What it does, a sentence for whoever chooses: 'Sends the message to a queue.' */
  readonly does: string
  readonly icon: IconProps.Name
  /** What it does with these settings, going on from the title: 'sends to pump-alarms'. Nothing secret. */
  readonly words: (settings: ActionSettings) => string
  /** Why nobody should begin with it any more. */
  readonly ended?: string
  readonly fields: readonly ActionField[]
  /** What is wrong with members together, by the path of the one where it is to be said. */
  readonly check?: (settings: ActionSettings) => ReadonlyMap<string, string>
}

/** A member, however deep; undefined where there is none. */
export function valueAt(settings: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, member) => (isObject(value) && Object.hasOwn(value, member) ? value[member] : undefined),
      settings,
    )
}

/** The text of a member; empty where it is none. */
export function textAt(settings: unknown, path: string): string {
  const value = valueAt(settings, path)
  return typeof value === 'string' ? value : ''
}

/** The settings with a member in place of what is there; undefined takes it away, and an object that is empty by that. */
export function withValue(settings: ActionSettings, path: string, value: unknown): ActionSettings {
  const [member = '', ...rest] = path.split('.')
  const before = settings[member]
  const next = rest.length === 0 ? value : withValue(isObject(before) ? before : {}, rest.join('.'), value)
  const isGone = next === undefined || (rest.length > 0 && isObject(next) && Object.keys(next).length === 0)
  if (isGone) return Object.fromEntries(Object.entries(settings).filter(([name]) => name !== member))
  return { ...settings, [member]: next }
}
