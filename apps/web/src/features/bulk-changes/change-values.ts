import type { BulkChangeChange } from '@thingdeck/contract'
import { stringifyJson } from '@thingdeck/json'
import { type FieldType, readField } from '../../shared/form/field-value.ts'
import { type Pair, recordOf } from '../../shared/form/pairs-field.tsx'
import type { Rule } from '../../shared/form/use-form.ts'
import type { FormKind } from './search.ts'

/** What is to become other, as the form has it: of each kind what somebody wrote, so that none is lost on the way. */
export interface ChangeValues {
  readonly kind: FormKind
  readonly shadowName: string
  readonly key: string
  readonly fieldType: FieldType | 'remove'
  readonly text: string
  readonly createMissing: boolean
  readonly setAttributes: readonly Pair[]
  readonly removeAttributes: string
  readonly setTags: readonly Pair[]
  readonly removeTags: string
  readonly typeAct: 'set' | 'remove'
  readonly newType: string
  readonly billingGroupAct: 'set' | 'remove'
  readonly billingGroup: string
  readonly groupAct: 'add' | 'remove' | 'move'
  readonly addTo: string
  readonly removeFrom: string
  readonly policyAct: 'attach' | 'detach'
  readonly policyName: string
  readonly newStatus: 'ACTIVE' | 'INACTIVE'
}

export const NO_CHANGE: ChangeValues = {
  kind: 'shadow',
  shadowName: '',
  key: '',
  fieldType: 'string',
  text: '',
  createMissing: false,
  setAttributes: [{ key: '', value: '' }],
  removeAttributes: '',
  setTags: [{ key: '', value: '' }],
  removeTags: '',
  typeAct: 'set',
  newType: '',
  billingGroupAct: 'set',
  billingGroup: '',
  groupAct: 'add',
  addTo: '',
  removeFrom: '',
  policyAct: 'attach',
  policyName: '',
  newStatus: 'INACTIVE',
}

const pathOf = (key: string) => key.split('/').filter((part) => part !== '')
const namesIn = (text: string, by: RegExp) => [
  ...new Set(
    text
      .split(by)
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  ),
]

/** As the API takes it. */
export function changeOf(values: ChangeValues): BulkChangeChange {
  const { kind } = values
  switch (kind) {
    case 'shadow': {
      const { shadowName, key, fieldType, text, createMissing } = values
      const read = fieldType === 'remove' ? undefined : readField(fieldType, text)
      return {
        kind,
        path: pathOf(key),
        createMissing,
        ...(shadowName === '' ? {} : { shadowName }),
        ...(read?.ok ? { valueText: stringifyJson(read.value) } : {}),
      }
    }
    case 'attributes':
      return { kind, set: recordOf(values.setAttributes), remove: namesIn(values.removeAttributes, /[\s]+/) }
    case 'tags':
      return { kind, set: recordOf(values.setTags), remove: namesIn(values.removeTags, /[\r\n]+/) }
    case 'type':
      return { kind, ...(values.typeAct === 'set' && { thingTypeName: values.newType }) }
    case 'billing-group':
      return { kind, ...(values.billingGroupAct === 'set' && { billingGroupName: values.billingGroup }) }
    case 'groups': {
      const { groupAct, addTo, removeFrom } = values
      return { kind, ...(groupAct !== 'remove' && { addTo }), ...(groupAct !== 'add' && { removeFrom }) }
    }
    case 'policy':
      return { kind, act: values.policyAct, policyName: values.policyName }
    case 'certificates':
      return { kind, newStatus: values.newStatus }
    case 'delete':
      return { kind }
  }
}

type Rules = { readonly [Name in keyof ChangeValues]?: Rule<ChangeValues[Name], ChangeValues> }

const nothing = (what: string, { set, remove }: { readonly set: object; readonly remove: readonly string[] }) =>
  Object.keys(set).length + remove.length === 0 ? `Name ${what} to set or to remove.` : undefined

/** What is missing or wrong, of the kind that is chosen. */
export const CHANGE_RULES: Rules = {
  key: (key, { kind }) => (kind === 'shadow' && pathOf(key).length === 0 ? 'Name the key.' : undefined),
  text(text, { kind, fieldType }) {
    const read = kind !== 'shadow' || fieldType === 'remove' ? undefined : readField(fieldType, text)
    return read === undefined || read.ok ? undefined : read.message
  },
  removeAttributes(_, values) {
    const change = changeOf(values)
    return change.kind === 'attributes' ? nothing('an attribute', change) : undefined
  },
  removeTags(_, values) {
    const change = changeOf(values)
    return change.kind === 'tags' ? nothing('a tag', change) : undefined
  },
  newType: (newType, { kind, typeAct }) =>
    kind === 'type' && typeAct === 'set' && newType === '' ? 'Choose the type.' : undefined,
  billingGroup: (billingGroup, { kind, billingGroupAct }) =>
    kind === 'billing-group' && billingGroupAct === 'set' && billingGroup === ''
      ? 'Choose the billing group.'
      : undefined,
  addTo(addTo, { kind, groupAct, removeFrom }) {
    if (kind !== 'groups' || groupAct === 'remove') return undefined
    if (addTo === '') return 'Choose the group.'
    return groupAct === 'move' && addTo === removeFrom ? 'This is the group that they leave.' : undefined
  },
  removeFrom: (removeFrom, { kind, groupAct }) =>
    kind === 'groups' && groupAct !== 'add' && removeFrom === '' ? 'Choose the group.' : undefined,
  policyName: (policyName, { kind }) => (kind === 'policy' && policyName === '' ? 'Choose the policy.' : undefined),
}
