import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Checkbox from '@cloudscape-design/components/checkbox'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Modal from '@cloudscape-design/components/modal'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { EVERY, readWholePath } from '../../protocol/read-path.ts'
import { SpreadFields } from '../spread/spread-fields.tsx'
import { COLUMNS } from './columns.ts'
import { DEFAULT_PREFERENCES, MEGABYTE_CHOICES } from './list-preferences.ts'
import { useListPreferences } from './use-list-preferences.ts'

/** Columns and other choices of the stream, kept in this browser. They hold at once. */
export function ListPreferencesButton() {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button variant="icon" iconName="settings" ariaLabel="Preferences of the list" onClick={() => setIsOpen(true)} />
      {isOpen && <PreferencesDialog onClose={() => setIsOpen(false)} />}
    </>
  )
}

function PreferencesDialog({ onClose }: { readonly onClose: () => void }) {
  const [preferences, change] = useListPreferences()
  const { columns, ownTimePath, sequencePath, detailSide, maxMegabytes } = preferences
  return (
    <Modal
      visible
      header="Preferences"
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={() => change({ ...DEFAULT_PREFERENCES, topicPx: undefined })}>
              Back to the defaults
            </Button>
            <Button variant="primary" onClick={onClose}>
              Close
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <FormField label="Columns">
          {COLUMNS.map(({ id, label, description }) => (
            <Checkbox
              key={id}
              checked={columns.includes(id)}
              description={description}
              onChange={({ detail: { checked } }) =>
                change({ columns: checked ? [...columns, id] : columns.filter((column) => column !== id) })
              }
            >
              {label}
            </Checkbox>
          ))}
        </FormField>
        <FormField
          label="Own time of a message"
          description="A path to an epoch (s, ms, µs, ns) or to a date and time with its zone; auto looks for timestamp, ts, time, at and their like."
          errorText={ownTimePath === 'auto' ? undefined : whatIsWrong(ownTimePath)}
        >
          <Input
            value={ownTimePath === 'auto' ? '' : ownTimePath}
            placeholder="auto"
            onChange={({ detail }) => change({ ownTimePath: detail.value === '' ? 'auto' : detail.value })}
            spellcheck={false}
          />
        </FormField>
        <FormField
          label="Sequence number"
          description="JSON path of a number that goes up by one per topic (of Sparkplug, $.seq per edge node), such as $.seq. Rows then say what is missing, repeated or late. Empty: not looked at."
          errorText={whatIsWrong(sequencePath)}
        >
          <Input
            value={sequencePath}
            onChange={({ detail }) => change({ sequencePath: detail.value })}
            placeholder="$.seq"
            spellcheck={false}
          />
        </FormField>
        <FormField label="Message in detail">
          <SegmentedControl
            label="Message in detail"
            selectedId={detailSide}
            options={[
              { id: 'bottom', text: 'Below the list' },
              { id: 'right', text: 'Beside the list' },
            ]}
            onChange={({ detail }) => change({ detailSide: detail.selectedId === 'right' ? 'right' : 'bottom' })}
          />
        </FormField>
        <SpreadFields />
        <FormField label="Memory for messages" description="The oldest age out once it is full.">
          <Select
            options={MEGABYTE_CHOICES.map((megabytes) => ({ value: String(megabytes), label: `${megabytes} MB` }))}
            selectedOption={{ value: String(maxMegabytes), label: `${maxMegabytes} MB` }}
            onChange={({ detail }) => change({ maxMegabytes: Number(detail.selectedOption.value) })}
          />
        </FormField>
      </SpaceBetween>
    </Modal>
  )
}

/** Of a path as it is typed; nothing of none. */
function whatIsWrong(path: string): string | undefined {
  if (path === '') return undefined
  const read = readWholePath(path)
  if ('problem' in read) return read.problem
  if (read.path.length === 0) return '$ alone is the whole payload: name a member of it, as in $.seq.'
  return read.path.includes(EVERY) ? '[*] leads to several values: name one of them, as in [0].' : undefined
}
