import { type ActionField, type ActionSettings, type FieldKind, textAt } from './action-description.ts'

type Text = Extract<FieldKind, { is: 'text' }>
type More = Pick<ActionField, 'help'> & Partial<Omit<Text, 'is' | 'hasTemplates'>>

const field = (path: string, label: string, isRequired: boolean, kind: FieldKind, help?: string): ActionField => ({
  path,
  label,
  kind,
  ...(isRequired && { isRequired }),
  ...(help !== undefined && { help }),
})

const textOf = (hasTemplates: boolean, { help: _, ...more }: More): Text => ({ is: 'text', hasTemplates, ...more })

/** A text whose `${…}` are resolved for each message. */
export const template = (path: string, label: string, more: More = {}): ActionField =>
  field(path, label, true, textOf(true, more), more.help)
export const optionalTemplate = (path: string, label: string, more: More = {}): ActionField =>
  field(path, label, false, textOf(true, more), more.help)

/** A text that is the same for all messages. */
export const text = (path: string, label: string, more: More = {}): ActionField =>
  field(path, label, true, textOf(false, more), more.help)
export const optionalText = (path: string, label: string, more: More = {}): ActionField =>
  field(path, label, false, textOf(false, more), more.help)

export const flag = (path: string, label: string, help?: string): ActionField =>
  field(path, label, false, { is: 'flag' }, help)

export const number = (
  path: string,
  label: string,
  least: number,
  most: number,
  unit: string,
  help?: string,
): ActionField => field(path, label, false, { is: 'number', least, most, unit }, help)

/** @param none what leaving it out is called */
export const choice = (
  path: string,
  label: string,
  options: readonly (readonly [value: string | number, label: string])[],
  none: string,
  help?: string,
): ActionField => field(path, label, false, { is: 'choice', options, none }, help)

export const list = (
  path: string,
  label: string,
  of: Omit<Extract<FieldKind, { is: 'list' }>, 'is'> & { readonly isRequired?: boolean; readonly help?: string },
): ActionField => {
  const { isRequired = false, help, ...kind } = of
  return field(path, label, isRequired, { is: 'list', ...kind }, help)
}

export const map = (
  path: string,
  label: string,
  of: Omit<Extract<FieldKind, { is: 'map' }>, 'is'> & { readonly isRequired?: boolean; readonly help?: string },
): ActionField => {
  const { isRequired = false, help, ...kind } = of
  return field(path, label, isRequired, { is: 'map', ...kind }, help)
}

/** The role that the action is done with; AWS IoT has to be trusted by it. */
export const ROLE = field('roleArn', 'Role', true, { is: 'role' }, 'What AWS IoT is, while it does this.')

export const destination = (of: 'vpc' | 'influxdb'): ActionField =>
  field('destinationArn', 'Destination', true, { is: 'destination', of })

const TIME_UNITS = ['SECONDS', 'MILLISECONDS', 'MICROSECONDS', 'NANOSECONDS'] as const

/** When something was, and in which unit that is. */
export const timestamp = (unitIsTemplate: boolean): readonly ActionField[] => [
  optionalTemplate('timestamp.value', 'Time', {
    placeholder: '${timestamp()}',
    help: 'A whole number since 1970. Without it, when the rule ran.',
  }),
  unitIsTemplate
    ? optionalTemplate('timestamp.unit', 'Unit of the time', { suggestions: TIME_UNITS, placeholder: 'MILLISECONDS' })
    : choice(
        'timestamp.unit',
        'Unit of the time',
        TIME_UNITS.map((unit) => [unit, unit.charAt(0) + unit.slice(1).toLowerCase()]),
        'None: no time is given',
      ),
]

/** A unit without a time says nothing; a time without a unit only what AWS takes for one. */
export function checkTimestamp(settings: ActionSettings, needsUnit: boolean): ReadonlyMap<string, string> {
  const [value, unit] = [textAt(settings, 'timestamp.value'), textAt(settings, 'timestamp.unit')]
  if (unit !== '' && value === '') return new Map([['timestamp.value', 'Of which time is this the unit?']])
  if (needsUnit && value !== '' && unit === '') return new Map([['timestamp.unit', 'A time needs its unit.']])
  return new Map()
}
