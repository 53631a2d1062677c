import FormField from '@cloudscape-design/components/form-field'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { usePreference } from '../../../../shared/preferences/preferences.ts'
import { CONNECTION_CHOICES, SPREAD_MODES, spreadPreference } from './spread-preference.ts'

const MODE_NAMES = { off: 'One only', offer: 'Ask me', auto: 'As needed' } as const

/** Whether more than one connection may be used, and how many. */
export function SpreadFields() {
  const [settings, set] = usePreference(spreadPreference)
  const { mode, maxConnections } = settings
  return (
    <FormField
      label="Connections"
      description="AWS gives one connection 50 subscriptions and about 100 messages a second. More connections take more, and each is billed and counted as a client."
    >
      <SpaceBetween direction="horizontal" size="xs">
        <SegmentedControl
          label="Connections"
          selectedId={mode}
          options={SPREAD_MODES.map((id) => ({ id, text: MODE_NAMES[id] }))}
          onChange={({ detail }) =>
            set({ ...settings, mode: SPREAD_MODES.find((id) => id === detail.selectedId) ?? 'offer' })
          }
        />
        <Select
          ariaLabel="At most"
          disabled={mode === 'off'}
          options={CONNECTION_CHOICES.map((count) => ({ value: String(count), label: `at most ${count}` }))}
          selectedOption={{ value: String(maxConnections), label: `at most ${maxConnections}` }}
          onChange={({ detail }) => set({ ...settings, maxConnections: Number(detail.selectedOption.value) })}
        />
      </SpaceBetween>
    </FormField>
  )
}
