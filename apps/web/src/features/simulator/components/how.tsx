import Checkbox from '@cloudscape-design/components/checkbox'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FormField from '@cloudscape-design/components/form-field'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Textarea from '@cloudscape-design/components/textarea'
import type { SearchProps } from '../../../shared/search-props.ts'
import { useAddressDraft } from '../../../shared/use-address-draft.ts'
import type { SimulatorSearch } from '../search.ts'
import { CommittedInput } from './committed-input.tsx'

/** How the client comes: door, address, session, will, and values that are to be taken for known. */
export function How({ search, setSearch }: SearchProps<SimulatorSearch>) {
  const { over = 'mqtt', ip, persistent, will, willRetain, set = [] } = search
  const isSaid = [search.over, ip, persistent, will, search.set].some((each) => each !== undefined)
  return (
    <ExpandableSection headerText="How it comes: door, address, last will, other values" defaultExpanded={isSaid}>
      <ColumnLayout columns={3}>
        <FormField label="Publishes over" description="Over HTTPS there is no client id, and no variable of a thing.">
          <SegmentedControl
            label="Publishes over"
            selectedId={over}
            options={[
              { id: 'mqtt', text: 'MQTT' },
              { id: 'https', text: 'HTTPS' },
            ]}
            onChange={({ detail }) => setSearch({ over: detail.selectedId === 'https' ? 'https' : undefined })}
          />
        </FormField>
        <FormField label="Source IP" description="aws:SourceIp; without it, the key has no value.">
          <CommittedInput
            value={ip ?? ''}
            placeholder="e.g. 203.0.113.7"
            onCommit={(text) => setSearch({ ip: text === '' ? undefined : text })}
          />
        </FormField>
        <SpaceBetween size="xs">
          <FormField label="Last will, topic">
            <CommittedInput
              value={will ?? ''}
              placeholder="None"
              onCommit={(text) =>
                setSearch({ will: text === '' ? undefined : text, ...(text === '' && { willRetain: undefined }) })
              }
            />
          </FormField>
          <Checkbox
            checked={willRetain === '1'}
            disabled={will === undefined}
            onChange={({ detail }) => setSearch({ willRetain: detail.checked ? '1' : undefined })}
          >
            The will is retained
          </Checkbox>
          <Checkbox
            checked={persistent === '1'}
            onChange={({ detail }) => setSearch({ persistent: detail.checked ? '1' : undefined })}
          >
            Persistent session
          </Checkbox>
        </SpaceBetween>
      </ColumnLayout>
      <Values set={set} onCommit={(lines) => setSearch({ set: lines.length === 0 ? undefined : lines })} />
    </ExpandableSection>
  )
}

interface ValuesProps {
  readonly set: readonly string[]
  readonly onCommit: (lines: readonly string[]) => void
}

function Values({ set, onCommit }: ValuesProps) {
  const present = set.join('\n')
  const { draft, setDraft, send } = useAddressDraft(present, (text) => onCommit(linesIn(text)))
  const lines = linesIn(draft)
  const wrong = lines.find((line) => !/^[^=\s]+\s*=/.test(line))
  return (
    <FormField
      label="Other values"
      description="In place of what is known: of another certificate, say. One key=value a line."
      errorText={wrong !== undefined && `“${wrong}” is no key=value.`}
      stretch
    >
      <Textarea
        value={draft}
        rows={2}
        spellcheck={false}
        placeholder="iot:Certificate.Subject.CommonName=pump-9"
        onChange={({ detail }) => setDraft(detail.value)}
        onBlur={() => {
          if (wrong === undefined && lines.join('\n') !== present) send(lines.join('\n'))
        }}
      />
    </FormField>
  )
}

const linesIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
