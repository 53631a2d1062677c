import FormField from '@cloudscape-design/components/form-field'
import Select from '@cloudscape-design/components/select'
import type { RuleActionName } from '@thingdeck/contract'
import { ACTIONS } from '../actions/actions.ts'

interface ActionPickerProps {
  readonly label: string
  readonly onPick: (name: RuleActionName) => void
}

const groups = [
  { label: 'Used most', options: ACTIONS.slice(0, 13) },
  { label: 'Others', options: ACTIONS.slice(13).filter(({ ended }) => ended === undefined) },
  { label: 'Ended by their makers', options: ACTIONS.filter(({ ended }) => ended !== undefined) },
].map(({ label, options }) => ({
  label,
  options: options.map(({ name, title, does, icon, ended }) => ({
    value: name,
    label: title,
    description: ended ?? does,
    iconName: icon,
    filteringTags: [name, does],
  })),
}))

/** Chooses what a rule is to do, of all that AWS IoT can do with a message. */
export function ActionPicker({ label, onPick }: ActionPickerProps) {
  return (
    <FormField label={label} stretch>
      <Select
        ariaLabel={label}
        placeholder="What is to become of the message?"
        options={groups}
        filteringType="auto"
        filteringAriaLabel="Find an action"
        filteringPlaceholder="Queue, table, e-mail, …"
        selectedOption={null}
        empty="No action is like this."
        onChange={({ detail }) => {
          const picked = ACTIONS.find(({ name }) => name === detail.selectedOption.value)
          if (picked) onPick(picked.name)
        }}
      />
    </FormField>
  )
}
